import type { TypeNode } from '../model.ts';
import { isRecord, read, type Types } from './read.ts';
import { canonicalWire } from './read-codec.ts';
import { sameValue } from './same.ts';

/**
 * Whether an encoder of the schema may write this wire value: one that its own reader accepts, without unknown
 * properties, with conversions applied, and with nothing left to defaults.
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
      return node.members.some((member) => deeper(member, wire)) && read(node, wire, types).ok;
    case 'intersection':
      return read(node, wire, types).ok && keepsKeys(node, wire, types);
    case 'codec': {
      const canonical = canonicalWire(node, wire);
      return deeper(node.wire, wire) && (canonical === undefined || sameValue(canonical, wire)) && read(node, wire, types).ok;
    }
    case 'object':
      if (!isRecord(wire)) return false;
      return (
        Object.entries(node.properties).every(([key, property]) => deeper(property, Object.hasOwn(wire, key) ? wire[key] : undefined)) &&
        Object.keys(wire).every((key) => {
          if (Object.hasOwn(node.properties, key) || node.unknownKeys === 'loose') return true;
          return typeof node.unknownKeys === 'object' && deeper(node.unknownKeys, wire[key]);
        })
      );
    case 'array':
      return read(node, wire, types).ok && (wire as readonly unknown[]).every((item) => deeper(node.item, item));
    case 'tuple':
      return read(node, wire, types).ok && tupleSendable(node.items, node.rest, wire as readonly unknown[], deeper);
    case 'record':
      return read(node, wire, types).ok && (node.mode === 'loose' || Object.values(wire as object).every((value) => deeper(node.value, value)));
    default: {
      const reading = read(node, wire, types);
      return reading.ok && wire !== undefined && sameValue(reading.value, wire);
    }
  }
}

function tupleSendable(
  items: readonly TypeNode[],
  rest: TypeNode | undefined,
  wire: readonly unknown[],
  deeper: (node: TypeNode, value: unknown) => boolean,
): boolean {
  return Array.from({ length: Math.max(items.length, wire.length) }, (_, index) => index).every((index) => {
    const node = items[index] ?? rest;
    return node !== undefined && deeper(node, wire[index]);
  });
}

/** An intersection keeps the properties that either side keeps. */
function keepsKeys(node: TypeNode, wire: unknown, types: Types): boolean {
  const reading = read(node, wire, types);
  if (!reading.ok || !isRecord(wire) || !isRecord(reading.value)) return reading.ok;
  const kept = reading.value;
  return Object.keys(wire).every((key) => Object.hasOwn(kept, key)) && Object.keys(kept).every((key) => Object.hasOwn(wire, key));
}
