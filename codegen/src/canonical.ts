import { createHash } from 'node:crypto';
import { inOnePiece } from './in-one-piece.ts';
import type { ContractModel, StringCheck, TypeNode } from './model.ts';

/**
 * The canonical text of a model: compact JSON with keys sorted by code unit. It includes documentation, but neither the
 * source order of properties nor Zod's patterns of formats, which differ between Zod versions. Equal contracts give
 * equal bytes.
 */
export function canonicalJson(model: ContractModel): string {
  return createWriter(lockView)(model);
}

/** A model reduced to its canonical text: the form in which to compare it with one from a lock. */
export function canonicalModel(model: ContractModel): ContractModel {
  return JSON.parse(canonicalJson(model)) as ContractModel;
}

/**
 * Parses the canonical text of a model, and restores Zod's patterns: those that `source` has for the same formats.
 * A format that `source` does not use stays without one.
 */
export function withZodPatterns(model: ContractModel, source: ContractModel): ContractModel {
  const patterns = new Map<string, ZodPattern>();
  visitFormats(source, (check) => {
    if (check.pattern !== undefined && check.custom !== true)
      patterns.set(formatKey(check), patternOf(check));
  });
  const copy = structuredClone(model);
  visitFormats(copy, (check) => {
    if (check.pattern === undefined && check.custom !== true)
      Object.assign(check, patterns.get(formatKey(check)));
  });
  return copy;
}

/**
 * The hash that both ends compare, 32 lower-case hexadecimal digits: SHA-256 (FIPS 180-4), cut to 128 bits, of the
 * canonical text without documentation.
 */
export function modelHash(model: ContractModel): string {
  let hash = hashes.get(model);
  if (hash === undefined) {
    hash = createHash('sha256')
      .update(createWriter(meaningView, { of: eventsOf(model), texts: meanings })(onTheWire(model)))
      .digest('hex')
      .slice(0, 32);
    hashes.set(model, hash);
  }
  return hash;
}

/** A model without client-side state; presence stays, because the server sends it. */
function onTheWire(model: ContractModel): ContractModel {
  const { projections, ...rest } = model;
  const told = Object.entries(projections ?? {}).filter(([, { kind }]) => kind === 'presence');
  return told.length === 0 ? rest : { ...rest, projections: Object.fromEntries(told) };
}

/** Models are immutable, and both the generated files and the lock need the hash. */
const hashes = new WeakMap<ContractModel, string>();

/** Canonical texts of events, which the model after an edit shares with the one before. */
const meanings = new WeakMap<object, string>();

function eventsOf({ clientToServer, serverToClient }: ContractModel): ReadonlySet<object> {
  return new Set([...Object.values(clientToServer), ...Object.values(serverToClient)]);
}

/** The canonical text of a node's meaning: equal for schemas that differ only in documentation. */
export function meaningOf(node: TypeNode): string {
  return createWriter(meaningView)(node);
}

/** The kind of a value: a record with names from the contract, facts of the model, or plain data. */
export type Content = 'names' | 'facts' | 'data';

/** A record of a model, whatever it says. */
export type Facts = Readonly<Record<string, unknown>>;

/** Which parts of a model its text contains. */
export interface View {
  /** Keys of facts to omit. */
  readonly omits: ReadonlySet<string>;
  /** Whether to omit the expression of a template, which follows from its parts. */
  readonly omitsTemplates?: true;
}

/** The contract, independent of Zod's version. */
export const lockView: View = { omits: new Set(['order', 'asksFirst']) };
const meaningView: View = {
  omits: new Set(['order', 'asksFirst', 'summary', 'title', 'description', 'deprecated', 'examples']),
  omitsTemplates: true,
};

/** Keys of facts whose value is a record with names from the contract. */
const namedKeys: ReadonlySet<string> = new Set([
  'auto',
  'clear',
  'clientToServer',
  'errors',
  'list',
  'params',
  'patch',
  'projections',
  'properties',
  'remove',
  'rooms',
  'serverToClient',
  'types',
  'upsert',
]);

/** Facts whose texts are shared between the writers of a view. */
interface Remembered {
  readonly of: ReadonlySet<object>;
  readonly texts: WeakMap<object, string>;
}

/** Writes values of one view; a schema in several places is serialized once. */
function createWriter(view: View, remembered?: Remembered): (value: unknown, content?: Content) => string {
  const written = new Map<object, string>();

  function write(value: unknown, content: Content): string {
    if (typeof value !== 'object' || value === null) return jsonOf(value);
    if (Array.isArray(value)) return writeItems(value, content);
    const record = value as Facts;
    const memory = content !== 'facts' ? undefined : memoryOf(record);
    const known = memory?.get(record);
    if (known !== undefined) return inOnePiece(known);
    let text = '{';
    for (const key of keysOf(record, content, view))
      text += `${text.length === 1 ? '' : ','}${jsonOf(key)}:${write(record[key], contentOf(record, key, content))}`;
    text += '}';
    memory?.set(record, text);
    return text;
  }

  function memoryOf(facts: Facts): Map<object, string> | WeakMap<object, string> | undefined {
    if (typeof facts['kind'] === 'string') return written;
    return remembered?.of.has(facts) === true ? remembered.texts : undefined;
  }

  function writeItems(items: readonly unknown[], content: Content): string {
    let text = '[';
    for (const item of items) text += (text.length === 1 ? '' : ',') + write(item, content);
    return `${text}]`;
  }

  return (value, content = 'facts') => write(value, content);
}

/** A string or another scalar, as JSON. */
export function jsonOf(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return plainText.test(value) ? `"${value}"` : JSON.stringify(value);
}

/** Most strings of a model are names, which need no escaping. */
const plainText = /^[\w:.@/ -]*$/;

/** The keys of a record in a view, sorted by code unit. */
export function keysOf(record: Facts, content: Content, view: View): readonly string[] {
  const keys = Object.keys(record);
  let last = '';
  let sorted = true;
  let shown = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    if (record[key] === undefined || (content === 'facts' && isLeftOut(record, key, view))) continue;
    if (key < last) sorted = false;
    last = key;
    keys[shown] = key;
    shown += 1;
  }
  keys.length = shown;
  return sorted ? keys : keys.sort();
}

/** The kind of the value of a key, by the kind of the record. */
export function contentOf(record: Facts, key: string, content: Content): Content {
  if (content === 'data') return 'data';
  if (content === 'names') return 'facts';
  if (key === 'examples' || key === 'options') return 'data';
  if (key === 'value' && (record['kind'] === 'default' || record['kind'] === 'catch')) return 'data';
  return namedKeys.has(key) ? 'names' : 'facts';
}

function isLeftOut(record: Facts, key: string, view: View): boolean {
  if (view.omits.has(key)) return true;
  if (key !== 'pattern' && key !== 'flags') return false;
  if (record['kind'] === 'template') return view.omitsTemplates === true;
  return record['check'] === 'format' && record['custom'] !== true;
}

type Format = Extract<StringCheck, { check: 'format' }>;
type ZodPattern = Pick<Format, 'pattern' | 'flags'>;

function formatKey({ format, options }: Format): string {
  return `${format} ${createWriter(lockView)(options ?? {}, 'data')}`;
}

function patternOf({ pattern, flags }: Format): ZodPattern {
  return { ...(pattern === undefined ? {} : { pattern }), ...(flags === undefined ? {} : { flags }) };
}

function visitFormats(value: unknown, visit: (check: Format) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if ((value as { check?: unknown }).check === 'format' && 'format' in value) visit(value as Format);
  for (const item of Object.values(value)) visitFormats(item, visit);
}
