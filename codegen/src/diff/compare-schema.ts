import type { ContractModel, TypeNode } from '../model.ts';
import { compareCores } from './compare-cores.ts';
import { compareMembers } from './compare-union.ts';
import {
  both,
  silent,
  worst,
  type Change,
  type SchemaFact,
  type Step,
  type Verdict,
  type Verdicts,
} from './fact.ts';
import { compareRefinements } from './refinements.ts';
import { read } from './read.ts';
import { sameNodes, sameValue, type SameNode } from './same.ts';
import { createShaper, type Core, type Fill, type Shape, type Shaper } from './shape.ts';

/** The state of a comparison of two models' schemas. */
export interface Comparison {
  readonly before: Shaper;
  readonly after: Shaper;
  readonly beforeTypes: ContractModel['types'];
  readonly afterTypes: ContractModel['types'];
  readonly same: SameNode;
  readonly pairs: PairMemo;
  /** The same comparison with sides swapped, created on demand. */
  readonly mirror: () => Comparison;
}

/** Facts of pairs of members; a pair in progress has the result of the last round. */
export interface PairMemo {
  readonly facts: Map<Core, Map<Core, readonly SchemaFact[] | 'running'>>;
  /** Only pairs that contain themselves. */
  readonly assumed: Map<Core, Map<Core, Verdicts>>;
  /** An assumption was read in this round. */
  used: boolean;
}

/** Prepares a comparison of two models. */
export function createComparison(before: ContractModel['types'], after: ContractModel['types']): Comparison {
  const same = sameNodes(before, after);
  const comparison: Comparison = {
    before: createShaper(before),
    after: createShaper(after),
    beforeTypes: before,
    afterTypes: after,
    same,
    pairs: { facts: new Map(), assumed: new Map(), used: false },
    mirror: () => mirror,
  };
  const mirror: Comparison = {
    before: comparison.after,
    after: comparison.before,
    beforeTypes: after,
    afterTypes: before,
    same: (a, b) => same(b, a),
    pairs: { facts: new Map(), assumed: new Map(), used: false },
    mirror: () => comparison,
  };
  return comparison;
}

/** All differences between two schemas, on the wire or in the decoded value. None for equivalent ones. */
export function compareNodes(with_: Comparison, before: TypeNode, after: TypeNode): readonly SchemaFact[] {
  if (with_.same(before, after)) return [];
  const facts = compareShapes(with_, with_.before(before), with_.after(after));
  const name =
    before.kind === 'ref' && after.kind === 'ref' && before.name === after.name ? before.name : undefined;
  return name === undefined ? facts : within(name, facts);
}

/** {@link compareNodes} for normal forms. */
export function compareShapes(with_: Comparison, a: Shape, b: Shape): readonly SchemaFact[] {
  const own = [...presence(with_, a, b), ...nullability(with_, a, b), ...compareRefinements(a, b)];
  const rescued = (facts: readonly SchemaFact[]) => facts.map((fact) => rescue(fact, a, b));
  const inner =
    a.members.length === 1 && b.members.length === 1 && !a.exclusive && !b.exclusive
      ? compareCorePair(with_, a.members[0] as Core, b.members[0] as Core)
      : compareMembers(with_, a, b);
  return [...rescued([...own, ...inner]), ...rescueFacts(with_, a, b)];
}

/** Facts of two members, computed once per pair. */
export function compareCorePair(with_: Comparison, a: Core, b: Core): readonly SchemaFact[] {
  const known = with_.pairs.facts.get(a)?.get(b);
  if (known === 'running') {
    with_.pairs.used = true;
    const assumed = with_.pairs.assumed.get(a)?.get(b) ?? silent;
    remember(with_.pairs.assumed, [a, b], assumed);
    return assumed === silent ? [] : [{ fact: 'recursion', steps: [], ...assumed }];
  }
  if (known) return known;
  remember(with_.pairs.facts, [a, b], 'running');
  const name = a.via !== undefined && a.via === b.via ? a.via : undefined;
  const found = [...compareCores(with_, a, b), ...compareRefinements(a, b)];
  const facts = name === undefined ? found : within(name, found);
  remember(with_.pairs.facts, [a, b], facts);
  // Joined with the last round's, so that verdicts only get worse and the rounds come to an end.
  const last = with_.pairs.assumed.get(a)?.get(b);
  if (last && facts.length > 0) remember(with_.pairs.assumed, [a, b], worst([...facts, last]));
  return facts;
}

/**
 * Facts of two schemas at the root of a payload. For recursive schemas, the comparison is repeated until the assumption
 * about a pair within itself equals its result.
 */
export function compareRoots(with_: Comparison, before: TypeNode, after: TypeNode): readonly SchemaFact[] {
  for (;;) {
    const memos = [with_.pairs, with_.mirror().pairs];
    for (const memo of memos) memo.used = false;
    const previous = memos.map(summary).join();
    const facts = compareNodes(with_, before, after);
    if (!memos.some(({ used }) => used) || memos.map(summary).join() === previous) {
      return facts.filter(({ fact }) => fact !== 'recursion');
    }
    for (const memo of memos) memo.facts.clear();
  }
}

/** A fact about two nodes. */
export function nodeFact(
  fact: string,
  verdict: Verdicts,
  nodes: { before?: TypeNode; after?: TypeNode },
): SchemaFact {
  return { fact, steps: [], ...verdict, ...nodes, nodes };
}

/** The same facts one step further out. */
export function under(step: Step, facts: readonly SchemaFact[]): readonly SchemaFact[] {
  return facts.map((fact) => ({ ...fact, steps: [step, ...fact.steps] }));
}

/** Facts of two nodes where JSON cannot omit a value, such as an item of an array: absence does not count. */
export function comparePresent(with_: Comparison, before: TypeNode, after: TypeNode): readonly SchemaFact[] {
  return compareNodes(with_, before, after).filter(
    ({ steps, fact }) => steps.length > 0 || !presenceRules.has(fact),
  );
}

const presenceRules = new Set([
  'property-became-optional',
  'property-became-required',
  'default-added',
  'default-removed',
  'default-changed',
]);

/** Verdicts of a relation between two nodes, without its facts. */
export function relation(with_: Comparison, before: TypeNode, after: TypeNode): Verdicts {
  return worst(compareNodes(with_, before, after));
}

function within(type: string, facts: readonly SchemaFact[]): readonly SchemaFact[] {
  return facts.map((fact) => (fact.type === undefined ? { ...fact, type, inType: fact.steps } : fact));
}

function remember<V>(table: Map<Core, Map<Core, V>>, [a, b]: Change<Core>, value: V): void {
  const row = table.get(a) ?? new Map<Core, V>();
  table.set(a, row.set(b, value));
}

function summary({ assumed }: PairMemo): string {
  return [...assumed.values()]
    .flatMap((row) => [...row.values()].map((verdicts) => Object.values(verdicts).join()))
    .join(';');
}

function presence(with_: Comparison, a: Shape, b: Shape): readonly SchemaFact[] {
  const sameFill = sameValue(made(a.fill), made(b.fill));
  const reads = (reader: Shape, types: ContractModel['types']): Verdict => {
    // Two alternatives of an exclusive union may both take an absent value, which is one too many.
    if (!reader.readAbsent || (reader.exclusive && !read(reader.node, undefined, types).ok)) return 'rejects';
    return sameFill ? 'ok' : 'differs';
  };
  const verdicts: Verdicts = {
    backward: a.sendAbsent ? reads(b, with_.afterTypes) : 'ok',
    forward: b.sendAbsent ? reads(a, with_.beforeTypes) : 'ok',
    rawBackward: a.readAbsent ? reads(b, with_.afterTypes) : 'ok',
    rawForward: b.readAbsent ? reads(a, with_.beforeTypes) : 'ok',
  };
  const id = presenceRule([a, b], sameFill, verdicts);
  return id === undefined ? [] : [nodeFact(id, verdicts, { before: a.node, after: b.node })];
}

function presenceRule([a, b]: Change<Shape>, sameFill: boolean, verdicts: Verdicts): string | undefined {
  const [from, to] = [presenceMode(a), presenceMode(b)];
  if (from === 'default' && to === 'default') {
    if (!sameFill) return a.rescue && b.rescue ? undefined : 'default-changed';
    if (verdicts.forward === 'rejects') return 'property-became-optional';
    return verdicts.backward === 'rejects' ? 'property-became-required' : undefined;
  }
  if (to === 'default') return b.rescue ? undefined : 'default-added';
  if (from === 'default') return a.rescue ? undefined : 'default-removed';
  if (from === to) {
    if (verdicts.forward === verdicts.backward) return undefined;
    return verdicts.forward === 'rejects' ? 'property-became-optional' : 'property-became-required';
  }
  return to === 'optional' ? 'property-became-optional' : 'property-became-required';
}

function presenceMode(shape: Shape): 'default' | 'optional' | 'required' {
  if (shape.fill) return 'default';
  return shape.readAbsent ? 'optional' : 'required';
}

function made(fill: Fill | undefined): unknown {
  return fill && { value: fill.value, factory: fill.factory };
}

function nullability(with_: Comparison, a: Shape, b: Shape): readonly SchemaFact[] {
  if (a.nullable === b.nullable && !a.exclusive && !b.exclusive) return [];
  const takes = (shape: Shape, types: ContractModel['types']) =>
    (shape.nullable && !shape.exclusive) || read(shape.node, null, types).ok;
  const [before, after] = [takes(a, with_.beforeTypes), takes(b, with_.afterTypes)];
  if (before === after) return [];
  const nodes = { before: a.node, after: b.node };
  if (a.members.some(({ kind }) => kind === 'any') || b.members.some(({ kind }) => kind === 'any')) return [];
  return after
    ? [nodeFact('became-nullable', both('ok', 'rejects'), nodes)]
    : [nodeFact('became-not-nullable', both('rejects', 'ok'), nodes)];
}

function rescue(fact: SchemaFact, a: Shape, b: Shape): SchemaFact {
  const soften = (verdict: Verdict, reader: Shape): Verdict =>
    reader.rescue && verdict === 'rejects' ? 'differs' : verdict;
  return {
    ...fact,
    backward: soften(fact.backward, b),
    forward: soften(fact.forward, a),
    rawBackward: soften(fact.rawBackward, b),
    rawForward: soften(fact.rawForward, a),
  };
}

function rescueFacts(with_: Comparison, a: Shape, b: Shape): readonly SchemaFact[] {
  const nodes = { before: a.node, after: b.node };
  if (!a.rescue && !b.rescue) return [];
  if (a.rescue && b.rescue) {
    const same = sameValue(made(a.rescue), made(b.rescue));
    return same
      ? []
      : [nodeFact('catch-changed', { ...silent, rawBackward: 'differs', rawForward: 'differs' }, nodes)];
  }
  const { backward, forward } = presence(with_, a, b)[0] ?? presenceVerdicts(a, b);
  return b.rescue
    ? [nodeFact('catch-added', { backward, forward, rawBackward: backward, rawForward: 'rejects' }, nodes)]
    : [nodeFact('catch-removed', { backward, forward, rawBackward: 'rejects', rawForward: forward }, nodes)];
}

/** Where `catch` is what fills in, the rule of presence stays silent and this takes its place. */
function presenceVerdicts(a: Shape, b: Shape): { readonly backward: Verdict; readonly forward: Verdict } {
  const reads = (sender: Shape, reader: Shape): Verdict => {
    if (!sender.sendAbsent) return 'ok';
    if (!reader.readAbsent) return 'rejects';
    return sameValue(made(sender.fill), made(reader.fill)) ? 'ok' : 'differs';
  };
  return { backward: reads(a, b), forward: reads(b, a) };
}
