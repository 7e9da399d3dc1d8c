/** Where a version is written, and its replacement. */
export interface VersionEdit {
  /** Of the property `version`, from 1. */
  readonly line: number;
  readonly column: number;
  readonly from: string;
  readonly to: string;
}

/** Replaces the literal of one `version: '1.0.0'`; `undefined` where no such literal begins there. */
export function replaceVersion(text: string, { line, column, from, to }: VersionEdit): string | undefined {
  const start = offsetOf(text, line) + column - 1;
  const property = /(['"]?)version\1\s*:\s*(['"`])([^'"`]*)\2/y;
  property.lastIndex = start;
  const match = property.exec(text);
  if (match?.[3] !== from) return undefined;
  const end = property.lastIndex - 1;
  return text.slice(0, end - from.length) + to + text.slice(end);
}

/** The offset at which a line begins. */
function offsetOf(text: string, line: number): number {
  let offset = 0;
  for (let current = 1; current < line; current += 1) offset = text.indexOf('\n', offset) + 1;
  return offset;
}
