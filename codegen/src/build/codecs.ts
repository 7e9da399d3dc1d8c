import type { CodecNode, TypeNode } from '../model.ts';
import { readChecks, withChecks } from './checks.ts';
import { oneWay } from './refused.ts';
import { sortedSet } from './scalars.ts';
import { isApp, isNamed, type Side, type Site } from './site.ts';
import { checksOf, fromBag, hasTrait, isSchema, type ZodSchema } from './zod.ts';

/** `z.codec(...)`, `z.stringbool()`, `a.pipe(b)`; `.transform()` and `z.preprocess()` are refused. */
export function pipeNode(schema: ZodSchema, site: Site): TypeNode {
  if (hasTrait(schema, '$ZodCodec')) return withOwnChecks(schema, codecNode(schema, site));
  const { in: first, out } = schema._zod.def;
  if (isTransform(first) || isTransform(out)) return site.refuse(oneWay);
  const left = site.node(first, '');
  return {
    kind: 'pipe',
    in: left,
    out: site.node(out, '', converts(left) ? appSide(site.side, false) : site.side),
  };
}

function codecNode(schema: ZodSchema, site: Site): CodecNode {
  const { def } = schema._zod;
  const bool = stringbool(schema);
  if (bool !== undefined) return bool;
  const tag = readTag(def['sockeye']);
  if (tag === undefined) {
    site.report({
      id: 'codec-without-name',
      level: 'warning',
      message: 'Changes to the conversion of an unnamed codec cannot be detected.',
      hint: "Name it, and change the name when the conversion changes: namedCodec('name@1', z.codec(...)).",
    });
  } else if (!tag.builtIn && tag.codec in builtIn) {
    site.report({
      id: 'codec-name-reserved',
      message: `The codec name "${tag.codec}" is reserved for ${tag.codec}() of '@sockeye/contract'.`,
      hint: `Use that codec, or choose another name: namedCodec('my-${tag.codec}@1', ...).`,
    });
  }
  const make = tag?.builtIn === true ? builtIn[tag.codec as BuiltIn] : undefined;
  if (make !== undefined) return { kind: 'codec', codec: tag!.codec, ...make(schema, site, tag!) };
  const named = tag !== undefined;
  return {
    kind: 'codec',
    ...(named ? { codec: tag.codec } : {}),
    wire: site.node(def['in'], '(wire)', wireSide(site.side, named)),
    app: site.node(def['out'], '(app)', appSide(site.side, named)),
  };
}

interface Tag {
  readonly codec: string;
  readonly builtIn: boolean;
  readonly max?: number;
}

type BuiltIn = 'bigint' | 'bytes' | 'date' | 'map' | 'set' | 'stringbool' | 'url';
type Sides = Pick<CodecNode, 'wire' | 'app'>;

/** Codecs of `@sockeye/contract`. Maps and sets contain the application form of what their wire form contains. */
const builtIn: Readonly<Record<BuiltIn, ((schema: ZodSchema, site: Site, tag: Tag) => Sides) | undefined>> = {
  bigint: bothSides,
  date: bothSides,
  url: bothSides,
  bytes: (_schema, _site, { max }) => ({
    wire: { kind: 'binary', ...(max === undefined ? {} : { max }) },
    app: { kind: 'instance', className: 'Uint8Array' },
  }),
  map: (schema, site) => {
    const wire = site.node(schema._zod.def['in'], '');
    const pair = wire.kind === 'array' && wire.item.kind === 'tuple' ? wire.item.items : [];
    const [key = unknown, value = unknown] = pair;
    return { wire, app: { kind: 'map', key, value } };
  },
  set: (schema, site) => {
    const wire = site.node(schema._zod.def['in'], '');
    return { wire, app: { kind: 'set', value: wire.kind === 'array' ? wire.item : unknown } };
  },
  stringbool: undefined,
};

const unknown: TypeNode = { kind: 'any' };

function bothSides(schema: ZodSchema, site: Site): Sides {
  return {
    wire: site.node(schema._zod.def['in'], '(wire)'),
    app: site.node(schema._zod.def['out'], '(app)', appSide(site.side, false)),
  };
}

/** Checks of a codec itself run on the application form, so they belong to that side. */
function withOwnChecks(schema: ZodSchema, node: CodecNode): CodecNode {
  const checks = checksOf(schema);
  if (checks.length === 0) return node;
  return { ...node, app: withChecks(node.app, readChecks(checks, node.app)) };
}

function readTag(tag: unknown): Tag | undefined {
  if (typeof tag !== 'object' || tag === null) return undefined;
  const { codec, builtIn: own, max } = tag as { codec?: unknown; builtIn?: unknown; max?: unknown };
  if (typeof codec !== 'string' || codec === '') return undefined;
  return {
    codec,
    builtIn: own === true,
    ...(typeof max === 'number' && Number.isFinite(max) ? { max } : {}),
  };
}

/** Of several strings for one value, only the first one matters: it is the one that is sent. */
function stringbool(schema: ZodSchema): CodecNode | undefined {
  const truthy = fromBag(schema, 'truthy');
  const falsy = fromBag(schema, 'falsy');
  if (!Array.isArray(truthy) || !Array.isArray(falsy)) return undefined;
  return {
    kind: 'codec',
    codec: 'stringbool',
    wire: { kind: 'string' },
    app: { kind: 'boolean' },
    truthy: firstThenSorted(truthy.map(String)),
    falsy: firstThenSorted(falsy.map(String)),
    ...(fromBag(schema, 'case') === 'sensitive' ? { caseSensitive: true } : {}),
  };
}

function firstThenSorted([first, ...rest]: readonly string[]): readonly string[] {
  return first === undefined ? [] : [first, ...sortedSet(rest.filter((text) => text !== first))];
}

function isTransform(schema: unknown): boolean {
  return isSchema(schema) && schema._zod.def.type === 'transform';
}

/** What a codec reads is on the wire, unless the codec itself stands on the application side of another. */
function wireSide(side: Side, named: boolean): Side {
  return named && !isApp(side) ? 'named-wire' : side;
}

function appSide(side: Side, named: boolean): Side {
  return named || isNamed(side) ? 'named-app' : 'app';
}

/** Whether the application form of a node may differ from its wire form. */
function converts(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { kind } = node as { kind?: unknown };
  return kind === 'codec' || kind === 'ref' || Object.values(node).some(converts);
}
