import { byCodeUnit } from '../code-unit-order.ts';
import type { ObjectNode, RecordNode, SizeCheck, TypeNode } from '../model.ts';
import { mayBeUndefined, undefinedFinding } from './absence.ts';
import type { Site } from './site.ts';
import { isApp } from './site.ts';
import { isSchema, type CheckDef, type ZodSchema } from './zod.ts';

/** `z.object(...)`: strip, strict, loose or with a catchall. */
export function objectNode(schema: ZodSchema, site: Site): TypeNode {
  const shape = schema._zod.def['shape'] as Readonly<Record<string, unknown>>;
  if (Object.getOwnPropertySymbols(shape).length > 0) {
    site.report({
      id: 'symbol-key',
      message: 'A property whose key is a symbol cannot travel as JSON.',
      hint: 'Use a string as the property name.',
    });
  }
  const order = Object.keys(shape).filter((key) => key !== '__proto__');
  if (Object.hasOwn(shape, '__proto__')) {
    site.report({
      id: 'proto-key',
      message: 'Zod always drops a property named "__proto__".',
      hint: 'Rename the property.',
    });
  }
  const keys = order.toSorted(byCodeUnit);
  const properties: Record<string, TypeNode> = {};
  for (const key of keys) properties[key] = site.node(shape[key], key);
  return {
    kind: 'object',
    properties,
    unknownKeys: unknownKeys(schema._zod.def['catchall'], site),
    ...(keys.every((key, index) => key === order[index]) ? {} : { order }),
  };
}

/** `z.array(...)`. */
export function arrayNode(schema: ZodSchema, site: Site): TypeNode {
  const item = site.node(schema._zod.def['element'], '[]');
  if (!isApp(site.side) && mayBeUndefined(item)) site.report(undefinedFinding('an item that is undefined'));
  return { kind: 'array', item };
}

/** `z.tuple([...], rest)`; only items at the end may be omitted. */
export function tupleNode(schema: ZodSchema, site: Site): TypeNode {
  const { items, rest } = schema._zod.def as unknown as TupleDef;
  const nodes = items.map((item, index) => site.node(item, `[${index}]`));
  const required = nodes.findLastIndex((node) => !mayBeUndefined(node));
  if (!isApp(site.side) && nodes.slice(0, required + 1).some(mayBeUndefined)) {
    site.report(undefinedFinding('an item that is undefined before one that is not'));
  }
  return {
    kind: 'tuple',
    items: nodes,
    ...(rest === null || rest === undefined ? {} : { rest: site.node(rest, '[]') }),
  };
}

interface TupleDef {
  readonly items: readonly unknown[];
  readonly rest?: unknown;
}

/** `z.record(...)`, `z.partialRecord(...)` and `z.looseRecord(...)`. */
export function recordNode(schema: ZodSchema, site: Site): TypeNode {
  const { keyType, valueType, partial, mode } = schema._zod.def;
  const key = site.node(keyType, '{key}');
  if (!isKey(key)) {
    site.report({
      id: 'record-key',
      message: `The keys of a record are strings on the wire; ${key.kind} cannot be used as a key.`,
      hint: "Use z.string(), z.enum(), z.literal(), z.templateLiteral() or z.number() as the key, or map() from '@sockeye/contract'.",
    });
  }
  return { kind: 'record', key, value: site.node(valueType, '{}'), mode: recordMode(partial, mode) };
}

/** `z.map(...)`, on the application side of a codec. */
export function mapNode(schema: ZodSchema, site: Site): TypeNode {
  const { keyType, valueType } = schema._zod.def;
  if (isApp(site.side))
    return { kind: 'map', key: site.node(keyType, '{key}'), value: site.node(valueType, '{}') };
  return site.refuse({
    id: 'needs-codec',
    message: 'A Map cannot travel as JSON: it arrives as {}.',
    hint: "Use map(key, value) from '@sockeye/contract': pairs on the wire, a Map in the application.",
  });
}

/** `z.set(...)`, on the application side of a codec. */
export function setNode(schema: ZodSchema, site: Site): TypeNode {
  if (isApp(site.side)) return { kind: 'set', value: site.node(schema._zod.def['valueType'], '[]') };
  return site.refuse({
    id: 'needs-codec',
    message: 'A Set cannot travel as JSON: it arrives as {}.',
    hint: "Use set(value) from '@sockeye/contract': an array on the wire, a Set in the application.",
  });
}

/** The model's form of a length of an array or tuple, or a size of a map or set. */
export function sizeCheck(def: CheckDef): SizeCheck | undefined {
  switch (def.check) {
    case 'min_length':
    case 'min_size':
      return { check: 'min', value: def['minimum'] as number };
    case 'max_length':
    case 'max_size':
      return { check: 'max', value: def['maximum'] as number };
    case 'length_equals':
      return { check: 'length', value: def['length'] as number };
    case 'size_equals':
      return { check: 'length', value: def['size'] as number };
    default:
      return undefined;
  }
}

function unknownKeys(catchall: unknown, site: Site): ObjectNode['unknownKeys'] {
  if (!isSchema(catchall)) return 'strip';
  const { type, checks } = catchall._zod.def;
  if (checks === undefined || checks.length === 0) {
    if (type === 'never') return 'strict';
    if (type === 'unknown' || type === 'any') return 'loose';
  }
  return site.node(catchall, '{}');
}

function recordMode(partial: unknown, mode: unknown): RecordNode['mode'] {
  if (mode === 'loose') return 'loose';
  return partial === true ? 'partial' : 'exhaustive';
}

function isKey(node: TypeNode): boolean {
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'enum':
    case 'template':
    case 'any':
    case 'never':
    case 'ref':
      return true;
    case 'literal':
      return node.values.every((value) => typeof value === 'string' || typeof value === 'number');
    case 'union':
      return node.members.every(isKey);
    case 'intersection':
      return isKey(node.left) && isKey(node.right);
    case 'readonly':
      return isKey(node.inner);
    case 'pipe':
      return isKey(node.in) && isKey(node.out);
    default:
      return false;
  }
}
