import type { TupleNode, TypeNode } from '../model.ts';
import { isRecord, keySet, read, type Types } from './read.ts';
import { canonicalWire } from './read-codec.ts';
import { sameValue } from './same.ts';
import { someNode } from './some-node.ts';

/**
 * Whether an encoder of the schema may send this wire value: one that its own decoder accepts, without unknown
 * properties, with conversions applied and defaults filled in.
 */
export function isSendable(node: TypeNode, wire: unknown, types: Types): boolean {
  const deeper = (inner: TypeNode, value: unknown) => isSendable(inner, value, types);
  switch (node.kind) {
    case 'optional':
      return wire === undefined || deeper(node.inner, wire);
    case 'nullable':
      return wire === null || deeper(node.inner, wire);
    case 'default':
    case 'catch':
    case 'nonoptional':
    case 'readonly':
      return deeper(node.inner, wire);
    case 'ref':
      return deeper(types[node.name] ?? { kind: 'never' }, wire);
    case 'pipe':
      return deeper(node.in, wire) && deeper(node.out, wire);
    case 'union':
      return unionSendable(node.members, wire, types) && read(node, wire, types).ok;
    case 'intersection':
      return (
        keepsKeys(node, wire, types) &&
        [node.left, node.right].every((side) => deeper(side, keptBy(side, wire, types)))
      );
    case 'codec': {
      const canonical = canonicalWire(node, wire);
      return (
        deeper(node.wire, wire) &&
        (canonical === undefined || sameValue(canonical, wire)) &&
        read(node, wire, types).ok
      );
    }
    case 'object':
      if (!isRecord(wire)) return false;
      return (
        Object.entries(node.properties).every(([key, property]) =>
          deeper(property, Object.hasOwn(wire, key) ? wire[key] : undefined),
        ) &&
        Object.keys(wire).every((key) => {
          if (Object.hasOwn(node.properties, key) || node.unknownKeys === 'loose') return true;
          return typeof node.unknownKeys === 'object' && deeper(node.unknownKeys, wire[key]);
        })
      );
    case 'array':
      return (
        read(node, wire, types).ok && (wire as readonly unknown[]).every((item) => deeper(node.item, item))
      );
    case 'tuple':
      return read(node, wire, types).ok && tupleSendable(node, wire as readonly unknown[], deeper);
    case 'record':
      return (
        read(node, wire, types).ok &&
        Object.entries(wire as object).every(
          ([key, value]) =>
            (node.mode === 'loose' && !read(node.key, key, types).ok) || deeper(node.value, value),
        ) &&
        (node.mode !== 'exhaustive' ||
          (keySet(node.key, types) ?? []).every(
            (key) => Object.hasOwn(wire as object, key) || deeper(node.value, undefined),
          ))
      );
    default: {
      const reading = read(node, wire, types);
      return reading.ok && wire !== undefined && sameValue(reading.value, wire);
    }
  }
}

/** The encoder takes the first member that takes the application's value, which conversions may make another one. */
function unionSendable(members: readonly TypeNode[], wire: unknown, types: Types): boolean {
  const at = members.findIndex((member) => read(member, wire, types).ok);
  const member = members[at];
  if (!member || !isSendable(member, wire, types)) return false;
  if (at === 0) return true;
  const earlier = members.slice(0, at);
  const converts = someNode(member, types, (one) => one.kind === 'codec');
  // To Zod, a Date and a Map are objects like any other.
  if (
    converts &&
    earlier.some((one) => someNode(one, types, ({ kind }) => kind === 'object' || kind === 'any'))
  )
    return false;
  return ![...earlier, member].some((one) => convertsPlain(one, types));
}

/** Whether a conversion hands plain JSON to the application, so that its values may be taken for others. */
function convertsPlain(node: TypeNode, types: Types): boolean {
  return someNode(
    node,
    types,
    (one) => one.kind === 'codec' && !['date', 'bigint', 'map', 'set', 'instance'].includes(one.app.kind),
  );
}

function tupleSendable(
  { items, rest }: TupleNode,
  wire: readonly unknown[],
  deeper: (node: TypeNode, value: unknown) => boolean,
): boolean {
  // With a rest, Zod's encoder writes an absent item as null.
  if (rest && wire.length < items.length) return false;
  return Array.from({ length: Math.max(items.length, wire.length) }, (_, index) => index).every((index) => {
    const node = items[index] ?? rest;
    return node !== undefined && deeper(node, wire[index]);
  });
}

/** Of an object, the properties that a side of an intersection knows; anything else as it is. */
function keptBy(side: TypeNode, wire: unknown, types: Types): unknown {
  const reading = read(side, wire, types);
  if (!isRecord(wire) || !reading.ok || !isRecord(reading.value)) return wire;
  const kept = reading.value;
  return Object.fromEntries(Object.entries(wire).filter(([key]) => Object.hasOwn(kept, key)));
}

/** An intersection keeps the properties that either side keeps. */
function keepsKeys(node: TypeNode, wire: unknown, types: Types): boolean {
  const reading = read(node, wire, types);
  if (!reading.ok || !isRecord(wire) || !isRecord(reading.value)) return reading.ok;
  const kept = reading.value;
  return (
    Object.keys(wire).every((key) => Object.hasOwn(kept, key)) &&
    Object.keys(kept).every((key) => Object.hasOwn(wire, key))
  );
}
