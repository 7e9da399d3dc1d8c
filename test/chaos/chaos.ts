/**
 * `npm run chaos`: one long run, reported in full. Options: `--seed`, `--seconds`, `--rate`, `--subscribers`.
 *
 * @module chaos
 */
import { parseArgs } from 'node:util';
import { redis } from '../services.ts';
import { prepareLedger } from './ledger.ts';
import { run, type RunReport } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '300' },
    subscribers: { type: 'string', default: '24' },
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
    `converged ${figures.convergedMs} ms after the last fault`,
    `violations: ${violations.length}`,
    ...violations.slice(0, 20).map((violation) => `  ${violation.kind}: ${violation.text}`),
  ].join('\n');
}
