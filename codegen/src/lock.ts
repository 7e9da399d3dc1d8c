/**
 * The lock: a contract's model as a file, committed and reviewed with the contract, and the baseline for later
 * versions. JSON, sorted by code unit, one fact per line, so that a review shows exactly what changed.
 *
 * @module lock
 */
import {
  contentOf,
  jsonOf,
  keysOf,
  lockView,
  modelHash,
  type Content,
  type Facts,
  type View,
} from './canonical.ts';
import type { Diagnostic } from './diagnostics.ts';
import { inOnePiece } from './in-one-piece.ts';
import { parseEntries, type KnownEntry } from './lock-entries.ts';
import type { ContractModel } from './model.ts';
import { modelFormat } from './model.ts';

/** A parsed lock: its model, or findings. */
export type LockResult =
  | { readonly ok: true; readonly model: ContractModel; readonly hash: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Maximum width of a line with a nested fact. */
const widest = 130;

/** The text of a contract's lock, ending with a newline. Equal contracts give equal bytes. */
export function writeLock(model: ContractModel): string {
  const { format, name, version, ...rest } = model;
  const facts: Facts = { format, hash: modelHash(model), name, version, ...rest };
  const keys = ['format', 'hash', 'name', 'version', ...keysOf(rest, 'facts', reviewView)];
  return `{\n${factLines(facts, keys, { indent: '  ', content: 'facts', lines: new Map() })}\n}\n`;
}

/**
 * Parses a lock. It never throws: damage, merge conflicts, a wrong hash and the format of another version of Sockeye
 * are findings.
 *
 * @param known A model whose lock was written. Entries with the same text are taken from it, including documentation,
 * which locks do not contain. Default: none.
 */
export function parseLock(text: string, file?: string, known?: ContractModel): LockResult {
  const fail = (finding: Omit<Diagnostic, 'level' | 'file'>): LockResult => ({
    ok: false,
    diagnostics: [{ ...finding, level: 'error', ...(file === undefined ? {} : { file }) }],
  });
  const conflict = text.search(/^(?:<{7}|={7}|>{7})(?: |$)/m);
  if (conflict >= 0) {
    return fail({
      id: 'lock-conflict',
      message: 'The lock has merge conflict markers.',
      hint: 'Resolve the conflicts in the contract, then run: npx sockeye generate',
      line: text.slice(0, conflict).split('\n').length,
    });
  }
  const parsed = (known && parseEntries(text, entriesOf(known))) ?? parseJson(text);
  if (!isRecord(parsed)) {
    return fail({
      id: 'lock-damaged',
      message: 'The lock is not a JSON object.',
      hint: 'Run: npx sockeye generate',
    });
  }
  if (parsed['format'] !== modelFormat) {
    return fail({
      id: 'lock-format',
      message: `The lock has format ${JSON.stringify(parsed['format']) ?? 'none'}; this version of Sockeye reads ${modelFormat}.`,
      hint: 'Regenerate it with the version of Sockeye that the project uses: npx sockeye generate',
    });
  }
  const missing = required.filter((key) => !isOfKind(parsed[key], key));
  if (missing.length > 0) {
    return fail({
      id: 'lock-damaged',
      message: `The lock has no valid ${missing.join(', ')}.`,
      hint: 'Run: npx sockeye generate',
    });
  }
  const { hash, ...facts } = parsed;
  const model = facts as unknown as ContractModel;
  const actual = hashOf(model);
  if (actual === undefined || hash !== actual) {
    return fail({
      id: 'lock-hash',
      message: 'The lock was edited by hand: its hash does not match its content.',
      hint: 'Change the contract instead, and run: npx sockeye generate',
    });
  }
  return { ok: true, model, hash: actual };
}

const required = [
  'name',
  'version',
  'namespace',
  'rooms',
  'errors',
  'clientToServer',
  'serverToClient',
  'types',
] as const;

function isOfKind(value: unknown, key: (typeof required)[number]): boolean {
  return key === 'name' || key === 'version' || key === 'namespace'
    ? typeof value === 'string'
    : isRecord(value);
}

function hashOf(model: ContractModel): string | undefined {
  try {
    return modelHash(model);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Omits long texts and samples, which the contract's source shows better. Keeps summaries and deprecations. */
const reviewView: View = { omits: new Set([...lockView.omits, 'description', 'examples', 'title']) };

interface Place {
  /** Spaces before every line. */
  readonly indent: string;
  readonly content: Content;
  /** Cached lines of schemas that fit one line. */
  readonly lines: Map<object, string>;
}

/** Short facts stay on one line, names of the contract's own never do; what kind a fact is of comes first. */
function write(value: unknown, place: Place): string {
  if (typeof value !== 'object' || value === null) return jsonOf(value);
  if (place.indent !== entryIndent || place.content !== 'facts') return writeAnew(value, place);
  const known = entries.get(value);
  if (known !== undefined) return inOnePiece(known);
  const text = writeAnew(value, place);
  entries.set(value, text);
  return text;
}

/** Indentation of events and other named entries. */
const entryIndent = '    ';

/** Texts of entries. Models are immutable, and one after an edit shares most entries with the one before. */
const entries = new WeakMap<object, string>();

/** Finds the entries of a model by their place in the lock. */
function entriesOf(model: ContractModel): (section: string, name: string) => KnownEntry | undefined {
  return (section, name) => {
    const facts = (model as unknown as Facts)[section];
    const value = isRecord(facts) && Object.hasOwn(facts, name) ? facts[name] : undefined;
    const text = isRecord(value) ? entries.get(value) : undefined;
    return text === undefined ? undefined : { text, value };
  };
}

function writeAnew(value: object, place: Place): string {
  const { indent, content } = place;
  const short = inline(value, place, widest - indent.length);
  if (short !== undefined) return short;
  const deeper = { ...place, indent: `${indent}  ` };
  if (Array.isArray(value)) {
    const lines = value.map((item) => deeper.indent + write(item, deeper));
    return `[\n${lines.join(',\n')}\n${indent}]`;
  }
  const record = value as Facts;
  return `{\n${factLines(record, orderedKeys(record, content), deeper)}\n${indent}}`;
}

function factLines(record: Facts, keys: readonly string[], place: Place): string {
  let text = '';
  for (const key of keys) {
    const inner = write(record[key], { ...place, content: contentOf(record, key, place.content) });
    text += `${text === '' ? '' : ',\n'}${place.indent}${jsonOf(key)}: ${inner}`;
  }
  return text;
}

type Inside = Pick<Place, 'content' | 'lines'>;

/** A value on one line; `undefined` if it is longer than `room` or contains names. */
function inline(value: unknown, inside: Inside, room: number): string | undefined {
  if (typeof value !== 'object' || value === null) {
    const text = jsonOf(value);
    return text.length > room ? undefined : text;
  }
  if (Array.isArray(value)) return inlineItems(value, inside, room);
  const facts = value as Facts;
  if (inside.content !== 'facts' || typeof facts['kind'] !== 'string')
    return inlineFacts(facts, inside, room);
  const known = inside.lines.get(facts);
  if (known !== undefined) return known.length > room ? undefined : known;
  const text = inlineFacts(facts, inside, room);
  if (text !== undefined) inside.lines.set(facts, text);
  return text;
}

function inlineItems(items: readonly unknown[], inside: Inside, room: number): string | undefined {
  let text = '[';
  for (const item of items) {
    if (text.length > 1) text += ', ';
    const inner = inline(item, inside, room - text.length - 1);
    if (inner === undefined) return undefined;
    text += inner;
  }
  return text.length < room ? `${text}]` : undefined;
}

function inlineFacts(facts: Facts, { content, lines }: Inside, room: number): string | undefined {
  const keys = orderedKeys(facts, content);
  if (keys.length === 0) return room < 2 ? undefined : '{}';
  if (content === 'names') return undefined;
  let text = '{ ';
  for (const key of keys) {
    if (text.length > 2) text += ', ';
    text += `${jsonOf(key)}: `;
    const inside = { content: contentOf(facts, key, content), lines };
    const inner = inline(facts[key], inside, room - text.length - 2);
    if (inner === undefined) return undefined;
    text += inner;
  }
  return `${text} }`;
}

/** By code unit, but for numbers, which JavaScript puts first, and for what kind a fact is of. */
function orderedKeys(record: Facts, content: Content): readonly string[] {
  const sorted = keysOf(record, content, reviewView);
  const keys = sorted.some(startsWithDigit)
    ? Object.keys(Object.fromEntries(sorted.map((key) => [key, key])))
    : sorted;
  const at = keys.findIndex((key) => (key === 'kind' || key === 'check') && typeof record[key] === 'string');
  return at <= 0 ? keys : [keys[at] as string, ...keys.toSpliced(at, 1)];
}

function startsWithDigit(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 48 && first <= 57;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
