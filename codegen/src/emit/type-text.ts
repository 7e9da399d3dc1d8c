/**
 * Schema to TypeScript type, in application form, as handlers and listeners receive it.
 *
 * @module type-text
 */
import type { Docs, ObjectNode, RecordNode, TupleNode, TypeNode } from '../model.ts';
import { isUndefinedByName, mayBeAbsent, mayBeUndefined, type NamedTypes } from './absence.ts';
import { docComment } from './doc-comment.ts';
import {
  bracketed,
  broken,
  documented,
  objectType,
  parenthesized,
  print,
  typeArguments,
  unionOf,
  type Layout,
} from './layout.ts';
import { propertyKey, quote, sortedEntries } from './literal.ts';
import { schemaType } from './names.ts';
import { templateText } from './template-text.ts';

/** Context of a schema's type. */
export interface TypeContext {
  readonly types: NamedTypes;
  /** Whether the type is recursive: the cycle must not go through an alias such as `Record` (TS2456). */
  readonly recursive?: boolean;
}

/** One member of a union type. */
interface Part {
  readonly layout: Layout;
  /** Needs parentheses before `[]` and beside `&`. */
  readonly compound?: true;
}

/** Type of a schema. */
export function typeLayout(node: TypeNode, context: TypeContext): Layout {
  return unionLayout(parts(node, context));
}

/** Members of an object type, sorted by name; `undefined` for other schemas. */
export function memberLayouts(
  node: TypeNode,
  context: TypeContext,
  readonly = false,
): readonly Layout[] | undefined {
  switch (node.kind) {
    case 'object':
      return objectMembers(node, context, readonly);
    case 'readonly':
      return memberLayouts(node.inner, context, true);
    case 'codec':
      return memberLayouts(node.app, context, readonly);
    case 'pipe':
      return memberLayouts(node.out, context, readonly);
    case 'default':
    case 'catch':
    case 'nonoptional':
      return memberLayouts(node.inner, context, readonly);
    default:
      return undefined;
  }
}

/** Docs of a schema, or of the schema inside its wrappers: `z.string().describe('…').optional()`. */
export function docsOf(node: TypeNode): Docs {
  if (
    node.description !== undefined ||
    node.title !== undefined ||
    node.deprecated !== undefined ||
    node.examples !== undefined
  )
    return node;
  switch (node.kind) {
    case 'nullable':
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'catch':
    case 'readonly':
      return docsOf(node.inner);
    default:
      return {};
  }
}

function unionLayout(members: readonly Part[]): Layout {
  return unionOf(canonical(members).map((part) => part.layout));
}

/** Unique members by code unit, `null` and `undefined` last; `unknown` absorbs the others. */
function canonical(members: readonly Part[]): readonly Part[] {
  const byText = new Map(members.map((part) => [print(part.layout, '', [0, 0]), part]));
  const unknown = byText.get('unknown');
  if (unknown) return [unknown];
  if (byText.size > 1) byText.delete('never');
  if (byText.size === 0) return [{ layout: 'never' }];
  const rank = (text: string) => (text === 'undefined' ? 2 : text === 'null' ? 1 : 0);
  return [...byText].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1)).map(([, part]) => part);
}

function parts(node: TypeNode, context: TypeContext, readonly = false): readonly Part[] {
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'never':
      return [{ layout: node.kind }];
    case 'date':
      return [{ layout: 'Date' }];
    case 'any':
      return [{ layout: 'unknown' }];
    case 'literal':
    case 'enum':
      return node.values.length === 0
        ? [{ layout: 'never' }]
        : node.values.map((value) => ({ layout: literalText(value) }));
    case 'template':
      return [{ layout: templateText(node, context.types) }];
    case 'binary':
      return [{ layout: 'ArrayBuffer' }, { layout: 'Uint8Array' }];
    case 'object':
      return [{ layout: objectType(objectMembers(node, context, readonly)) }];
    case 'array':
      return [arrayPart([operand(parts(node.item, context)), '[]'], readonly)];
    case 'tuple':
      return [arrayPart(tupleLayout(node, context), readonly)];
    case 'record':
      return [{ layout: recordLayout(node, context, readonly) }];
    case 'map':
      return [
        generic(readonly ? 'ReadonlyMap' : 'Map', [
          typeLayout(node.key, context),
          typeLayout(node.value, context),
        ]),
      ];
    case 'set':
      return [generic(readonly ? 'ReadonlySet' : 'Set', [typeLayout(node.value, context)])];
    case 'instance':
      return [{ layout: `${node.className}${typeParameters[node.className] ?? ''}` }];
    case 'union':
      return node.members.flatMap((member) => parts(member, context, readonly));
    case 'intersection':
      return intersectionParts([parts(node.left, context, readonly), parts(node.right, context, readonly)]);
    case 'nullable':
      return [...parts(node.inner, context, readonly), { layout: 'null' }];
    case 'optional':
      return node.exact
        ? parts(node.inner, context, readonly)
        : [...parts(node.inner, context, readonly), { layout: 'undefined' }];
    case 'nonoptional':
    case 'default':
      return definedParts(node.inner, context, readonly);
    case 'catch':
      return parts(node.inner, context, readonly);
    case 'readonly':
      return parts(node.inner, context, true);
    case 'codec':
      return parts(node.app, context, readonly);
    case 'pipe':
      return parts(node.out, context, readonly);
    case 'ref':
      return readonly ? readonlyReference(node.name, context) : [{ layout: schemaType(node.name) }];
    default:
      return node satisfies never;
  }
}

/** Global generic classes, with their type arguments. */
const typeParameters: Readonly<Record<string, string>> = {
  Array: '<unknown>',
  Map: '<unknown, unknown>',
  Promise: '<unknown>',
  Set: '<unknown>',
  WeakMap: '<object, unknown>',
  WeakRef: '<object>',
  WeakSet: '<object>',
};

/** `readonly` on the item of a schema with a name: what a `Readonly` around the name cannot say is written out. */
function readonlyReference(name: string, context: TypeContext): readonly Part[] {
  const target = context.types[name];
  const kind = target?.kind;
  if (target !== undefined && (kind === 'map' || kind === 'set' || kind === 'codec'))
    return parts(target, context, true);
  const isStructure =
    kind === 'object' || kind === 'array' || kind === 'tuple' || kind === 'record' || kind === 'union';
  return [isStructure ? generic('Readonly', [schemaType(name)]) : { layout: schemaType(name) }];
}

function definedParts(node: TypeNode, context: TypeContext, readonly: boolean): readonly Part[] {
  const defined = parts(node, context, readonly).filter((part) => part.layout !== 'undefined');
  return isUndefinedByName(node, context.types)
    ? [generic('Exclude', [unionLayout(defined), 'undefined'])]
    : defined;
}

function intersectionParts([left, right]: readonly [readonly Part[], readonly Part[]]): readonly Part[] {
  if (isUnknown(left)) return right;
  if (isUnknown(right)) return left;
  return [{ layout: [side(left), ' & ', side(right)], compound: true }];
}

/** One side of `&`, which joins in another `&` without parentheses. */
function side(members: readonly Part[]): Layout {
  const [only, ...others] = canonical(members);
  return only !== undefined && others.length === 0 ? only.layout : operand(members);
}

function isUnknown(members: readonly Part[]): boolean {
  return members.some((part) => part.layout === 'unknown');
}

/** A type as an operand, in parentheses if necessary. */
function operand(members: readonly Part[]): Layout {
  const sorted = canonical(members);
  const layout = unionOf(sorted.map((part) => part.layout));
  return sorted.length > 1 || sorted[0]?.compound ? parenthesized(layout) : layout;
}

function arrayPart(layout: Layout, readonly: boolean): Part {
  return readonly ? { layout: ['readonly ', layout], compound: true } : { layout };
}

function generic(name: string, args: readonly Layout[]): Part {
  return { layout: [name, typeArguments(args)] };
}

function tupleLayout(node: TupleNode, context: TypeContext): Layout {
  const required = node.items.findLastIndex((item) => !mayBeAbsent(item, context.types)) + 1;
  const items = node.items.map((item, index): Layout =>
    index < required ? typeLayout(item, context) : [operand(parts(item, context)), '?'],
  );
  const rest: Layout[] = node.rest ? [['...', operand(parts(node.rest, context)), '[]']] : [];
  return bracketed([...items, ...rest]);
}

function objectMembers(node: ObjectNode, context: TypeContext, readonly: boolean): readonly Layout[] {
  const prefix = readonly ? 'readonly ' : '';
  const members = sortedEntries(node.properties).map(([name, property]) => {
    const absent = mayBeAbsent(property, context.types);
    const head = `${prefix}${propertyKey(name)}${absent ? '?' : ''}: `;
    const type = typeLayout(property, context);
    return documented(docComment(docsOf(property)), [head, isObject(property) ? broken(type) : type]);
  });
  const { unknownKeys } = node;
  if (unknownKeys === 'strip' || unknownKeys === 'strict') return members;
  if (unknownKeys === 'loose') return [...members, `${prefix}[key: string]: unknown`];
  if (unknownKeys.kind === 'never') return members;
  return [...members, [`${prefix}[key: string]: `, indexValue(node, unknownKeys, context)]];
}

/** Whether the type of a schema is one object type, written out. */
export function isObject(node: TypeNode): boolean {
  switch (node.kind) {
    case 'object':
      return true;
    case 'readonly':
    case 'default':
    case 'catch':
    case 'nonoptional':
      return isObject(node.inner);
    case 'codec':
      return isObject(node.app);
    case 'pipe':
      return isObject(node.out);
    default:
      return false;
  }
}

/** An index signature applies to known properties too (TS2411), so it must include their types. */
function indexValue(node: ObjectNode, catchall: TypeNode, context: TypeContext): Layout {
  const known = Object.values(node.properties).flatMap((property) => [
    ...parts(property, context),
    ...(mayBeAbsent(property, context.types) && mayBeUndefined(property, context.types)
      ? [{ layout: 'undefined' }]
      : []),
  ]);
  return unionLayout([...parts(catchall, context), ...known]);
}

function recordLayout(node: RecordNode, context: TypeContext, readonly: boolean): Layout {
  const key = keyNode(node.key, context.types);
  const value = typeLayout(node.value, context);
  const prefix = readonly ? 'readonly ' : '';
  if (key?.kind === 'string' || key?.kind === 'number' || key?.kind === 'template') {
    const loose = node.mode === 'loose' && key.kind !== 'string' ? [`${prefix}[key: string]: unknown`] : [];
    return objectType([[`${prefix}[key: `, typeLayout(node.key, context), ']: ', value], ...loose]);
  }
  const isList = key?.kind === 'enum' || key?.kind === 'literal';
  if (isList && (node.mode === 'loose' || context.recursive)) {
    const optional = node.mode === 'exhaustive' ? '' : '?';
    const members = [...key.values]
      .map(String)
      .sort()
      .map((name): Layout => [`${prefix}${propertyKey(name)}${optional}: `, value]);
    return objectType(node.mode === 'loose' ? [...members, `${prefix}[key: string]: unknown`] : members);
  }
  const record: Layout = ['Record', typeArguments([typeLayout(node.key, context), value])];
  const partial: Layout = node.mode === 'exhaustive' ? record : ['Partial', typeArguments([record])];
  return readonly ? ['Readonly', typeArguments([partial])] : partial;
}

/** The schema that determines a record's keys. */
function keyNode(node: TypeNode, types: NamedTypes): TypeNode | undefined {
  switch (node.kind) {
    case 'ref': {
      const target = types[node.name];
      return target && keyNode(target, types);
    }
    case 'readonly':
    case 'catch':
      return keyNode(node.inner, types);
    case 'pipe':
      return keyNode(node.out, types);
    case 'codec':
      return keyNode(node.app, types);
    default:
      return node;
  }
}

function literalText(value: string | number | boolean | null): string {
  if (typeof value === 'string') return quote(value);
  return Object.is(value, -0) ? '0' : String(value);
}
