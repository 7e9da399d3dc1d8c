import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooserOf } from './chooser.ts';
import { disagreements } from './disagreements.ts';
import { asts, mutate } from './schema-arbitrary.ts';

const long = process.env['SOCKEYE_LONG'] === '1';
const seed = Number(process.env['SOCKEYE_SEED'] ?? (long ? Date.now() % 2_147_483_647 : 20_261_121));
const runs = Number(process.env['SOCKEYE_RUNS'] ?? (long ? 100_000 : 3_000));

test(
  `compare agrees with Zod about ${runs} random changes (seed ${seed})`,
  { timeout: long ? 3_600_000 : 60_000 },
  () => {
    fc.assert(
      fc.property(asts, asts, fc.nat(), (before, other, choices) => {
        const after = mutate(before, chooserOf(choices), other);
        const wrong = disagreements({ before, after }, choices + 1);
        const pair = `before ${JSON.stringify(before)}\nafter  ${JSON.stringify(after)}`;
        expect(wrong.length === 0 ? '' : [...wrong, pair].join('\n')).toBe('');
      }),
      { seed, numRuns: runs },
    );
  },
);
