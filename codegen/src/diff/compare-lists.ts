import type { TypeNode } from '../model.ts';
import { compareNodes, comparePresent, nodeFact, under, type Comparison } from './compare-schema.ts';
import { compareRanges } from './compare-scalars.ts';
import { both, swapped, worse, worst, type SchemaFact, type Verdict, type Verdicts } from './fact.ts';
import type { Core, Shaper } from './shape.ts';

type Of<K extends Core['kind']> = Extract<Core, { kind: K }>;

/** Facts of two arrays. */
export function compareArrays(with_: Comparison, a: Of<'array'>, b: Of<'array'>): readonly SchemaFact[] {
  return [
    ...under({ kind: 'item' }, comparePresent(with_, a.item, b.item)),
    ...compareRanges('items', [a.size, b.size], { before: a.node, after: b.node }),
  ];
}

/** Facts of two tuples. */
export function compareTuples(with_: Comparison, a: Of<'tuple'>, b: Of<'tuple'>): readonly SchemaFact[] {
  const nodes = { before: a.node, after: b.node };
  if (isReordered(with_, a.items, b.items))
    return [nodeFact('tuple-reordered', both('rejects', 'rejects'), nodes)];
  const shared = Math.min(a.items.length, b.items.length);
  const facts: SchemaFact[] = [];
  for (let index = 0; index < shared; index++) {
    const step = { kind: 'index', index } as const;
    facts.push(...under(step, compareNodes(with_, a.items[index] as TypeNode, b.items[index] as TypeNode)));
  }
  for (let index = shared; index < b.items.length; index++) {
    const after = b.items[index] as TypeNode;
    const verdict = oneSided(
      with_.after,
      after,
      a.rest && ((item) => present(with_, a.rest as TypeNode, item)),
    );
    const id = with_.after(after).readAbsent ? 'tuple-item-added-optional' : 'tuple-item-added';
    facts.push(
      ...under({ kind: 'index', index }, [{ ...nodeFact(id, verdict, { after }), before: 'absent' }]),
    );
  }
  for (let index = shared; index < a.items.length; index++) {
    const before = a.items[index] as TypeNode;
    const verdict = oneSided(
      with_.before,
      before,
      b.rest && ((item) => swapped(present(with_, item, b.rest as TypeNode))),
    );
    const id = with_.before(before).readAbsent ? 'tuple-item-removed-optional' : 'tuple-item-removed';
    facts.push(
      ...under({ kind: 'index', index }, [
        { ...nodeFact(id, swapped(verdict), { before }), after: 'absent' },
      ]),
    );
  }
  if (a.rest && b.rest) facts.push(...under({ kind: 'item' }, comparePresent(with_, a.rest, b.rest)));
  else if (b.rest) facts.push(nodeFact('tuple-rest-added', both('ok', 'rejects'), nodes));
  else if (a.rest) facts.push(nodeFact('tuple-rest-removed', both('rejects', 'ok'), nodes));
  return [...facts, ...compareRanges('items', [a.size, b.size], nodes)];
}

function present(with_: Comparison, before: TypeNode, after: TypeNode): Verdicts {
  return worst(comparePresent(with_, before, after));
}

/** Verdicts of an added item; `rest` relates the other side's rest to it. */
function oneSided(
  shaper: Shaper,
  item: TypeNode,
  rest: ((item: TypeNode) => Verdicts) | undefined,
): Verdicts {
  const shape = shaper(item);
  const absent: Verdict = shape.readAbsent ? (shape.fill ? 'differs' : 'ok') : 'rejects';
  const related = rest?.(item);
  return {
    backward: worse(absent, related?.backward ?? 'ok'),
    rawBackward: worse(absent, related?.rawBackward ?? 'ok'),
    forward: related?.forward ?? 'rejects',
    rawForward: related?.rawForward ?? 'rejects',
  };
}

function isReordered(with_: Comparison, a: readonly TypeNode[], b: readonly TypeNode[]): boolean {
  if (a.length !== b.length || a.every((item, index) => with_.same(item, b[index]))) return false;
  const left = [...b];
  return a.every((item) => {
    const at = left.findIndex((other) => with_.same(item, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Facts of an array on one side and a tuple on the other. */
export function compareArrayTuple(
  with_: Comparison,
  [array, tuple]: readonly [Of<'array'>, Of<'tuple'>],
  id: 'tuple-became-array' | 'array-became-tuple',
): readonly SchemaFact[] {
  const opened = id === 'tuple-became-array';
  const items = [...tuple.items, ...(tuple.rest ? [tuple.rest] : [])];
  const relations = items.map((item) =>
    opened ? present(with_, item, array.item) : swapped(present(with_, array.item, item)),
  );
  const into = worst(relations);
  const tooMany = tuple.rest !== undefined && array.size.max < Number.POSITIVE_INFINITY;
  const misfit = tuple.items.length < array.size.min || tuple.items.length > array.size.max || tooMany;
  const anySize = tuple.rest && tuple.items.length === 0 && !misfit && array.size.min === 0;
  const from = anySize ? worst(relations.map(swapped)) : both('rejects', 'ok');
  const fits: Verdict = misfit ? 'unknown' : 'ok';
  const verdict: Verdicts = {
    backward: worse(into.backward, fits),
    rawBackward: worse(into.rawBackward, fits),
    forward: from.backward,
    rawForward: from.rawBackward,
  };
  if (Object.values(verdict).every((one) => one === 'ok')) return [];
  const nodes = opened
    ? { before: tuple.node, after: array.node }
    : { before: array.node, after: tuple.node };
  return [nodeFact(id, opened ? verdict : swapped(verdict), nodes)];
}
