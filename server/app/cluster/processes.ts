import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A process that was started here. */
export interface Started {
  readonly pid: number;
  /** Asks it to end, and ends it where it does not; resolves when it is gone. */
  stop(): Promise<void>;
}

/** How long a process may take to end by itself, in milliseconds. */
const patienceMs = 10_000;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a process, and waits for a line of its output that says that it is ready.
 *
 * @throws Error when it ends before, or cannot be started.
 */
export async function start(
  [program, ...args]: readonly [string, ...string[]],
  { env, ready }: { readonly env?: NodeJS.ProcessEnv; readonly ready: RegExp },
): Promise<Started & { readonly match: RegExpMatchArray }> {
  const child = spawn(program, args, { env: env ?? process.env, stdio: ['ignore', 'pipe', 'inherit'] });
  const match = await new Promise<RegExpMatchArray>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-10_000);
      const found = ready.exec(output);
      if (found) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${output.trim()}`)));
  });
  return { pid: child.pid!, match, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}
