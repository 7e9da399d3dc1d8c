import { beforeAll, expect, it } from 'vitest';
import { describeWith, redis } from '../services.ts';
import { faults, pickFault, type Fault } from './faults.ts';
import { prepareLedger, type Ledger } from './ledger.ts';
import { run } from './run.ts';

const short = faults.filter(({ isLong }) => isLong !== true);
const seed = Number(process.env['SOCKEYE_SEED'] ?? 20);

describeWith(redis(), 'durable delivery under faults', (redisProgram) => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await prepareLedger();
  }, 60_000);

  it(`loses, repeats and reorders nothing (seed ${seed})`, async () => {
    const struck: string[] = [];
    const report = await run({
      ledger,
      redisProgram,
      seed,
      seconds: 10,
      nodes: 3,
      subscribers: 12,
      rate: 60,
      faultEveryMs: [1_000, 1_500],
      pick: (random) => pickFault(random, short),
      tell: (line) => struck.push(line),
    });
    const { violations, sent, acknowledged, expected, delivered, faults: struckBy, evicted } = report;
    expect(violations, struck.join(', ')).toEqual([]);
    expect(sent).toBeGreaterThan(300);
    expect(acknowledged).toBe(sent);
    expect(expected).toBe((sent * 12) / 4);
    expect(delivered).toBe(expected);
    expect(Object.values(struckBy).reduce((sum, times) => sum + times, 0)).toBeGreaterThanOrEqual(6);
    expect(evicted).toBeGreaterThanOrEqual(4);
  }, 120_000);

  it('goes on while three nodes are ended in order and started again, one after another', async () => {
    const codes: (number | null)[] = [];
    let over: Promise<void> | undefined;
    const rollOut: Fault = {
      kind: 'roll-out',
      weight: 1,
      strike: ({ nodes }) =>
        (over ??= (async () => {
          for (const node of nodes) codes.push(await node.roll());
        })()),
    };
    const report = await run({
      ledger,
      redisProgram,
      seed,
      seconds: 2,
      nodes: 3,
      subscribers: 12,
      rate: 100,
      faultEveryMs: [2_000, 2_000],
      pick: () => rollOut,
      tell: () => undefined,
    });
    const { violations, sent, acknowledged, expected, delivered, convergedMs } = report;
    // eslint-disable-next-line no-console -- the figures are what the test is read for
    console.info(
      `rolled out under ${sent} commands: ${acknowledged} acknowledged, ${delivered} of ${expected} deliveries, converged after ${convergedMs} ms`,
    );
    expect(codes).toEqual([0, 0, 0]);
    expect(violations).toEqual([]);
    expect([acknowledged, delivered]).toEqual([sent, expected]);
    expect(sent).toBeGreaterThan(150);
  }, 60_000);
});
