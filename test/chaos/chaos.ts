/**
 * `npm run chaos`: one long run, reported in full. Options: `--seed`, `--seconds`, `--rate`, `--subscribers`. With
 * `--storm 2000` so many clients come to one node that has just been started, instead.
 *
 * @module chaos
 */
import { parseArgs } from 'node:util';
import { redis } from '../services.ts';
import { prepareLedger } from './ledger.ts';
import { run, type RunReport } from './run.ts';
import { storm } from './storm.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '300' },
    subscribers: { type: 'string', default: '24' },
    storm: { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
});
const { found, hint } = redis();
if (found === undefined) {
  console.error(`A chaos run starts and ends a redis-server of its own: ${hint}.`);
  process.exit(2);
}
const startedAt = performance.now();
const seed = Number(values.seed);
if (values.storm !== undefined) {
  const [clients, books, missed] = [Number(values.storm), 20, 100];
  console.log(`seed ${seed}, ${clients} clients, ${books} books, up to ${missed} entries missed`);
  const { faults, ...came } = await storm({
    ledger: await prepareLedger(),
    redisProgram: found,
    seed,
    clients,
    books,
    missed,
  });
  console.log(
    `reads of the log: ${came.reads}, of heads: ${came.heads}\n` +
      `all live after ${Math.round(came.liveMs)} ms; ${came.deliveries} deliveries, ${came.retries} joins made again, ${came.disconnections} cuts\n` +
      `event loop of the node: p99 ${Math.round(came.delayP99Ms)} ms, at most ${Math.round(came.delayMaxMs)} ms; CPU ${Math.round(came.cpuMs)} ms\n` +
      `violations: ${faults}`,
  );
  process.exit(faults === 0 ? 0 : 1);
}
console.log(
  `seed ${seed}, ${values.seconds} s, ${values.rate} commands/s, ${values.subscribers} subscribers, 3 nodes`,
);
const report = await run({
  ledger: await prepareLedger(),
  redisProgram: found,
  seed,
  seconds: Number(values.seconds),
  nodes: 3,
  subscribers: Number(values.subscribers),
  rate: Number(values.rate),
  faultEveryMs: [1_000, 2_000],
  tell: (line) => {
    if (!values.quiet)
      console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}`);
  },
});
console.log(text(report));
process.exit(report.violations.length === 0 ? 0 : 1);

function text({ violations, faults, failed, ...figures }: RunReport): string {
  const kinds = Object.entries(faults).map(([kind, times]) => `${times} ${kind}`);
  const errors = Object.entries(failed).map(([code, times]) => `${times} ${code}`);
  return [
    `faults: ${Object.values(faults).reduce((sum, times) => sum + times, 0)} (${kinds.sort().join(', ')})`,
    `commands: ${figures.sent} sent, ${figures.acknowledged} acknowledged${errors.length > 0 ? `, failed: ${errors.join(', ')}` : ''}`,
    `deliveries: ${figures.expected} expected, ${figures.delivered} made`,
    `evictions written down: ${figures.evicted}`,
    `converged ${figures.convergedMs} ms after the last fault`,
    `violations: ${violations.length}`,
    ...violations.slice(0, 20).map((violation) => `  ${violation.kind}: ${violation.text}`),
  ].join('\n');
}
