import type { Json, TypeNode } from '../model.ts';
import { compareRoots, type Comparison } from './compare-schema.ts';
import {
  both,
  type Change,
  stepsText,
  type Direction,
  type Fact,
  type Position,
  type SchemaFact,
  type Verdict,
  type Verdicts,
  type Witness,
} from './fact.ts';
import type { Sender } from './place.ts';
import { createSampler } from './sample.ts';
import { prove, type ProvedFact } from './witness.ts';

/** Shared state of all comparisons of two contracts. */
export interface Context {
  readonly comparison: Comparison;
  readonly before: Sender;
  readonly after: Sender;
}

/** The place of a schema. */
export interface Place {
  readonly position: Position;
  readonly direction: Direction;
  /** `clientToServer["task:create"].payload`. */
  readonly path: string;
  readonly event?: string;
}

/** Creates what {@link compareAt} needs. */
export function createContext(comparison: Comparison): Context {
  return {
    comparison,
    before: { types: comparison.beforeTypes, sample: createSampler(comparison.beforeTypes) },
    after: { types: comparison.afterTypes, sample: createSampler(comparison.afterTypes) },
  };
}

/** Facts of two schemas at one place, each with the payloads that prove it. */
export function compareAt(
  context: Context,
  place: Place,
  [before, after]: Change<TypeNode>,
): readonly Fact[] {
  if (context.comparison.same(before, after)) return [];
  const roots = { before, after, beforeSide: context.before, afterSide: context.after };
  return once(compareRoots(context.comparison, before, after)).flatMap((found) => {
    const proved = prove(found, roots);
    const { witness: _, ...verdicts } = found.fact === 'union-order-changed' ? onlyProved(proved) : proved;
    const unproved =
      found.fact === 'union-order-changed' && verdicts.backward === 'ok' && verdicts.forward === 'ok';
    if (unproved) return [];
    return [{ ...placed(found, place), ...verdicts, ...(proved.witness && { witness: proved.witness }) }];
  });
}

/** A difference of a named type that is reached in several ways is reported once, at the shortest path. */
function once(facts: readonly SchemaFact[]): readonly SchemaFact[] {
  const nearest = new Map<string, SchemaFact>();
  for (const found of facts) {
    const key = sameness(found);
    const known = nearest.get(key);
    if (!known || found.steps.length < known.steps.length) nearest.set(key, found);
  }
  return facts.filter((found) => found.type === undefined || nearest.get(sameness(found)) === found);
}

function sameness({ fact, type, inType, before, after, ...rest }: SchemaFact): string {
  const verdicts = [rest.backward, rest.forward, rest.rawBackward, rest.rawForward];
  return JSON.stringify([fact, type, stepsText(inType ?? []), verdicts, before, after]);
}

/** Overlapping members mostly agree: their order is reported only if a payload proves a difference. */
function onlyProved(given: ProvedFact): ProvedFact {
  const open = (verdict: Verdict, witness: Witness | undefined): Verdict =>
    verdict === 'unknown' ? (witness && !witness.raw ? witness.verdict : 'ok') : verdict;
  const { backward, forward } = given.witness ?? {};
  return {
    ...given,
    backward: open(given.backward, backward),
    forward: open(given.forward, forward),
    rawBackward: open(given.rawBackward, backward),
    rawForward: open(given.rawForward, forward),
  };
}

function placed(found: SchemaFact, place: Place): Fact {
  const field = lastName(found);
  return {
    ...statement(found.fact, place, found),
    path: place.path + stepsText(found.steps),
    ...(field === undefined ? {} : { field }),
    ...(found.before === undefined ? {} : { before: found.before }),
    ...(found.after === undefined ? {} : { after: found.after }),
    ...(found.type === undefined ? {} : { origin: found.type + stepsText(found.inType ?? []) }),
  };
}

function lastName({ steps }: SchemaFact): string | undefined {
  const text = stepsText(steps).replace(/^\./, '');
  return text === '' ? undefined : text;
}

/** A fact at a place, without more. */
export function statement(fact: string, place: Place, verdicts: Verdicts = both('ok', 'ok')): Fact {
  const { position, direction, path, event } = place;
  const { backward, forward, rawBackward, rawForward } = verdicts;
  return {
    fact,
    position,
    direction,
    path,
    ...(event === undefined ? {} : { event }),
    backward,
    forward,
    rawBackward,
    rawForward,
  };
}

/** The fact that a whole schema was added: the old side sends nothing, the new side sends what it describes. */
export function cameFact(
  fact: string,
  {
    context,
    place,
    node,
    readsNothing,
  }: {
    readonly context: Context;
    readonly place: Place;
    readonly node: TypeNode;
    readonly readsNothing: (node: TypeNode) => boolean;
  },
  nothing: {
    readonly payload: Json | undefined;
    readonly effect: string;
    readonly dropped: 'differs' | 'rejects';
  },
): Fact {
  const [sample] = context.after.sample(node);
  const backward = readsNothing(node) ? 'ok' : 'rejects';
  const refused: Witness = {
    payload: nothing.payload,
    effect: 'is refused: required, but missing',
    verdict: 'rejects',
  };
  const dropped: Witness = {
    payload: (sample ?? null) as Json,
    effect: nothing.effect,
    verdict: nothing.dropped,
  };
  return {
    ...statement(fact, place, both(backward, nothing.dropped)),
    after: node,
    witness: { ...(backward === 'ok' ? {} : { backward: refused }), forward: dropped },
  };
}

/** The same for a removed schema. */
export function wentFact(fact: string, came: Fact): Fact {
  const { backward, forward } = came.witness ?? {};
  const { after, ...rest } = came;
  return {
    ...rest,
    fact,
    backward: came.forward,
    forward: came.backward,
    rawBackward: came.rawForward,
    rawForward: came.rawBackward,
    ...(after === undefined ? {} : { before: after }),
    witness: { ...(forward && { backward: forward }), ...(backward && { forward: backward }) },
  };
}
