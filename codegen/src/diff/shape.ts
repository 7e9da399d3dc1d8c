import type {
  CodecNode,
  ContractModel,
  IntersectionNode,
  Json,
  ObjectNode,
  RecordNode,
  RefinementModel,
  TypeNode,
} from '../model.ts';
import {
  numberShape,
  sizeRange,
  stringShape,
  type NumberShape,
  type Range,
  type StringShape,
} from './shape-checks.ts';

/**
 * Normal form of a schema for comparison: wrappers are folded into flags, named types resolved, nested unions
 * flattened, literals and enums merged. Schemas that mean the same mostly have the same shape.
 */
export interface Shape {
  readonly node: TypeNode;
  /** The receiver accepts an absent value. */
  readonly readAbsent: boolean;
  /** The encoder may omit the value. */
  readonly sendAbsent: boolean;
  /** The value that the receiver fills in for an absent one, if any. */
  readonly fill?: Fill;
  /** The value that the receiver fills in for an invalid one: with it, nothing is refused. */
  readonly rescue?: Fill;
  readonly nullable: boolean;
  /** The members except null, in order. */
  readonly members: readonly Core[];
  readonly exclusive: boolean;
  readonly refinements: readonly RefinementModel[];
}

/** A value that a receiver fills in. */
export interface Fill {
  readonly by: 'default' | 'prefault' | 'catch';
  readonly value?: Json;
  readonly factory?: true;
}

interface CoreFacts {
  readonly node: TypeNode;
  /** Name of the innermost named type that it is. */
  readonly via?: string;
  readonly refinements: readonly RefinementModel[];
}

/** One member. */
export type Core = CoreFacts &
  (
    | { readonly kind: 'any' | 'never' }
    | { readonly kind: 'string'; readonly string: StringShape }
    | { readonly kind: 'number'; readonly number: NumberShape }
    | { readonly kind: 'values'; readonly values: readonly Primitive[] }
    | { readonly kind: 'template'; readonly pattern: string }
    | { readonly kind: 'binary'; readonly max: number }
    | { readonly kind: 'object'; readonly object: ObjectNode }
    | { readonly kind: 'array'; readonly item: TypeNode; readonly size: Range }
    | {
        readonly kind: 'tuple';
        readonly items: readonly TypeNode[];
        readonly rest: TypeNode | undefined;
        readonly size: Range;
      }
    | { readonly kind: 'record'; readonly record: RecordNode }
    | { readonly kind: 'codec'; readonly codec: CodecNode }
    | { readonly kind: 'all'; readonly parts: readonly [TypeNode, TypeNode] }
    | { readonly kind: 'nested'; readonly shape: Shape }
    /** Kinds of the application side, which the wire never sees. */
    | { readonly kind: 'application' }
  );

export type Primitive = string | number | boolean;

/** Gives nodes of one model their shapes, each once. */
export type Shaper = (node: TypeNode) => Shape;

/** A {@link Shaper} for the named types of a model. */
export function createShaper(types: ContractModel['types']): Shaper {
  const known = new WeakMap<TypeNode, Shape>();
  const resolving = new Set<string>();
  const shapeOf: Shaper = (node) => {
    const ready = known.get(node);
    if (ready) return ready;
    const shape = make(node);
    known.set(node, shape);
    return shape;
  };
  const make = (node: TypeNode): Shape => {
    switch (node.kind) {
      case 'optional': {
        const inner = shapeOf(node.inner);
        return { ...inner, node, readAbsent: true, sendAbsent: true, ...also(inner, node) };
      }
      case 'nonoptional': {
        const { fill, ...inner } = shapeOf(node.inner);
        return {
          ...inner,
          node,
          readAbsent: fill !== undefined,
          sendAbsent: false,
          ...(fill && { fill }),
          ...also(inner, node),
        };
      }
      case 'default': {
        const inner = shapeOf(node.inner);
        const by = node.prefault ? 'prefault' : 'default';
        return { ...inner, node, readAbsent: true, fill: fillOf(by, node), ...also(inner, node) };
      }
      case 'catch': {
        const inner = shapeOf(node.inner);
        const rescue = fillOf('catch', node);
        return {
          ...inner,
          node,
          readAbsent: true,
          rescue,
          ...(inner.readAbsent ? {} : { fill: rescue }),
          ...also(inner, node),
        };
      }
      case 'nullable': {
        const inner = shapeOf(node.inner);
        return { ...inner, node, nullable: true, ...also(inner, node) };
      }
      case 'readonly': {
        const inner = shapeOf(node.inner);
        return { ...inner, node, ...also(inner, node) };
      }
      case 'ref': {
        const target = types[node.name];
        if (!target || resolving.has(node.name))
          return single(node, { kind: 'never', node, refinements: [] });
        resolving.add(node.name);
        const inner = shapeOf(target);
        resolving.delete(node.name);
        return {
          ...inner,
          node,
          members: inner.members.map((core) => ({ ...core, via: core.via ?? node.name })),
        };
      }
      case 'union':
        return unionShape(node, node.members.map(shapeOf));
      case 'pipe':
        return intersectionShape(node, node.in, node.out);
      case 'intersection':
        return intersectionShape(node, node.left, node.right);
      case 'null':
        return { ...single(node, undefined), nullable: true };
      case 'undefined':
        return { ...single(node, undefined), readAbsent: true, sendAbsent: true };
      case 'literal': {
        const values = node.values.filter((value) => value !== null);
        const core = { kind: 'values' as const, values, node, refinements: node.refinements ?? [] };
        return {
          ...single(node, values.length > 0 ? core : undefined),
          nullable: values.length < node.values.length,
        };
      }
      case 'codec': {
        const wire = shapeOf(node.wire);
        const core = { kind: 'codec' as const, codec: node, node, refinements: node.refinements ?? [] };
        return { ...single(node, core), readAbsent: wire.readAbsent, sendAbsent: wire.readAbsent };
      }
      default:
        return single(node, coreOf(node));
    }
  };
  /** Folds what can be folded; the rest stays a conjunction. */
  const intersectionShape = (node: TypeNode, left: TypeNode, right: TypeNode): Shape => {
    const [a, b] = [shapeOf(left), shapeOf(right)];
    const folded = fold(a, b);
    const refinements = [
      ...a.refinements,
      ...b.refinements,
      ...((node as IntersectionNode).refinements ?? []),
    ];
    const core = folded
      ? {
          ...coreOf(folded),
          node,
          refinements: [
            ...refinements,
            ...(a.members[0]?.refinements ?? []),
            ...(b.members[0]?.refinements ?? []),
          ],
        }
      : ({ kind: 'all', parts: [left, right], node, refinements } as Core);
    return {
      ...single(node, core),
      readAbsent: a.readAbsent && b.readAbsent,
      sendAbsent: a.sendAbsent && b.sendAbsent,
      nullable: folded ? a.nullable && b.nullable : false,
    };
  };
  return shapeOf;
}

function single(node: TypeNode, core: Core | undefined): Shape {
  return {
    node,
    readAbsent: false,
    sendAbsent: false,
    nullable: false,
    members: core ? [core] : [],
    exclusive: false,
    refinements: [],
  };
}

function also(
  inner: { readonly refinements: readonly RefinementModel[] },
  node: Exclude<TypeNode, { kind: 'ref' }>,
) {
  return { refinements: [...inner.refinements, ...(node.refinements ?? [])] };
}

function fillOf(by: Fill['by'], node: { readonly value?: Json; readonly factory?: true }): Fill {
  return {
    by,
    ...(node.value === undefined ? {} : { value: node.value }),
    ...(node.factory ? { factory: true } : {}),
  };
}

function unionShape(node: TypeNode & { kind: 'union' }, shapes: readonly Shape[]): Shape {
  const members: Core[] = [];
  const values: Primitive[] = [];
  let valuesAt = -1;
  for (const shape of shapes) {
    const [only, ...more] = shape.members;
    const plain =
      shape.refinements.length === 0 && !shape.rescue && !shape.fill && !shape.nullable && !shape.readAbsent;
    if (node.exclusive && only && more.length === 0 && plain) {
      members.push(only);
      continue;
    }
    const flat =
      !node.exclusive && !shape.exclusive && shape.refinements.length === 0 && !shape.rescue && !shape.fill;
    if (!flat) {
      members.push({ kind: 'nested', shape, node: shape.node, refinements: [] });
      continue;
    }
    for (const core of shape.members) {
      if (core.kind !== 'values' || core.refinements.length > 0) members.push(core);
      else {
        if (valuesAt < 0) valuesAt = members.length;
        values.push(...core.values.filter((value) => !values.includes(value)));
      }
    }
  }
  if (valuesAt >= 0) {
    const merged = { kind: 'literal', values } as const;
    members.splice(valuesAt, 0, { kind: 'values', values, node: merged, refinements: [] });
  }
  const flat = shapes.filter((shape) => !shape.rescue);
  return {
    node,
    readAbsent: shapes.some((shape) => shape.readAbsent),
    sendAbsent: shapes.some((shape) => shape.sendAbsent),
    ...(shapes.find((shape) => shape.fill)?.fill
      ? { fill: shapes.find((shape) => shape.fill)?.fill as Fill }
      : {}),
    nullable: flat.some((shape) => shape.nullable),
    members,
    exclusive: node.exclusive === true,
    refinements: node.refinements ?? [],
  };
}

/** One node for two that both must hold, or `undefined`. */
function fold(a: Shape, b: Shape): TypeNode | undefined {
  if (a.members.length !== 1 || b.members.length !== 1 || a.rescue || b.rescue) return undefined;
  const [left, right] = [a.members[0] as Core, b.members[0] as Core];
  if (
    left.kind === 'string' &&
    right.kind === 'string' &&
    left.node.kind === 'string' &&
    right.node.kind === 'string'
  ) {
    return { kind: 'string', checks: [...(left.node.checks ?? []), ...(right.node.checks ?? [])] };
  }
  if (
    left.kind === 'number' &&
    right.kind === 'number' &&
    left.node.kind === 'number' &&
    right.node.kind === 'number'
  ) {
    return { kind: 'number', checks: [...(left.node.checks ?? []), ...(right.node.checks ?? [])] };
  }
  if (left.kind !== 'object' || right.kind !== 'object') return undefined;
  const unknownKeys = foldUnknownKeys(left.object.unknownKeys, right.object.unknownKeys);
  if (!unknownKeys) return undefined;
  const properties: Record<string, TypeNode> = { ...left.object.properties };
  for (const [key, property] of Object.entries(right.object.properties)) {
    const other = properties[key];
    properties[key] = other ? { kind: 'intersection', left: other, right: property } : property;
  }
  return { kind: 'object', properties, unknownKeys };
}

function foldUnknownKeys(
  a: ObjectNode['unknownKeys'],
  b: ObjectNode['unknownKeys'],
): ObjectNode['unknownKeys'] | undefined {
  if (typeof a === 'object' || typeof b === 'object') return undefined;
  if (a === 'loose' || b === 'loose') return 'loose';
  return a === 'strict' && b === 'strict' ? 'strict' : 'strip';
}

function coreOf(node: TypeNode): Core {
  const facts = { node, refinements: node.kind === 'ref' ? [] : (node.refinements ?? []) };
  switch (node.kind) {
    case 'string':
      return { ...facts, kind: 'string', string: stringShape(node) };
    case 'number':
      return { ...facts, kind: 'number', number: numberShape(node) };
    case 'boolean':
      return { ...facts, kind: 'values', values: [true, false] };
    case 'enum':
      return { ...facts, kind: 'values', values: node.values };
    case 'any':
    case 'never':
      return { ...facts, kind: node.kind };
    case 'template':
      return { ...facts, kind: 'template', pattern: node.pattern };
    case 'binary':
      return { ...facts, kind: 'binary', max: node.max ?? Number.POSITIVE_INFINITY };
    case 'object':
      return { ...facts, kind: 'object', object: node };
    case 'array':
      return { ...facts, kind: 'array', item: node.item, size: sizeRange(node.checks) };
    case 'tuple':
      return { ...facts, kind: 'tuple', items: node.items, rest: node.rest, size: sizeRange(node.checks) };
    case 'record':
      return { ...facts, kind: 'record', record: node };
    default:
      return { ...facts, kind: 'application' };
  }
}
