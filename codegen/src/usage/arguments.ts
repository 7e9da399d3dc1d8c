import type { EventModel, TypeNode } from '../model.ts';

/** What the syntax of an argument tells. */
export type ArgumentShape =
  | 'function'
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'array'
  /** Anything that only runs tell. */
  | 'unknown'
  /** Keys of an object written in place; `open` where it spreads another. */
  | { readonly keys: readonly string[]; readonly open: boolean };

/** Arguments of a raw call after the event name; `undefined` if it spreads a list. */
export type Arguments = readonly ArgumentShape[] | undefined;

/**
 * Why a raw call does not match the contract's event, in a sentence; `undefined` if no mismatch is known.
 */
export function contradictionOf(event: EventModel, given: Arguments, types: Types): string | undefined {
  if (given === undefined) return undefined;
  const values = given.at(-1) === 'function' ? given.slice(0, -1) : given;
  if (event.args !== undefined) return contradictionOfTuple(event.args, values, types);
  if (values.length > 2)
    return `it sends ${values.length} arguments, but the event has only a payload and metadata`;
  const [payload] = values;
  if (event.payload === undefined) {
    const isNothing =
      payload === undefined || payload === 'null' || payload === 'unknown' || isEmpty(payload);
    return isNothing ? undefined : 'it sends a payload, but the event has none';
  }
  if (payload === undefined)
    return mayBeLeftOut(plain(event.payload, types)) ? undefined : 'it sends no payload';
  return mismatch(event.payload, payload, types);
}

/** Why a raw listener does not match the contract's event. `count`: number of its parameters. */
export function listenerContradictionOf(event: EventModel, count: number | undefined): string | undefined {
  if (count === undefined) return undefined;
  const most = event.args === undefined ? 3 : event.args.length + 1;
  return count > most ? `it takes ${count} arguments, but the event has at most ${most}` : undefined;
}

type Types = Readonly<Record<string, TypeNode>>;

function contradictionOfTuple(
  items: readonly TypeNode[],
  values: readonly ArgumentShape[],
  types: Types,
): string | undefined {
  if (values.length > items.length)
    return `it sends ${values.length} arguments, but the event has ${items.length}`;
  const missing = items.findIndex((item, index) => index >= values.length && !mayBeLeftOut(item));
  if (missing >= 0) return `it sends ${values.length} arguments, but argument ${missing + 1} is required`;
  for (const [index, value] of values.entries()) {
    const found = mismatch(items[index] as TypeNode, value, types);
    if (found !== undefined) return `${found} as argument ${index + 1}`;
  }
  return undefined;
}

function mismatch(node: TypeNode, value: ArgumentShape, types: Types): string | undefined {
  if (value === 'unknown') return undefined;
  const inner = plain(node, types);
  if (typeof value === 'object') {
    if (inner.kind !== 'object')
      return scalars.has(inner.kind) ? `it sends an object, not a ${inner.kind}` : undefined;
    const missing = Object.entries(inner.properties).find(
      ([key, property]) => !value.open && !value.keys.includes(key) && !mayBeLeftOut(property),
    );
    if (missing !== undefined) return `it sends no "${missing[0]}"`;
    const extra = value.keys.find((key) => !Object.hasOwn(inner.properties, key));
    return extra !== undefined && inner.unknownKeys !== 'loose' && typeof inner.unknownKeys !== 'object'
      ? `it sends "${extra}", which the payload does not have`
      : undefined;
  }
  const fits = takers[inner.kind];
  return fits === undefined || fits.includes(value) ? undefined : `it sends ${value}, not ${inner.kind}`;
}

/** Kinds whose wire form is of one sort; of any other nothing is said. */
const takers: Partial<Record<TypeNode['kind'], readonly ArgumentShape[]>> = {
  string: ['string'],
  number: ['number'],
  boolean: ['boolean'],
  object: [],
  array: ['array'],
  tuple: ['array'],
  record: [],
};

const scalars: ReadonlySet<TypeNode['kind']> = new Set(['string', 'number', 'boolean', 'array']);

/** The schema under names and what changes nothing about its sort. */
function plain(node: TypeNode, types: Types): TypeNode {
  switch (node.kind) {
    case 'ref': {
      const named = types[node.name];
      return named === undefined || named.kind === 'ref' ? { kind: 'any' } : plain(named, types);
    }
    case 'readonly':
    case 'nonoptional':
      return plain(node.inner, types);
    case 'codec':
      return plain(node.wire, types);
    default:
      return node;
  }
}

function mayBeLeftOut(node: TypeNode): boolean {
  // A name, a union and the like may allow it: only what certainly does not counts.
  return !certain.has(node.kind);
}

const certain: ReadonlySet<TypeNode['kind']> = new Set([
  'array',
  'boolean',
  'enum',
  'literal',
  'number',
  'object',
  'record',
  'string',
  'tuple',
]);

function isEmpty(shape: ArgumentShape): boolean {
  return typeof shape === 'object' && shape.keys.length === 0;
}
