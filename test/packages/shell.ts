import { spawn, type ChildProcess } from 'node:child_process';

/** What a finished command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and with what a command runs. */
export interface ShellOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command to its end. Never throws for a non-zero exit. */
export async function run(
  command: string,
  args: readonly string[],
  options: ShellOptions,
): Promise<Finished> {
  const child = start(command, args, options);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}

/** Runs a command that has to work; an error shows everything it printed. */
export async function must(command: string, args: readonly string[], options: ShellOptions): Promise<string> {
  const done = await run(command, args, options);
  if (done.code !== 0) {
    throw new Error(`${command} ${args.join(' ')} ended with ${done.code}:\n${done.stdout}\n${done.stderr}`);
  }
  return done.stdout;
}

/** Starts a command that goes on; the caller ends it. */
export function start(command: string, args: readonly string[], options: ShellOptions): ChildProcess {
  // The test runner's own settings must not leak into what a user would run.
  const { NODE_ENV: _mode, NODE_OPTIONS: _options, VITEST: _vitest, ...env } = process.env;
  return spawn(command, args, {
    cwd: options.cwd,
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
