import { compareCorePair, nodeFact, under, type Comparison } from './compare-schema.ts';
import {
  both,
  swapped,
  worst,
  type Change,
  type SchemaFact,
  type Step,
  type Verdict,
  type Verdicts,
} from './fact.ts';
import type { Core, Shape } from './shape.ts';
import { memberLabel, tagKey, tagValues } from './tags.ts';

interface Pair {
  readonly i: number;
  readonly j: number;
}

/** Facts of two unions: members are paired and compared; unpaired ones were added or removed. */
export function compareMembers(with_: Comparison, a: Shape, b: Shape): readonly SchemaFact[] {
  const nodes = { before: a.node, after: b.node };
  const { key, isMoved } = tagKey(with_, a, b);
  if (isMoved) return [nodeFact('union-discriminator-changed', both('rejects', 'rejects'), nodes)];
  const relate = (i: number, j: number) => compareCorePair(with_, a.members[i] as Core, b.members[j] as Core);
  const pairs = pair(with_, [a, b], { key, relate });
  const facts: SchemaFact[] = [];
  for (const { i, j } of pairs) {
    const step: Step = {
      kind: 'member',
      label: memberLabel(with_.after, b.members[j] as Core, key),
      before: i,
      after: j,
    };
    facts.push(
      ...under(
        step,
        relate(i, j).map((fact) => absorbed(fact, { i, j }, { a, b, relate })),
      ),
    );
  }
  for (const [i, core] of a.members.entries()) {
    if (pairs.some((one) => one.i === i)) continue;
    const taken = bestOf(
      b.members.map((_, j) => worst(relate(i, j))),
      'backward',
    );
    if (taken.encoded === 'ok' && taken.raw === 'ok' && !a.exclusive && !b.exclusive) continue;
    const verdict = oneWay(taken, { reader: b.exclusive, sender: a.exclusive });
    const step: Step = { kind: 'member', label: memberLabel(with_.before, core, key), before: i };
    facts.push(
      ...under(step, [
        {
          ...nodeFact('union-member-removed', verdict, { before: core.node, after: b.node }),
          after: 'absent',
        },
      ]),
    );
  }
  for (const [j, core] of b.members.entries()) {
    if (pairs.some((one) => one.j === j)) continue;
    const taken = bestOf(
      a.members.map((_, i) => worst(relate(i, j))),
      'forward',
    );
    if (taken.encoded === 'ok' && taken.raw === 'ok' && !a.exclusive && !b.exclusive) continue;
    const verdict = swapped(oneWay(taken, { reader: a.exclusive, sender: b.exclusive }));
    const step: Step = { kind: 'member', label: memberLabel(with_.after, core, key), after: j };
    facts.push(
      ...under(step, [
        {
          ...nodeFact('union-member-added', verdict, { before: a.node, after: core.node }),
          before: 'absent',
        },
      ]),
    );
  }
  if (a.exclusive !== b.exclusive && a.members.length + b.members.length > 2) {
    facts.push(
      nodeFact('union-exclusive-changed', b.exclusive ? both('unknown', 'ok') : both('ok', 'unknown'), nodes),
    );
  }
  if (key === undefined && !b.exclusive && isReordered(pairs, a)) {
    facts.push(nodeFact('union-order-changed', both('unknown', 'unknown'), nodes));
  }
  return facts;
}

interface Taken {
  readonly encoded: Verdict;
  readonly raw: Verdict;
}

/** The best outcome of any member of the other side for an unpaired member. */
function bestOf(all: readonly Verdicts[], way: 'backward' | 'forward'): Taken {
  return {
    encoded: best(all.map((one) => one[way])),
    raw: best(all.map((one) => (way === 'backward' ? one.rawBackward : one.rawForward))),
  };
}

/** Verdicts of a member that only the old side has; those of one that only the new side has are the same, swapped. */
function oneWay(taken: Taken, exclusive: { readonly reader: boolean; readonly sender: boolean }): Verdicts {
  const strain = (verdict: Verdict): Verdict =>
    exclusive.reader && verdict !== 'rejects' ? 'unknown' : verdict;
  const back: Verdict = exclusive.sender ? 'unknown' : 'ok';
  return { backward: strain(taken.encoded), rawBackward: strain(taken.raw), forward: back, rawForward: back };
}

interface Sides {
  readonly a: Shape;
  readonly b: Shape;
  readonly relate: (i: number, j: number) => readonly SchemaFact[];
}

/** A value that one member refuses may be accepted by another. */
function absorbed(fact: SchemaFact, { i, j }: Pair, { a, b, relate }: Sides): SchemaFact {
  if (a.exclusive || b.exclusive) return strained(fact, a.exclusive, b.exclusive);
  const backward = isBad(fact.backward)
    ? milder(fact.backward, best(others(b.members, j).map((k) => worst(relate(i, k)).backward)))
    : fact.backward;
  const forward = isBad(fact.forward)
    ? milder(fact.forward, best(others(a.members, i).map((k) => worst(relate(k, j)).forward)))
    : fact.forward;
  return {
    ...fact,
    backward,
    forward,
    rawBackward: backward === fact.backward ? fact.rawBackward : backward,
    rawForward: forward === fact.forward ? fact.rawForward : forward,
  };
}

/** In an exclusive union, even an accepted value may fail: another member may accept it, too. */
function strained(fact: SchemaFact, before: boolean, after: boolean): SchemaFact {
  const strain = (verdict: Verdict, exclusive: boolean): Verdict =>
    exclusive && verdict !== 'rejects' ? 'unknown' : verdict;
  return {
    ...fact,
    backward: strain(fact.backward, after),
    rawBackward: strain(fact.rawBackward, after),
    forward: strain(fact.forward, before),
    rawForward: strain(fact.rawForward, before),
  };
}

function isBad(verdict: Verdict): boolean {
  return verdict === 'rejects' || verdict === 'unknown';
}

function others(members: readonly Core[], index: number): readonly number[] {
  return members.map((_, k) => k).filter((k) => k !== index);
}

function milder(a: Verdict, b: Verdict): Verdict {
  return best([a, b]);
}

function best(all: readonly Verdict[]): Verdict {
  if (all.includes('ok')) return 'ok';
  if (all.includes('differs')) return 'differs';
  return all.includes('unknown') ? 'unknown' : 'rejects';
}

/** Pairs members in stages: equal ones, those of one tag, those of one name, and the rest by kind. */
function pair(
  with_: Comparison,
  [a, b]: Change<Shape>,
  {
    key,
    relate,
  }: { readonly key: string | undefined; readonly relate: (i: number, j: number) => readonly SchemaFact[] },
): readonly Pair[] {
  const tags = (shape: Shape, side: 'before' | 'after') =>
    shape.members.map((core) => (key === undefined ? undefined : tagValues(with_[side], core, key)));
  const [left, right] = [tags(a, 'before'), tags(b, 'after')];
  const sharesTag = (i: number, j: number) => left[i]?.some((tag) => right[j]?.includes(tag)) === true;
  const tagged = (i: number, j: number) => left[i] !== undefined || right[j] !== undefined;
  const stages: readonly ((i: number, j: number) => boolean)[] = [
    (i, j) =>
      tagged(i, j)
        ? sharesTag(i, j) && left[i]?.length === right[j]?.length && relate(i, j).length === 0
        : quick(with_, a.members[i] as Core, b.members[j] as Core),
    (i, j) => sharesTag(i, j),
    (i, j) => !tagged(i, j) && a.members[i]?.kind === b.members[j]?.kind && relate(i, j).length === 0,
    (i, j) => !tagged(i, j) && a.members[i]?.via !== undefined && a.members[i]?.via === b.members[j]?.via,
    (i, j) => !tagged(i, j) && a.members[i]?.kind === b.members[j]?.kind && isMild(worst(relate(i, j))),
    (i, j) => !tagged(i, j) && a.members[i]?.kind === b.members[j]?.kind,
    (i, j) =>
      !tagged(i, j) && wireKind(with_, a.members[i] as Core) === wireKind(with_, b.members[j] as Core),
  ];
  const pairs: Pair[] = [];
  for (const fits of stages) pairs.push(...match([a.members.length, b.members.length], pairs, fits));
  return pairs.sort((one, other) => one.i - other.i);
}

function quick(with_: Comparison, a: Core, b: Core): boolean {
  return a.kind === b.kind && with_.same(a.node, b.node);
}

function isMild({ backward, forward }: Verdicts): boolean {
  return backward !== 'rejects' || forward !== 'rejects';
}

/** Kind of the wire form, so that a codec is paired with what it replaces. */
function wireKind(with_: Comparison, core: Core): string {
  if (core.kind === 'values') return typeof core.values[0] === 'boolean' ? 'values' : typeof core.values[0];
  if (core.kind === 'template') return 'string';
  if (core.kind !== 'codec') return core.kind;
  return with_.before(core.codec.wire).members[0]?.kind ?? 'codec';
}

/** A maximum matching of the unpaired members (Kuhn's augmenting paths). */
function match(
  [rows, columns]: readonly [number, number],
  taken: readonly Pair[],
  fits: (i: number, j: number) => boolean,
): readonly Pair[] {
  const free = (size: number, side: 'i' | 'j') =>
    Array.from({ length: size }, (_, index) => index).filter(
      (index) => !taken.some((one) => one[side] === index),
    );
  const targets = free(columns, 'j');
  const owner = new Map<number, number>();
  const augment = (i: number, seen: Set<number>): boolean => {
    for (const j of targets) {
      if (seen.has(j) || !fits(i, j)) continue;
      seen.add(j);
      const current = owner.get(j);
      if (current === undefined || augment(current, seen)) {
        owner.set(j, i);
        return true;
      }
    }
    return false;
  };
  if (targets.length > 0) for (const i of free(rows, 'i')) augment(i, new Set());
  return [...owner].map(([j, i]) => ({ i, j }));
}

/** Whether members that may accept the same value were reordered: the first that accepts wins. */
function isReordered(pairs: readonly Pair[], a: Shape): boolean {
  return pairs.some((one) =>
    pairs.some(
      (other) =>
        one.i < other.i &&
        one.j > other.j &&
        mayOverlap(a.members[one.i] as Core, a.members[other.i] as Core),
    ),
  );
}

function mayOverlap(a: Core, b: Core): boolean {
  const open: readonly Core['kind'][] = ['any', 'nested', 'codec', 'all'];
  return a.kind === b.kind || open.includes(a.kind) || open.includes(b.kind);
}
