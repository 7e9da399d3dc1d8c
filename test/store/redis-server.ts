import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** A Redis of a test's own. */
export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Ends it as a crash does, and starts it again on the same port: with its data where it keeps any. */
  restart(): Promise<void>;
}

/** Starts `redis-server` on a free port with a folder of its own; ready when the promise resolves. */
export async function startRedis(
  program: string,
  settings: readonly string[] = ['--appendonly', 'no', '--save', ''],
): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'sockeye-redis-'));
  const port = await freePort();
  const launch = async () => {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, ...settings];
    const child = spawn(program, args, { stdio: 'ignore' });
    const probe = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 20, maxRetriesPerRequest: null });
    probe.on('error', () => undefined);
    const gone = once(child, 'exit').then(() => {
      throw new Error('redis-server did not start');
    });
    await Promise.race([probe.ping(), gone]);
    gone.catch(() => undefined);
    probe.disconnect();
    return child;
  };
  let child = await launch();
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return child.pid!;
    },
    restart: async () => {
      await stop();
      child = await launch();
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
