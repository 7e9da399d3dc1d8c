import { expect, test } from 'vitest';
import type * as z from 'zod';
import { compare } from '../../codegen/src/diff/compare.ts';
import { worse, type Fact, type Verdict } from '../../codegen/src/diff/fact.ts';
import { createSampler, distinct } from '../../codegen/src/diff/sample.ts';
import { sent } from './disagreements.ts';
import { inboundModel } from './models.ts';
import { oracleRows } from './oracle-rows.ts';
import { safely } from './schema-ast.ts';

/** Rows of which the comparison says something else than what the values show, and why that is right. */
const explained: Readonly<Record<string, string>> = {
  'template literal widened':
    'B: whether one expression takes all that another takes is not decided; no payload says no, so it stays unknown.',
  'refine added':
    'B: a model holds the name of a custom check, not its code: unknown, which is judged dangerous.',
  'refine removed':
    'F: a model holds the name of a custom check, not its code: unknown, which is judged dangerous.',
};

/** What really becomes of values of one schema that another reads. */
function observed(sender: z.ZodType, reader: z.ZodType, values: readonly unknown[]): Verdict {
  let verdict: Verdict = 'ok';
  for (const value of values) {
    const message = sent(sender, value);
    if (!message) continue;
    const own = sender.safeDecode(message.encoded);
    const read = safely(() => reader.safeDecode(message.encoded as never));
    if (!read?.success) return 'rejects';
    if (!sameReading(own.data, read.data)) verdict = worse(verdict, 'differs');
  }
  return verdict;
}

function sameReading(a: unknown, b: unknown): boolean {
  const shown = (value: unknown) =>
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort())
        : item,
    );
  return a instanceof Date === b instanceof Date && typeof a === typeof b && shown(a) === shown(b);
}

function said(facts: readonly Fact[], way: 'backward' | 'forward'): Verdict {
  return facts.reduce<Verdict>(
    (sum, fact) => worse(sum, fact[way] === 'unknown' ? 'unknown' : fact[way]),
    'ok',
  );
}

/** Values from both schemas, with junk and with properties that nobody declared. */
function valuesOf(before: z.ZodType, after: z.ZodType): readonly unknown[] {
  const own = [before, after].flatMap((schema) => {
    const model = inboundModel(schema);
    return createSampler(model.types)(model.clientToServer['save']?.payload ?? { kind: 'undefined' });
  });
  const junk = [
    'ABC',
    'abc',
    '12',
    'a',
    '',
    ' a ',
    0,
    1,
    -1,
    2,
    4,
    5,
    7,
    1.5,
    11,
    true,
    null,
    undefined,
    [],
    ['a'],
    ['a', 'b', 'c'],
    {},
  ];
  const extra = own.flatMap((value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [
          { ...value, extra: 'text' },
          { ...value, x: 1 },
        ]
      : [],
  );
  return distinct([...own, ...extra, ...junk]);
}

test('there are 105 rows', () => expect(oracleRows).toHaveLength(105));

test.each(oracleRows)('%s', (name, before, after) => {
  const facts = compare(inboundModel(before), inboundModel(after));
  const values = valuesOf(before, after);
  const real = { backward: observed(before, after, values), forward: observed(after, before, values) };
  const claimed = { backward: said(facts, 'backward'), forward: said(facts, 'forward') };
  if (explained[name] === undefined) expect(claimed).toEqual(real);
  else expect(claimed).not.toEqual(real);
});

test('every explanation is of a row', () => {
  expect(Object.keys(explained).filter((name) => !oracleRows.some(([row]) => row === name))).toEqual([]);
});
