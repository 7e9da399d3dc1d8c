import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { splitContract, syntheticContract } from './codegen/synthetic-contract.ts';
import { median, table } from './statistics.ts';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'codegen/dist/cli.js');
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);

/** A whole process, from nothing to its end. */
interface Subject {
  readonly name: string;
  readonly cwd: string;
  readonly args: readonly string[];
}

interface Cost {
  readonly cpu: number;
  readonly wall: number;
  readonly rss: number;
}

/** Cost of generating and checking, all targets, as users pay it: the built package, plain Node, a cold process. */
export async function run(): Promise<void> {
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const build = path.join(root, 'contracts/tsconfig.build.json');
  execFileSync(process.execPath, [tsc, '-p', build, '--noCheck'], { stdio: 'inherit' });
  execFileSync('npm', ['run', '--silent', 'bundle'], { cwd: path.join(root, 'codegen'), stdio: 'inherit' });
  mkdirSync(path.join(root, 'test/.cache'), { recursive: true });
  const folder = mkdtempSync(path.join(root, 'test/.cache/bench-'));
  try {
    const small = project(folder, 100);
    const large = project(folder, 1_000);
    cold([
      { name: 'node -e 0', cwd: folder, args: ['-e', '0'] },
      { name: 'import zod', cwd: root, args: ['--input-type=module', '-e', "import 'zod'"] },
      { name: 'sockeye generate, 100 events', cwd: small, args: [cli, 'generate'] },
      { name: 'sockeye generate, 1,000 events', cwd: large, args: [cli, 'generate'] },
    ]);
    const changed = repository(large);
    console.log('');
    cold(
      [
        { name: 'node -e 0', cwd: changed, args: ['-e', '0'] },
        { name: 'import zod', cwd: changed, args: ['--input-type=module', '-e', "import 'zod'"] },
        { name: 'sockeye check, 1,000 events, nothing changed', cwd: changed, args: [cli, 'check'] },
        { name: 'the same without what it remembers', cwd: changed, args: [cli, 'check', '--fresh'] },
        {
          name: 'one event differs from the baseline',
          cwd: large,
          args: [cli, 'check', '--against', before(changed)],
        },
      ],
      { keep: true },
    );
    await saves({ cwd: small, file: 'load.contract.ts', what: '100' });
    await saves({ cwd: large, file: 'load.contract.ts', what: '1,000 in one module' });
    const split = project(folder, 1_000, splitContract(1_000, 20));
    await saves({ cwd: split, file: 'parts/part0.ts', what: '1,000 in 20 modules' });
    const huge = repository(project(folder, 10_000));
    console.log('');
    cold(
      [
        { name: 'sockeye check, 10,000 events, nothing changed', cwd: huge, args: [cli, 'check'] },
        { name: 'the same without what it remembers', cwd: huge, args: [cli, 'check', '--fresh'] },
        {
          name: 'one event differs from the baseline',
          cwd: huge,
          args: [cli, 'check', '--against', before(huge)],
        },
      ],
      { keep: true, times: Math.min(rounds, 3) },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function project(
  folder: string,
  events: number,
  sources: Readonly<Record<string, string>> = { 'load.contract.ts': syntheticContract(events) },
): string {
  const dir = path.join(folder, `${events}-in-${Object.keys(sources).length}`);
  for (const [file, text] of Object.entries(sources)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  }
  writeFileSync(
    path.join(dir, 'sockeye.config.ts'),
    `import { defineConfig } from '@sockeye/codegen';
export default defineConfig({ contracts: ['load.contract.ts'], outputs: [{ dir: 'out', targets: ['server', 'client'] }] });
`,
  );
  return dir;
}

/** The project in a repository of its own, everything generated and committed; returns its folder. */
function repository(from: string): string {
  const dir = `${from}-committed`;
  cpSync(from, dir, { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', ...args], {
      cwd: dir,
    });
  execFileSync(process.execPath, [cli, 'generate'], { cwd: dir });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'state');
  return dir;
}

/** Locks of a project one event of which was otherwise; an added optional field is no break. */
function before(committed: string): string {
  const dir = `${committed}-before`;
  cpSync(committed, dir, { recursive: true });
  const file = path.join(dir, 'load.contract.ts');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('notes: z.string().max(5_000).optional(),', ''));
  writeFileSync(file, readFileSync(file, 'utf8').replace("version: '1.0.0'", "version: '0.9.0'"));
  execFileSync(process.execPath, [cli, 'generate'], { cwd: dir });
  return path.join(dir, 'contracts/lock');
}

function cold(
  subjects: readonly Subject[],
  { keep = false, times = rounds }: { readonly keep?: boolean; readonly times?: number } = {},
): void {
  const costs = new Map<Subject, Cost[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round <= times; round += 1) {
    for (const subject of subjects) {
      // Files that are generated anew have to be written; that is the dearer case.
      if (!keep) rmSync(path.join(subject.cwd, 'out'), { recursive: true, force: true });
      const cost = measure(subject);
      if (round > 0) costs.get(subject)?.push(cost);
    }
  }
  console.log(`Cold whole process; medians of ${times} interleaved rounds.\n`);
  const rows = subjects.map((subject) => {
    const all = costs.get(subject) ?? [];
    const middle = (key: keyof Cost) => median(all.map((cost) => cost[key]));
    return [subject.name, middle('cpu').toFixed(2), middle('wall').toFixed(2), middle('rss').toFixed(0)];
  });
  console.log(table(['', 'CPU s', 'wall s', 'peak RSS MB'], [...rows, ...peers]));
}

/** Published beside this project's own design work: another machine, another day; for orientation only. */
const peers = [
  ['reference, not measured here: zod-sockets 2.3, 1,000 events', 1.43, 1.44, 224],
  ['reference, not measured here: openapi-typescript 7.13, 1,000', 2.81, 2.8, 205],
  ['reference, not measured here: graphql-codegen 6, 1,000', 2.37, 2.35, 240],
] as const;

/** Reports, when the process ends, what it used: user and system time in seconds, peak memory in MB. */
const probe = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require('fs').writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1024 }));
});`;

function measure({ name, cwd, args }: Subject): Cost {
  const script = path.join(root, 'test/.cache/probe.cjs');
  writeFileSync(script, probe);
  const start = performance.now();
  const child = spawnSync(process.execPath, ['--require', script, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const wall = (performance.now() - start) / 1_000;
  if (child.status !== 0) throw new Error(`${name} failed:\n${child.stdout}${child.stderr}`);
  return { ...(JSON.parse(child.output[3] ?? '') as Pick<Cost, 'cpu' | 'rss'>), wall };
}

interface Saves {
  readonly cwd: string;
  /** Holds the event that is edited; relative. */
  readonly file: string;
  readonly what: string;
}

/** Saves before the first one that counts: an engine that runs for the first time is slower. */
const warmUp = 5;

/** From the save of one edited event to the line that says the files are written, with `--watch`. */
async function saves({ cwd, file: name, what }: Saves): Promise<void> {
  const child = spawn(process.execPath, [cli, 'generate', '--watch'], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = listen(child);
  try {
    await said('Watching');
    const file = path.join(cwd, name);
    const text = readFileSync(file, 'utf8');
    const times: number[] = [];
    for (let round = 0; round < warmUp + rounds; round += 1) {
      const done = said('Generated');
      const start = performance.now();
      writeFileSync(file, text.replace('title: z.string().min(1)', `title: z.string().min(${round + 2})`));
      await done;
      if (round >= warmUp) times.push(performance.now() - start);
    }
    const middle = median(times).toFixed(0);
    console.log(`\nOne edited event of ${what}, from save to files on disk: ${middle} ms.`);
  } finally {
    child.kill();
  }
}

/** Waits for the next line of a process that has a text in it. */
function listen(child: ChildProcess): (text: string) => Promise<void> {
  let waiting:
    | { readonly text: string; readonly resolve: () => void; readonly reject: (error: Error) => void }
    | undefined;
  child.once('exit', () => waiting?.reject(new Error(`The command ended without "${waiting.text}".`)));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on(
      'line',
      (line) => line.includes(waiting?.text ?? '\n') && waiting?.resolve(),
    );
  }
  return (text) => new Promise((resolve, reject) => (waiting = { text, resolve, reject }));
}
