import { createHash } from 'node:crypto';
import type { ContractModel, StringCheck, TypeNode } from './model.ts';

/**
 * The canonical text of a model: compact JSON with keys sorted by code unit. Documentation is in it; the source's order
 * of properties is not, nor are Zod's own patterns of formats, which differ between its versions. Equal contracts give
 * equal bytes.
 */
export function canonicalJson(model: ContractModel): string {
  return createWriter(lockView)(model);
}

/** A model as its canonical text says it: the form in which to compare it with one out of a lock file. */
export function canonicalModel(model: ContractModel): ContractModel {
  return JSON.parse(canonicalJson(model)) as ContractModel;
}

/**
 * A model out of its canonical text, with Zod's own patterns put back: those that `source` has for the same formats.
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
 * What two ends must agree on, in 32 lower-case hexadecimal digits: SHA-256 (FIPS 180-4), cut to 128 bits, of the
 * canonical text without documentation.
 */
export function modelHash(model: ContractModel): string {
  let hash = hashes.get(model);
  if (hash === undefined) {
    hash = createHash('sha256')
      .update(createWriter(meaningView)(onTheWire(model)))
      .digest('hex')
      .slice(0, 32);
    hashes.set(model, hash);
  }
  return hash;
}

/** A model without the state that clients keep for themselves; who is present is told by the server. */
function onTheWire(model: ContractModel): ContractModel {
  const { projections, ...rest } = model;
  const told = Object.entries(projections ?? {}).filter(([, { kind }]) => kind === 'presence');
  return told.length === 0 ? rest : { ...rest, projections: Object.fromEntries(told) };
}

/** Models never change, and both the generated files and the lock of one ask for its hash. */
const hashes = new WeakMap<ContractModel, string>();

/** The canonical text of a node's meaning: equal for schemas that differ in documentation alone. */
export function meaningOf(node: TypeNode): string {
  return createWriter(meaningView)(node);
}

/** What stands under a key: names of the contract's own, facts of the model, or plain data. */
type Content = 'names' | 'facts' | 'data';

interface View {
  /** Keys of facts that are left out. */
  readonly omits: ReadonlySet<string>;
}

const lockView: View = { omits: new Set(['order', 'asksFirst']) };
const meaningView: View = {
  omits: new Set(['order', 'asksFirst', 'summary', 'title', 'description', 'deprecated', 'examples']),
};

/** Keys of facts under which a record with names of the contract's own stands. */
export const namedKeys: ReadonlySet<string> = new Set([
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

/** Writes values of one view; a node that stands in many places, as schemas do, is written once. */
function createWriter(view: View): (value: unknown, content?: Content) => string {
  const written = new Map<object, string>();

  function write(value: unknown, content: Content = 'facts'): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((item) => write(item, content)).join(',')}]`;
    const known = content === 'facts' ? written.get(value) : undefined;
    if (known !== undefined) return known;
    const text = writeRecord(value as Readonly<Record<string, unknown>>, content);
    if (content === 'facts') written.set(value, text);
    return text;
  }

  function writeRecord(record: Readonly<Record<string, unknown>>, content: Content): string {
    let text = '';
    for (const key of Object.keys(record).sort()) {
      if (record[key] === undefined || (content === 'facts' && isLeftOut(record, key, view))) continue;
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${write(record[key], contentOf(record, key, content))}`;
    }
    return `{${text}}`;
  }

  return write;
}

function contentOf(record: Readonly<Record<string, unknown>>, key: string, content: Content): Content {
  if (content === 'data') return 'data';
  if (content === 'names') return 'facts';
  if (key === 'examples' || key === 'options') return 'data';
  if (key === 'value' && (record['kind'] === 'default' || record['kind'] === 'catch')) return 'data';
  return namedKeys.has(key) ? 'names' : 'facts';
}

function isLeftOut(record: Readonly<Record<string, unknown>>, key: string, view: View): boolean {
  if (view.omits.has(key)) return true;
  if (key !== 'pattern' && key !== 'flags') return false;
  if (record['kind'] === 'template') return view === meaningView;
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
