import type { ArrayNode, ObjectNode, RecordNode, TupleNode, TypeNode } from '../model.ts';
import { keySet, read, type Types } from './read.ts';
import { numberSamples, stringSamples } from './sample-scalars.ts';
import { sizeRange } from './shape-checks.ts';

/** Values in wire form that a schema accepts, simple ones first, with boundaries. `undefined` is an absent value. */
export type Sampler = (node: TypeNode) => readonly unknown[];

/** Maximum recursion depth; schemas that need more have no samples. */
const deepest = 7;

/** A {@link Sampler} for the named types of a model. The same node always gives the same samples. */
export function createSampler(types: Types): Sampler {
  const known = new WeakMap<TypeNode, Map<number, readonly unknown[]>>();
  const samples = (node: TypeNode, depth: number): readonly unknown[] => {
    if (depth > deepest) return [];
    const row = known.get(node) ?? new Map<number, readonly unknown[]>();
    known.set(node, row);
    const ready = row.get(depth);
    if (ready) return ready;
    const made = distinct(make(node, (inner) => samples(inner, depth + 1), types));
    const accepted = made.filter((value) => read(node, value, types).ok).slice(0, 80);
    row.set(depth, accepted);
    return accepted;
  };
  return (node) => samples(node, 0);
}

/** Values without repetition, in order. */
export function distinct(values: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const text = value instanceof Uint8Array ? `bytes ${value.length}` : (JSON.stringify(value) ?? 'absent');
    return !seen.has(text) && seen.add(text);
  });
}

type Inner = (node: TypeNode) => readonly unknown[];

function make(node: TypeNode, of: Inner, types: Types): readonly unknown[] {
  switch (node.kind) {
    case 'string':
      return stringSamples(node);
    case 'number':
      return numberSamples(node);
    case 'boolean':
      return [true, false];
    case 'null':
      return [null];
    case 'undefined':
      return [undefined];
    case 'any':
      return ['text', 1, true, null, { key: 1 }, [1]];
    case 'literal':
    case 'enum':
      return node.values;
    case 'template':
      return stringSamples({ kind: 'string', checks: [{ check: 'pattern', pattern: node.pattern }] });
    case 'binary':
      return [1, 0, node.max ?? 0, (node.max ?? 0) + 1]
        .filter((size) => size < 1e6)
        .map((size) => new Uint8Array(size));
    case 'object':
      return objectSamples(node, of);
    case 'array':
      return arraySamples(node, of);
    case 'tuple':
      return tupleSamples(node, of);
    case 'record':
      return recordSamples(node, of, types);
    case 'union':
      return interleaved(node.members.map(of));
    case 'intersection':
      return pairs(of(node.left), of(node.right));
    case 'nullable':
      return withSecond(of(node.inner), null);
    case 'optional':
      return withSecond(of(node.inner), undefined);
    case 'default':
      return [
        ...withSecond(of(node.inner), undefined),
        ...(node.prefault && node.value !== undefined ? [node.value] : []),
      ];
    case 'catch':
    case 'nonoptional':
    case 'readonly':
      return of(node.inner);
    case 'codec':
      return codecSamples(node.codec, of(node.wire), [...(node.truthy ?? []), ...(node.falsy ?? [])]);
    case 'pipe':
      return [...of(node.in), ...of(node.out)];
    case 'ref':
      return of(types[node.name] ?? { kind: 'never' });
    default:
      return [];
  }
}

/** Puts the special value early, so that it is among the few that are tried inside larger values. */
function withSecond([first, ...rest]: readonly unknown[], special: unknown): readonly unknown[] {
  return [...(first === undefined ? [] : [first]), special, ...rest];
}

function objectSamples({ properties, unknownKeys }: ObjectNode, of: Inner): readonly unknown[] {
  const names = Object.keys(properties);
  const values = new Map(names.map((name) => [name, of(properties[name] as TypeNode)]));
  if ([...values.values()].some((list) => list.length === 0)) return [];
  const pick = (choose: (list: readonly unknown[]) => unknown) =>
    withoutAbsent(
      Object.fromEntries(names.map((name) => [name, choose(values.get(name) as readonly unknown[])])),
    );
  const least = pick((list) => (list.includes(undefined) ? undefined : list[0]));
  const full = pick((list) => list.find((value) => value !== undefined));
  const varied = names.flatMap((name) =>
    (values.get(name) as readonly unknown[])
      .slice(0, 6)
      .map((value) => withoutAbsent({ ...full, [name]: value })),
  );
  const extra =
    unknownKeys === 'strict'
      ? []
      : typeof unknownKeys === 'object'
        ? of(unknownKeys).slice(0, 4)
        : ['extra', null, 7];
  return [least, full, ...extra.map((value) => ({ ...least, extra: value })), ...varied];
}

/** A plain object without the keys that stand for absent values. */
export function withoutAbsent(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

function arraySamples(node: ArrayNode, of: Inner): readonly unknown[] {
  const items = of(node.item).filter((item) => item !== undefined);
  const { min, max } = sizeRange(node.checks);
  const sizes = [min, min + 1, max, max - 1, max + 1].filter((size) => size >= 0 && size <= 2_000);
  const filled = items.length > 0 ? sizes.map((size) => Array.from({ length: size }, () => items[0])) : [];
  const single = items
    .slice(0, 20)
    .map((item) => Array.from({ length: Math.max(1, Math.min(min, 2_000)) }, () => item));
  return [...single.slice(0, 1), [], ...filled, ...single];
}

function tupleSamples(node: TupleNode, of: Inner): readonly unknown[] {
  const lists = node.items.map(of);
  if (lists.some((list) => list.length === 0)) return [];
  const least = lists.findLastIndex((list) => !list.includes(undefined)) + 1;
  const first = lists.map((list) => list.find((value) => value !== undefined));
  const gap = first.indexOf(undefined);
  // JSON has no holes: an item without a value ends the tuple.
  const full = gap < 0 ? first : first.slice(0, gap);
  if (full.length < least) return [];
  const rest =
    node.rest && gap < 0
      ? of(node.rest)
          .filter((value) => value !== undefined)
          .slice(0, 4)
      : [];
  const varied = lists.slice(0, full.length).flatMap((list, index) =>
    list
      .slice(0, 6)
      .filter((value) => value !== undefined)
      .map((value) => full.with(index, value)),
  );
  return [full, full.slice(0, least), ...rest.map((value) => [...full, value]), ...varied];
}

function recordSamples(node: RecordNode, of: Inner, types: Types): readonly unknown[] {
  const values = of(node.value);
  const keys = distinct(of(node.key).map(String)) as readonly string[];
  const all = keySet(node.key, types);
  if (node.mode === 'exhaustive' && all) {
    const full = withoutAbsent(
      Object.fromEntries(all.map((key) => [key, values.find((value) => value !== undefined)])),
    );
    return [full, ...values.map((value) => withoutAbsent({ ...full, [all[0] ?? '']: value }))];
  }
  const [key = 'key'] = keys;
  const loose = node.mode === 'loose' ? [{ other: 'text' }, { '7': null }] : [];
  const present = values.filter((value) => value !== undefined);
  return [
    ...present.slice(0, 1).map((value) => ({ [key]: value })),
    {},
    ...present.map((value) => ({ [key]: value })),
    ...keys.map((name) => ({ [name]: present[0] })).map(withoutAbsent),
    ...loose,
  ];
}

function codecSamples(
  codec: string | undefined,
  wire: readonly unknown[],
  words: readonly string[],
): readonly unknown[] {
  if (codec === 'date') return ['2026-11-21T08:00:00.000Z', ...wire];
  if (codec === 'stringbool') return words;
  return codec === 'bigint' ? ['1', '0', '-1', ...wire] : wire;
}

function interleaved(lists: readonly (readonly unknown[])[]): readonly unknown[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => (index < list.length ? [list[index]] : [])),
  ).flat();
}

function pairs(left: readonly unknown[], right: readonly unknown[]): readonly unknown[] {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  const merged = left
    .slice(0, 8)
    .flatMap((a) =>
      right
        .slice(0, 8)
        .flatMap((b) => (isObject(a) && isObject(b) ? [{ ...(a as object), ...(b as object) }] : [])),
    );
  return [...merged, ...left, ...right];
}
