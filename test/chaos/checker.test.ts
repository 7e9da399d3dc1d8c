import { describe, expect, it } from 'vitest';
import { check, expectedDeliveries, type Delivered, type Evidence } from './checker.ts';

const entries = (count: number, from = 1): Delivered[] =>
  Array.from({ length: count }, (_, index) => ({
    offset: from + index,
    id: `id-${from + index}`,
    value: `w1-${from + index}`,
  }));

const clean: Evidence = {
  logs: { 'ledger:a': entries(10) },
  views: [
    { subscriber: 's1', room: 'ledger:a', from: 0, delivered: entries(10) },
    { subscriber: 's2', room: 'ledger:a', from: 4, delivered: entries(6, 5) },
  ],
  guests: [{ subscriber: 'v1', room: 'ledger:a', from: 0, until: 6, delivered: entries(4) }],
  acknowledged: entries(9).map(({ value }) => value),
  sent: entries(10).map(({ value }) => value),
};

const withView = (change: (delivered: Delivered[]) => Delivered[]): Evidence => ({
  ...clean,
  views: [{ ...clean.views[0]!, delivered: change(entries(10)) }, clean.views[1]!],
});

const broken: readonly (readonly [what: string, evidence: Evidence, kinds: readonly string[]])[] = [
  ['one lost event', withView((all) => all.filter(({ offset }) => offset !== 7)), ['missing']],
  ['the last event lost', withView((all) => all.slice(0, -1)), ['missing']],
  ['one duplicated event', withView((all) => [...all.slice(0, 7), all[6]!, ...all.slice(7)]), ['duplicate']],
  ['one duplicate that comes late', withView((all) => [...all, all[2]!]), ['duplicate']],
  ['two swapped events', withView((all) => [...all.slice(0, 4), all[5]!, all[4]!, ...all.slice(6)]), ['disorder']],
  ['an altered event', withView((all) => all.map((one) => (one.offset === 3 ? { ...one, value: 'x' } : one))), ['altered']],
  ['an event of another life of the log', withView((all) => all.map((one) => (one.offset === 3 ? { ...one, id: 'x' } : one))), ['altered']],
  ['an acknowledged command that is nowhere', { ...clean, acknowledged: [...clean.acknowledged, 'w2-1'] }, ['lost-command']],
  ['a command applied twice', { ...clean, logs: { ...clean.logs, 'ledger:b': [entries(1)[0]!] } }, ['applied-twice']],
  ['an entry that nobody wrote', { ...clean, sent: clean.sent.slice(1) }, ['invented']],
  ['a gap in the log', { ...clean, logs: { 'ledger:a': entries(10).filter(({ offset }) => offset !== 2) }, views: [] }, ['gap']],
  ['an event for who was put out', { ...clean, guests: [{ ...clean.guests[0]!, delivered: entries(7) }] }, ['told-after-eviction']],
  ['a duplicate for who was put out', { ...clean, guests: [{ ...clean.guests[0]!, delivered: [...entries(4), ...entries(1)] }] }, ['duplicate']],
]; // prettier-ignore

describe('the checker of chaos runs', () => {
  it('finds nothing in a clean run', () => {
    expect(check(clean)).toEqual([]);
    expect(expectedDeliveries(clean)).toBe(16);
  });

  it.each(broken)('finds %s', (_, evidence, kinds) => {
    expect([...new Set(check(evidence).map(({ kind }) => kind))]).toEqual(expect.arrayContaining([...kinds]));
  });

  it('does not ask for commands that were never acknowledged', () => {
    const unanswered = { ...clean, sent: [...clean.sent, 'w9-1'] };
    expect(check(unanswered)).toEqual([]);
  });
});
