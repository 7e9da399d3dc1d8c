import { expect, it } from 'vitest';
import { describeWith, redis } from '../services.ts';
import { prepareLedger } from './ledger.ts';
import { run } from './run.ts';

const seed = Number(process.env['SOCKEYE_SEED'] ?? 20);

describeWith(redis(), 'durable delivery under faults', (redisProgram) => {
  it(`loses, repeats and reorders nothing (seed ${seed})`, async () => {
    const struck: string[] = [];
    const report = await run({
      ledger: await prepareLedger(),
      redisProgram,
      seed,
      seconds: 10,
      nodes: 3,
      subscribers: 12,
      rate: 60,
      faultEveryMs: [1_000, 1_500],
      tell: (line) => struck.push(line),
    });
    const { violations, sent, acknowledged, expected, delivered, faults } = report;
    expect(violations, struck.join(', ')).toEqual([]);
    expect(sent).toBeGreaterThan(300);
    expect(acknowledged).toBe(sent);
    expect(expected).toBe((sent * 12) / 4);
    expect(delivered).toBe(expected);
    expect(Object.values(faults).reduce((sum, times) => sum + times, 0)).toBeGreaterThanOrEqual(6);
  }, 120_000);
});
