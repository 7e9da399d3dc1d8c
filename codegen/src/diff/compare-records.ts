import { compareNodes, comparePresent, nodeFact, under, type Comparison } from './compare-schema.ts';
import { both, worse, type SchemaFact, type Verdict } from './fact.ts';
import { keySet } from './read.ts';
import type { Core, Shape } from './shape.ts';

type Records = Extract<Core, { kind: 'record' }>;

/** Facts of two records. */
export function compareRecords(with_: Comparison, a: Records, b: Records): readonly SchemaFact[] {
  const [before, after] = [a.record, b.record];
  const counted = keySet(before.key, with_.beforeTypes) && keySet(after.key, with_.afterTypes);
  const compareValues = counted ? compareNodes : comparePresent;
  return [
    ...compareKeys(with_, a, b).map((fact) => loosely(fact, a, b)),
    ...under({ kind: 'value' }, compareValues(with_, before.value, after.value)),
    ...compareModes(with_, a, b),
  ];
}

function compareKeys(with_: Comparison, a: Records, b: Records): readonly SchemaFact[] {
  const known = [keySet(a.record.key, with_.beforeTypes), keySet(b.record.key, with_.afterTypes)] as const;
  if (!known[0] || !known[1]) {
    const facts = under({ kind: 'key' }, compareNodes(with_, a.record.key, b.record.key));
    return facts.map((fact) => ({
      ...fact,
      backward: loosened(fact.backward, b),
      rawBackward: loosened(fact.rawBackward, b),
      forward: loosened(fact.forward, a),
      rawForward: loosened(fact.rawForward, a),
    }));
  }
  const [before, after] = known;
  const key = { kind: 'key' } as const;
  const literal = (name: string) => ({ kind: 'literal', values: [name] }) as const;
  const added = after.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !after.includes(name));
  return [
    ...added.map((name) => ({
      ...nodeFact('record-key-added', both(needed(b, with_.after(b.record.value)), loosened('rejects', a)), {
        before: a.node,
        after: literal(name),
      }),
      steps: [key],
      before: 'absent',
      after: name,
    })),
    ...gone.map((name) => ({
      ...nodeFact(
        'record-key-removed',
        both(loosened('rejects', b), needed(a, with_.before(a.record.value))),
        { before: literal(name), after: b.node },
      ),
      steps: [key],
      before: name,
      after: 'absent',
    })),
  ];
}

/** A loose sender sends any value under other keys, which a receiver with other keys may know. */
function loosely(fact: SchemaFact, a: Records, b: Records): SchemaFact {
  const open = (verdict: Verdict, sender: Records): Verdict =>
    sender.record.mode === 'loose' ? worse(verdict, 'unknown') : verdict;
  return {
    ...fact,
    backward: open(fact.backward, a),
    rawBackward: open(fact.rawBackward, a),
    forward: open(fact.forward, b),
    rawForward: open(fact.rawForward, b),
  };
}

/** A receiver of a loose record keeps the values of unknown keys. */
function loosened(verdict: Verdict, reader: Records): Verdict {
  return reader.record.mode === 'loose' && verdict === 'rejects' ? 'differs' : verdict;
}

function needed(reader: Records, value: Shape): Verdict {
  if (reader.record.mode !== 'exhaustive') return 'ok';
  return value.readAbsent ? (value.fill ? 'differs' : 'ok') : 'rejects';
}

function compareModes(with_: Comparison, a: Records, b: Records): readonly SchemaFact[] {
  const [from, to] = [a.record.mode, b.record.mode];
  if (from === to) return [];
  const nodes = { before: a.node, after: b.node };
  if (to === 'loose') return [nodeFact('record-keys-opened', both('ok', 'rejects'), nodes)];
  if (from === 'loose') return [nodeFact('record-keys-closed', both('rejects', 'ok'), nodes)];
  if (!keySet(a.record.key, with_.beforeTypes)) return [];
  return to === 'partial'
    ? [nodeFact('record-became-partial', both('ok', needed(a, with_.before(a.record.value))), nodes)]
    : [nodeFact('record-became-exhaustive', both(needed(b, with_.after(b.record.value)), 'ok'), nodes)];
}
