import fc from 'fast-check';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { compileSchemas } from './compile.ts';
import { disagreement, text } from './compare.ts';
import { spec, type Spec } from './grammar.ts';
import { carriesKeys, forgetsChecks, sharesCaught } from './quirks.ts';
import { createRandom, hostile, sample } from './sample.ts';
import { toZod } from './to-zod.ts';

const long = process.env['SOCKEYE_LONG'] === '1';
const pairsWanted = long ? 1_000_000 : 50_000;
const schemasAtOnce = 40;
const valuesEach = 24;

/** Generated validators and Zod's own decode and encode: the same verdict, the same value, the same issues. */
test(
  `generated validators agree with Zod on ${pairsWanted.toLocaleString('en')} pairs of schema and value`,
  { timeout: 3_600_000 },
  async () => {
    const seed = Number(process.env['SOCKEYE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const count = { pairs: 0, refusedSchemas: 0, schemas: 0 };
    process.stderr.write(`differential test of validators: SOCKEYE_SEED=${seed}\n`);
    const perRun = schemasAtOnce * valuesEach * 2;
    await fc.assert(
      fc.asyncProperty(
        fc.array(spec, { minLength: schemasAtOnce, maxLength: schemasAtOnce }),
        fc.integer(),
        async (specs, values) => {
          const found = await disagreements(specs, values, count);
          expect(found).toEqual([]);
        },
      ),
      {
        seed,
        numRuns: Math.ceil((pairsWanted * 1.15) / perRun),
        endOnFailure: !long,
        interruptAfterTimeLimit: 3_000_000,
      },
    );
    process.stderr.write(`${JSON.stringify(count)}\n`);
    expect(count.pairs).toBeGreaterThanOrEqual(pairsWanted);
  },
);

async function disagreements(
  specs: readonly Spec[],
  seed: number,
  count: { pairs: number; schemas: number; refusedSchemas: number },
): Promise<readonly string[]> {
  z.globalRegistry.clear();
  const made = specs.map(attempt);
  const schemas = made.filter((schema) => schema !== undefined);
  const random = createRandom(seed);
  const side = (['both', 'both', 'client', 'server'] as const)[Math.abs(seed) % 4];
  const validators = await compileSchemas(schemas, side);
  const found: string[] = [];
  schemas.forEach((schema, index) => {
    const validator = validators[index];
    const from = specs[made.indexOf(schema)] as Spec;
    count.schemas++;
    if (validator === undefined) {
      count.refusedSchemas++;
      return;
    }
    if (sharesCaught(from)) return;
    const [forgets, carries] = [forgetsChecks(from), carriesKeys(from)];
    for (let i = 0; i < valuesEach; i++) {
      const wire = sample(from, random, [0, 0.03, 0.15][i % 3] as number);
      const app = application(schema, wire);
      for (const [direction, value] of [
        ['decode', wire],
        ['encode', i % 6 === 5 ? hostile(random) : app],
      ] as const) {
        if (direction === 'encode' && forgets) continue;
        count.pairs++;
        const what = disagreement(schema, validator, [direction, value, carries]);
        if (what !== undefined) found.push(`${JSON.stringify(from)}\n${direction} ${text(value)}\n${what}`);
      }
    }
  });
  return found.slice(0, 3);
}

function attempt(from: Spec): z.ZodType | undefined {
  try {
    const schema = toZod(from);
    z.safeDecode(schema, {});
    return schema;
  } catch {
    return undefined;
  }
}

/** What the application would hold, or the wire form where there is none. */
function application(schema: z.ZodType, wire: unknown): unknown {
  try {
    const result = z.safeDecode(schema, wire);
    return result.success ? result.data : wire;
  } catch {
    return wire;
  }
}
