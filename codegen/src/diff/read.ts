import type { ContractModel, ObjectNode, RecordNode, TupleNode, TypeNode, UnionNode } from '../model.ts';
import { readNumber, readString, sizeFits } from './read-checks.ts';
import { codecReads } from './read-codec.ts';
import { refuse } from './refuse.ts';
import { sameValue } from './same.ts';

/** The result of decoding a value: its application form, or issues. */
export type Reading =
  | { readonly ok: true; readonly value: unknown; readonly certain: boolean }
  | { readonly ok: false; readonly issues: readonly ReadIssue[] };

/** One issue of a receiver. */
export interface ReadIssue {
  readonly at: readonly (string | number)[];
  readonly why: string;
  /** The issue of one union member; the value may be meant for another. */
  readonly alternative?: true;
}

/** Named types of the model that a node comes from. */
export type Types = ContractModel['types'];

const absent = undefined;

/**
 * Decodes a value in wire form like Zod would, using only the model. `undefined` is an absent value. `certain` is false
 * if the result depends on a custom check or conversion that the model does not contain. Codec results are
 * `{ codec, wire }`, so that equal results are equal values.
 */
export function read(node: TypeNode, wire: unknown, types: Types): Reading {
  const reading = readKind(node, wire, types);
  if (!reading.ok || node.kind === 'ref' || !node.refinements?.length) return reading;
  return { ...reading, certain: false };
}

/** Whether a key with this node may be missing, as Zod's object parser asks before it reads the value. */
export function mayBeAbsent(node: TypeNode, types: Types): boolean {
  switch (node.kind) {
    case 'optional':
    case 'default':
    case 'catch':
      return true;
    case 'nullable':
    case 'readonly':
      return mayBeAbsent(node.inner, types);
    case 'pipe':
      return mayBeAbsent(node.in, types);
    case 'codec':
      return mayBeAbsent(node.wire, types);
    case 'union':
      return node.members.some((member) => mayBeAbsent(member, types));
    case 'ref':
      return mayBeAbsent(types[node.name] ?? { kind: 'never' }, types);
    default:
      return false;
  }
}

function readKind(node: TypeNode, wire: unknown, types: Types): Reading {
  switch (node.kind) {
    case 'string':
      return readString(node, wire);
    case 'number':
      return readNumber(node, wire);
    case 'boolean':
      return typeof wire === 'boolean' ? good(wire) : bad('expected a boolean', wire);
    case 'null':
      return wire === null ? good(wire) : bad('expected null', wire);
    case 'undefined':
      return wire === absent ? good(wire) : bad('expected no value', wire);
    case 'any':
      return good(wire);
    case 'never':
      return bad('expected no value', wire);
    case 'literal':
    case 'enum':
      return (node.values as readonly unknown[]).includes(wire)
        ? good(wire)
        : bad(`expected ${node.values.map((value) => JSON.stringify(value)).join(' or ')}`, wire);
    case 'template':
      return typeof wire === 'string' && new RegExp(node.pattern).test(wire)
        ? good(wire)
        : bad(`expected a string like ${node.pattern}`, wire);
    case 'binary':
      return wire instanceof Uint8Array && wire.byteLength <= (node.max ?? Number.POSITIVE_INFINITY)
        ? good(wire)
        : bad(node.max === undefined ? 'expected bytes' : `expected at most ${node.max} bytes`, wire);
    case 'bigint':
    case 'date':
    case 'map':
    case 'set':
    case 'instance':
      return bad(`a ${node.kind} cannot travel as JSON`, wire);
    case 'object':
      return readObject(node, wire, types);
    case 'array': {
      if (!Array.isArray(wire)) return bad('expected an array', wire);
      const size = sizeFits(node.checks, wire.length);
      if (size) return bad(size, wire);
      return readAll(
        wire.map((item, index) => [index, read(node.item, item, types)]),
        [],
      );
    }
    case 'tuple':
      return readTuple(node, wire, types);
    case 'record':
      return readRecord(node, wire, types);
    case 'union':
      return readUnion(node, wire, types);
    case 'intersection':
      return readIntersection(read(node.left, wire, types), read(node.right, wire, types));
    case 'nullable':
      return wire === null ? good(null) : read(node.inner, wire, types);
    case 'optional':
      if (wire !== absent) return read(node.inner, wire, types);
      if (!mayBeAbsent(node.inner, types)) return good(absent);
      return optionalInner(read(node.inner, wire, types));
    case 'nonoptional': {
      const inner = read(node.inner, wire, types);
      return inner.ok && inner.value === absent ? bad('expected a value', wire) : inner;
    }
    case 'default':
      if (wire !== absent) return read(node.inner, wire, types);
      if (node.factory) return { ok: true, value: { factory: true }, certain: false };
      return node.prefault ? read(node.inner, node.value, types) : good(node.value);
    case 'catch': {
      const inner = read(node.inner, wire, types);
      if (inner.ok) return inner;
      return node.factory ? { ok: true, value: { factory: true }, certain: false } : good(node.value);
    }
    case 'readonly':
      return read(node.inner, wire, types);
    case 'codec':
      return codecReads(node, read(node.wire, wire, types), wire);
    case 'pipe': {
      const first = read(node.in, wire, types);
      if (!first.ok) return first;
      const second = read(node.out, first.value, types);
      return second.ok ? { ...second, certain: first.certain && second.certain } : second;
    }
    case 'ref':
      return read(types[node.name] ?? { kind: 'never' }, wire, types);
    default:
      return node satisfies never;
  }
}

function readObject(node: ObjectNode, wire: unknown, types: Types): Reading {
  if (!isRecord(wire)) return bad('expected an object', wire);
  const parts: [string, Reading][] = [];
  for (const [key, property] of Object.entries(node.properties)) {
    const given = Object.hasOwn(wire, key) ? wire[key] : absent;
    const missing = given === absent && !mayBeAbsent(property, types);
    parts.push([key, missing ? bad('', absent) : read(property, given, types)]);
  }
  for (const key of Object.keys(wire)) {
    if (Object.hasOwn(node.properties, key) || node.unknownKeys === 'strip') continue;
    if (node.unknownKeys === 'strict') parts.push([key, refuse(unknownProperty)]);
    else
      parts.push([
        key,
        node.unknownKeys === 'loose' ? good(wire[key]) : read(node.unknownKeys, wire[key], types),
      ]);
  }
  return readAll(parts, {});
}

const unknownProperty = 'unknown property';

function readTuple(node: TupleNode, wire: unknown, types: Types): Reading {
  if (!Array.isArray(wire)) return bad('expected an array', wire);
  const size = sizeFits(node.checks, wire.length);
  if (size) return bad(size, wire);
  if (!node.rest && wire.length > node.items.length) {
    return bad(`expected at most ${node.items.length} items`, wire);
  }
  const parts: [number, Reading][] = [];
  for (const [index, item] of node.items.entries()) {
    // With a rest, Zod hands an absent item to its schema instead of counting first.
    if (!node.rest && index >= wire.length && !mayBeAbsent(item, types)) return bad('too few items', wire);
    const reading = read(item, wire[index], types);
    if (index < wire.length || !reading.ok || reading.value !== absent) parts.push([index, reading]);
  }
  for (let index = node.items.length; index < wire.length; index++) {
    parts.push([index, read(node.rest as TypeNode, wire[index], types)]);
  }
  return readAll(parts, []);
}

function readRecord(node: RecordNode, wire: unknown, types: Types): Reading {
  if (!isRecord(wire)) return bad('expected an object', wire);
  const parts: [string, Reading][] = [];
  const required = node.mode === 'exhaustive' ? keySet(node.key, types) : undefined;
  for (const key of required ?? []) {
    const given = Object.hasOwn(wire, key) ? wire[key] : absent;
    const reading = read(node.value, given, types);
    parts.push([key, reading]);
  }
  for (const key of Object.keys(wire)) {
    if (required?.includes(key) || key === '__proto__') continue;
    const asKey = readKey(node.key, key, types);
    if (asKey.ok) parts.push([key, read(node.value, wire[key], types)]);
    else if (node.mode === 'loose') parts.push([key, good(wire[key])]);
    else parts.push([key, refuse(`key refused: ${asKey.issues[0]?.why ?? ''}`)]);
  }
  return readAll(parts, {});
}

function readKey(node: TypeNode, key: string, types: Types): Reading {
  const asText = read(node, key, types);
  if (asText.ok || !/^-?\d+(?:\.\d+)?$/.test(key)) return asText;
  return read(node, Number(key), types);
}

/** Keys that an exhaustive record requires, or `undefined` if they cannot be listed. */
export function keySet(node: TypeNode, types: Types): readonly string[] | undefined {
  switch (node.kind) {
    case 'enum':
    case 'literal':
      return node.values.map(String);
    case 'readonly':
      return keySet(node.inner, types);
    case 'ref':
      return keySet(types[node.name] ?? { kind: 'never' }, types);
    case 'union': {
      const sets = node.members.map((member) => keySet(member, types));
      return sets.every((set) => set !== undefined) ? sets.flat() : undefined;
    }
    default:
      return undefined;
  }
}

function readUnion(node: UnionNode, wire: unknown, types: Types): Reading {
  const readings = node.members.map((member) => read(member, wire, types));
  const accepted = readings.filter((reading) => reading.ok);
  if (accepted.length === 0) {
    return readings.length === 1 && readings[0] ? readings[0] : nearest(readings, wire);
  }
  if (node.exclusive && accepted.length > 1) return bad('more than one member of the union accepts', wire);
  const first = accepted[0] as Reading & { ok: true };
  return accepted.length > 1 && !first.certain ? { ...first, certain: false } : first;
}

/** The issue of the union first, then those of its members. */
function nearest(readings: readonly Reading[], wire: unknown): Reading {
  const own = bad('no member of the union accepts', wire);
  const inner = readings.flatMap((reading) => (reading.ok ? [] : reading.issues));
  const deep = inner
    .filter(({ at }) => at.length > 0)
    .map((issue) => ({ ...issue, alternative: true as const }));
  return own.ok ? own : { ok: false, issues: [...own.issues, ...deep] };
}

/** Both sides must accept; a key is unknown only if it is to both. */
function readIntersection(left: Reading, right: Reading): Reading {
  const issues = [...complaints(left, right), ...complaints(right, left)];
  if (issues.length > 0) return { ok: false, issues };
  if (!left.ok || !right.ok) return left.ok ? left : right.ok ? right : good({});
  const certain = left.certain && right.certain;
  const value = mergedValue(left.value, right.value);
  return value.conflict
    ? bad('the sides of the intersection decode it differently', left.value)
    : { ok: true, value: value.merged, certain };
}

function mergedValue(
  left: unknown,
  right: unknown,
): { readonly merged: unknown; readonly conflict: boolean } {
  if (!isRecord(left) || !isRecord(right)) return { merged: left, conflict: !sameValue(left, right) };
  const shared = Object.keys(left).filter((key) => Object.hasOwn(right, key));
  const parts = shared.map((key) => [key, mergedValue(left[key], right[key])] as const);
  const merged = { ...left, ...right, ...Object.fromEntries(parts.map(([key, part]) => [key, part.merged])) };
  return { merged, conflict: parts.some(([, part]) => part.conflict) };
}

function complaints(own: Reading, other: Reading): readonly ReadIssue[] {
  if (own.ok) return [];
  const shared = other.ok ? [] : other.issues.map(({ at }) => at.join('\0'));
  return own.issues.filter(({ at, why }) => why !== unknownProperty || shared.includes(at.join('\0')));
}

function readAll(parts: readonly [string | number, Reading][], empty: object): Reading {
  const value = (Array.isArray(empty) ? [] : {}) as Record<string | number, unknown>;
  const issues: ReadIssue[] = [];
  let certain = true;
  for (const [key, reading] of parts) {
    if (!reading.ok) {
      issues.push(...reading.issues.map((issue) => ({ ...issue, at: [key, ...issue.at] })));
      continue;
    }
    certain &&= reading.certain;
    if (reading.value !== absent || Array.isArray(value)) value[key] = reading.value;
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value, certain };
}

function optionalInner(reading: Reading): Reading {
  return reading.ok ? reading : good(absent);
}

function good(value: unknown): Reading {
  return { ok: true, value, certain: true };
}

function bad(why: string, wire: unknown): Reading {
  return refuse(wire === absent ? 'required, but missing' : why);
}

/** Whether a value is a plain object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
