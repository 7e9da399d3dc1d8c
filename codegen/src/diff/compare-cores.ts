import type { TypeNode } from '../model.ts';
import { compareArrays, compareArrayTuple, compareTuples } from './compare-lists.ts';
import { compareNumbers, compareStrings, compareTemplates } from './compare-scalars.ts';
import { compareNodes, compareShapes, nodeFact, relation, type Comparison } from './compare-schema.ts';
import { compareObjectRecord, compareObjects } from './compare-objects.ts';
import { compareRecords } from './compare-records.ts';
import { compareOpened, compareValues } from './compare-values.ts';
import { both, swapped, worse, worst, type SchemaFact, type Verdict, type Verdicts } from './fact.ts';
import { codecName } from './read-codec.ts';
import { sameValue } from './same.ts';
import { someNode } from './some-node.ts';
import type { Core, Shape } from './shape.ts';

type Of<K extends Core['kind']> = Extract<Core, { kind: K }>;

/** Facts of two union members. */
export function compareCores(with_: Comparison, a: Core, b: Core): readonly SchemaFact[] {
  if (a.kind === 'nested' || b.kind === 'nested') return compareShapes(with_, asShape(a), asShape(b));
  if (a.kind === 'any' || b.kind === 'any') return compareAny(a, b);
  if (a.kind === 'never' || b.kind === 'never') return compareNever(a, b);
  if (a.kind === 'codec' || b.kind === 'codec') return compareCodecs(with_, a, b);
  if (a.kind === 'all' || b.kind === 'all') return compareAll(with_, a, b);
  if (a.kind === b.kind) return compareAlike(with_, a, b);
  return compareUnlike(with_, a, b) ?? [typeChanged(a, b)];
}

function compareAlike(with_: Comparison, a: Core, b: Core): readonly SchemaFact[] {
  switch (a.kind) {
    case 'string':
      return compareStrings(a, b as typeof a);
    case 'number':
      return compareNumbers(a, b as typeof a);
    case 'values':
      return compareValues(a, b as typeof a);
    case 'template':
      return compareTemplates(a, b as typeof a);
    case 'binary':
      return compareBinary(a, b as typeof a);
    case 'object':
      return compareObjects(with_, a, b as typeof a);
    case 'array':
      return compareArrays(with_, a, b as typeof a);
    case 'tuple':
      return compareTuples(with_, a, b as typeof a);
    case 'record':
      return compareRecords(with_, a, b as typeof a);
    case 'application':
      return sameValue(a.node, b.node)
        ? []
        : [nodeFact('codec-changed', both('unknown', 'unknown'), { before: a.node, after: b.node })];
    default:
      return [];
  }
}

/** Pairs of kinds that can have common values; `undefined` for all others. */
function compareUnlike(with_: Comparison, a: Core, b: Core): readonly SchemaFact[] | undefined {
  const open = ['string', 'number', 'template'];
  if (a.kind === 'values' && open.includes(b.kind)) return compareOpened(with_, a, b);
  if (b.kind === 'values' && open.includes(a.kind))
    return turned(compareOpened(with_.mirror(), b, a), { 'enum-opened': 'became-enum' });
  if (a.kind === 'template' && b.kind === 'string') return templateToString(a, b);
  if (a.kind === 'string' && b.kind === 'template')
    return turned(templateToString(b, a), { 'type-widened': 'type-narrowed' });
  if (a.kind === 'tuple' && b.kind === 'array') return compareArrayTuple(with_, [b, a], 'tuple-became-array');
  if (a.kind === 'array' && b.kind === 'tuple') return compareArrayTuple(with_, [a, b], 'array-became-tuple');
  if (a.kind === 'object' && b.kind === 'record') return compareObjectRecord(with_, a, b);
  if (a.kind === 'record' && b.kind === 'object')
    return turned(compareObjectRecord(with_.mirror(), b, a), {
      'object-became-record': 'record-became-object',
    });
  if (a.kind === 'binary' || b.kind === 'binary')
    return [nodeFact('binary-mode-changed', both('rejects', 'rejects'), { before: a.node, after: b.node })];
  return undefined;
}

function compareAny(a: Core, b: Core): readonly SchemaFact[] {
  if (a.kind === b.kind) return [];
  const nodes = { before: a.node, after: b.node };
  return b.kind === 'any'
    ? [nodeFact('type-widened', both(a.kind === 'codec' ? 'differs' : 'ok', 'rejects'), nodes)]
    : [nodeFact('type-narrowed', both('rejects', b.kind === 'codec' ? 'differs' : 'ok'), nodes)];
}

function compareNever(a: Core, b: Core): readonly SchemaFact[] {
  if (a.kind === b.kind) return [];
  const nodes = { before: a.node, after: b.node };
  return a.kind === 'never'
    ? [nodeFact('type-widened', both('ok', 'rejects'), nodes)]
    : [nodeFact('type-narrowed', both('rejects', 'ok'), nodes)];
}

function compareCodecs(with_: Comparison, a: Core, b: Core): readonly SchemaFact[] {
  const [wireA, wireB] = [wireOf(a), wireOf(b)];
  const wire = compareNodes(with_, wireA, wireB);
  const nodes = { before: a.node, after: b.node };
  if (a.kind === 'codec' && b.kind === 'codec') {
    if (codecName(a.codec) !== codecName(b.codec)) {
      return [...wire, nodeFact('codec-changed', both('differs', 'differs'), nodes)];
    }
    const meaning = (core: Of<'codec'>) => ({
      truthy: core.codec.truthy,
      caseSensitive: core.codec.caseSensitive,
    });
    const same = with_.same(ownApp(a.codec.app), ownApp(b.codec.app)) && sameValue(meaning(a), meaning(b));
    return !same ? [...wire, nodeFact('codec-changed', both('unknown', 'unknown'), nodes)] : wire;
  }
  // If no value passes, there is nothing to convert.
  if (
    wire.some(
      ({ steps, backward, forward }) => steps.length === 0 && backward === 'rejects' && forward === 'rejects',
    )
  )
    return wire;
  return [
    ...wire,
    nodeFact(a.kind === 'codec' ? 'codec-removed' : 'codec-added', both('differs', 'differs'), nodes),
  ];
}

/** The application side without what follows from the wire side. */
function ownApp(app: TypeNode): TypeNode {
  const any = { kind: 'any' } as const;
  if (app.kind === 'map') return { ...app, key: any, value: any };
  return app.kind === 'set' ? { ...app, value: any } : app;
}

/** A conjunction accepts what all parts accept: something passes into it through all parts, and out through any. */
function compareAll(with_: Comparison, a: Core, b: Core): readonly SchemaFact[] {
  if (a.kind === 'all' && b.kind === 'all') {
    return a.parts.flatMap((part, index) => compareNodes(with_, part, b.parts[index as 0 | 1]));
  }
  if (b.kind !== 'all') {
    return turned(compareAll(with_.mirror(), b, a), {
      'type-widened': 'type-narrowed',
      'type-narrowed': 'type-widened',
    });
  }
  const parts = b.parts.map((part) => relation(with_, a.node, part));
  const into = worst(parts);
  const through = (key: 'forward' | 'rawForward'): Verdict =>
    parts.some((part) => part[key] === 'ok') ? 'ok' : 'unknown';
  // Zod merges what both sides made of the value, and refuses where a conversion makes them differ.
  const merges: Verdict = b.parts.some((part) => someNode(part, with_.afterTypes, alters)) ? 'unknown' : 'ok';
  const verdict: Verdicts = {
    backward: worse(into.backward, merges),
    rawBackward: worse(into.rawBackward, merges),
    forward: through('forward'),
    rawForward: through('rawForward'),
  };
  if (Object.values(verdict).every((one) => one === 'ok')) return [];
  return [nodeFact('type-narrowed', verdict, { before: a.node, after: b.node })];
}

function alters(node: TypeNode): boolean {
  if (node.kind === 'string')
    return (node.checks ?? []).some(({ check }) =>
      ['trim', 'lower-case', 'upper-case', 'normalize'].includes(check),
    );
  return node.kind === 'codec' || node.kind === 'default' || node.kind === 'catch';
}

function templateToString(a: Of<'template'>, b: Of<'string'>): readonly SchemaFact[] {
  const { length, patterns, formats, conversions } = b.string;
  const free =
    length.min === 0 &&
    length.max === Number.POSITIVE_INFINITY &&
    patterns.length + formats.length + conversions.length === 0;
  return [
    nodeFact('type-widened', both(free ? 'ok' : 'unknown', 'rejects'), { before: a.node, after: b.node }),
  ];
}

function compareBinary(a: Of<'binary'>, b: Of<'binary'>): readonly SchemaFact[] {
  if (a.max === b.max) return [];
  const nodes = { before: a.node, after: b.node };
  return b.max < a.max
    ? [nodeFact('bytes-limit-tightened', both('rejects', 'ok'), nodes)]
    : [nodeFact('bytes-limit-loosened', both('ok', 'rejects'), nodes)];
}

function typeChanged(a: Core, b: Core): SchemaFact {
  return nodeFact('type-changed', both('rejects', 'rejects'), { before: a.node, after: b.node });
}

/** The wire form; for `stringbool`, the words that it accepts. */
function wireOf(core: Core): TypeNode {
  if (core.kind !== 'codec') return core.node;
  const { truthy, falsy, wire } = core.codec;
  return truthy && falsy ? { kind: 'literal', values: [...truthy, ...falsy] } : wire;
}

function asShape(core: Core): Shape {
  if (core.kind === 'nested') return core.shape;
  return {
    node: core.node,
    readAbsent: false,
    sendAbsent: false,
    nullable: false,
    members: [core],
    exclusive: false,
    refinements: [],
  };
}

/** Facts of a comparison with sides swapped, with their names for this side. */
export function turned(
  facts: readonly SchemaFact[],
  names: Readonly<Record<string, string>>,
): readonly SchemaFact[] {
  return facts.map(({ before, after, nodes, ...fact }) => ({
    ...fact,
    ...swapped(fact),
    fact: names[fact.fact] ?? fact.fact,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    ...(nodes && {
      nodes: { ...(nodes.after && { before: nodes.after }), ...(nodes.before && { after: nodes.before }) },
    }),
  }));
}
