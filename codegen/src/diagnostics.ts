import { byCodeUnit } from './code-unit-order.ts';

/** Severity of a finding: an `error` stops generation, a `warning` does not, `info` is a note. */
export type Level = 'error' | 'warning' | 'info';

/** A problem in a contract, in its generated files or in the code that uses them. */
export interface Diagnostic {
  /** Kebab-case and permanent: configurations and searches refer to it. */
  readonly id: string;
  readonly level: Level;
  /** What was found, in one sentence. */
  readonly message: string;
  /** The edit or command that fixes it. */
  readonly hint?: string;
  /** The contract's name. */
  readonly contract?: string;
  /**
   * From the contract to the finding: `['clientToServer', 'task:create', 'payload', 'dueAt']`. Below the event are
   * property names and, for parts without a name, `[]` (item), `[0]` (item of a tuple), `{}` and `{key}` (record),
   * `|0` (member of a union), `&0` (side of an intersection), `(wire)` and `(app)` (sides of a codec).
   */
  readonly path?: readonly string[];
  /** Relative to the working folder. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
}

const ranks: Readonly<Record<Level, number>> = { error: 0, warning: 1, info: 2 };

/** Orders findings by place (file, line, column; then contract and path), then by level and id. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      byCodeUnit(a.file ?? '', b.file ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      byCodeUnit(a.contract ?? '', b.contract ?? '') ||
      byCodeUnit((a.path ?? []).join('\0'), (b.path ?? []).join('\0')) ||
      ranks[a.level] - ranks[b.level] ||
      byCodeUnit(a.id, b.id) ||
      byCodeUnit(a.message, b.message),
  );
}

/**
 * Sorted findings as text: `file:line:column  error  id  message`, with the hint on the next line. A finding without a
 * file shows its contract and path instead. Ends with a newline unless empty.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return sortDiagnostics(diagnostics).map(renderOne).join('');
}

/** Sorted findings as a JSON array, one per line, each with the keys of {@link Diagnostic} in a fixed order. */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  const rows = sortDiagnostics(diagnostics).map((finding) => JSON.stringify(finding, [...keys]));
  return rows.length === 0 ? '[]\n' : `[\n${rows.join(',\n')}\n]\n`;
}

const keys = [
  'id',
  'level',
  'message',
  'hint',
  'contract',
  'path',
  'file',
  'line',
  'column',
] as const satisfies readonly (keyof Diagnostic)[];

function renderOne(finding: Diagnostic): string {
  const line = `${placeOf(finding)}${finding.level}  ${finding.id}  ${finding.message}\n`;
  return finding.hint === undefined ? line : `${line}    ${finding.hint}\n`;
}

function placeOf({ file, line, column, contract, path }: Diagnostic): string {
  if (file !== undefined) return `${[file, line, column].filter((part) => part !== undefined).join(':')}  `;
  const where = [contract, ...(path ?? [])].filter((part) => part !== undefined);
  return where.length === 0 ? '' : `${where.join(' › ')}  `;
}
