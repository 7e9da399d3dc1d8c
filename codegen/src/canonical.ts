import { createHash } from 'node:crypto';
import type { ContractModel, TypeNode } from './model.ts';

/**
 * The canonical text of a model: compact JSON with keys sorted by code unit. Documentation is in it, key order of the
 * source is not, nor is anything that differs between versions of Zod (its own patterns of formats and templates).
 * Equal contracts give equal bytes.
 */
export function canonicalJson(model: ContractModel): string {
  return write(model, lockView);
}

/**
 * A model as its canonical text says it. Compare a model with one out of a lock file in this form: Zod's own patterns
 * are in neither.
 */
export function canonicalModel(model: ContractModel): ContractModel {
  return JSON.parse(canonicalJson(model)) as ContractModel;
}

/**
 * What two ends must agree on, in 32 lower-case hexadecimal digits: SHA-256 (FIPS 180-4), cut to 128 bits, of the
 * canonical text without documentation.
 */
export function modelHash(model: ContractModel): string {
  return createHash('sha256').update(write(model, meaningView)).digest('hex').slice(0, 32);
}

/** The canonical text of a node's meaning: equal for schemas that differ in documentation alone. */
export function meaningOf(node: TypeNode): string {
  return write(node, meaningView);
}

/** What stands under a key: names of the contract's own, facts of the model, or plain data. */
type Content = 'names' | 'facts' | 'data';

interface View {
  /** Keys of facts that are left out. */
  readonly omits: ReadonlySet<string>;
}

const lockView: View = { omits: new Set(['order']) };
const meaningView: View = {
  omits: new Set(['order', 'summary', 'title', 'description', 'deprecated', 'examples']),
};

/** Keys of facts under which a record with names of the contract's own stands. */
const named = new Set([
  'auto',
  'clientToServer',
  'errors',
  'params',
  'properties',
  'rooms',
  'serverToClient',
  'types',
]);

function write(value: unknown, view: View, content: Content = 'facts'): string {
  if (Array.isArray(value)) return `[${value.map((item) => write(item, view, content)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const record = value as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  for (const key of Object.keys(record).sort()) {
    if (record[key] === undefined || (content === 'facts' && isLeftOut(record, key, view))) continue;
    parts.push(`${JSON.stringify(key)}:${write(record[key], view, contentOf(record, key, content))}`);
  }
  return `{${parts.join(',')}}`;
}

function contentOf(record: Readonly<Record<string, unknown>>, key: string, content: Content): Content {
  if (content === 'data') return 'data';
  if (content === 'names') return 'facts';
  if (key === 'examples' || key === 'options') return 'data';
  if (key === 'value' && (record['kind'] === 'default' || record['kind'] === 'catch')) return 'data';
  return named.has(key) ? 'names' : 'facts';
}

function isLeftOut(record: Readonly<Record<string, unknown>>, key: string, view: View): boolean {
  if (view.omits.has(key)) return true;
  if (key !== 'pattern' && key !== 'flags') return false;
  return record['kind'] === 'template' || (record['check'] === 'format' && record['custom'] !== true);
}
