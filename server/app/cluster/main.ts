/**
 * `npm run cluster -- --nodes 3`: several nodes of the reference server behind one proxy, connected by Redis. Uses
 * `REDIS_URL` if it is set; otherwise it starts its own `redis-server`.
 *
 * @module cluster
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { freePort, start, type Started } from './processes.ts';
import { createProxy } from './proxy.ts';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '3' },
    port: { type: 'string', default: process.env['PORT'] ?? '3000' },
  },
});
const count = Number(values.nodes);
const started: Started[] = [];

async function main(): Promise<void> {
  if (!Number.isInteger(count) || count < 1 || count > 32)
    throw new Error('--nodes must be a whole number from 1 to 32.');
  const redisUrl = process.env['REDIS_URL'] ?? (await startRedis());
  const env = {
    ...process.env,
    REDIS_URL: redisUrl,
    PORT: '0',
    JWT_SECRET: process.env['JWT_SECRET'] ?? randomBytes(48).toString('base64'),
  };
  const entry = new URL('../main.ts', import.meta.url).pathname;
  const nodes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    // One after the other: the first fills an empty database, and one bot is enough.
    const own = index === 0 ? env : { ...env, BOT_SECONDS: '0' };
    const node = await start([process.execPath, ...process.execArgv, entry], {
      env: own,
      ready: /(http:\/\/\S+:\d+)/,
    });
    started.push(node);
    nodes.push(node.match[1]!);
  }
  const proxy = createProxy(() => nodes);
  proxy.server.listen(Number(values.port), '127.0.0.1');
  await once(proxy.server, 'listening');
  const { port } = proxy.server.address() as AddressInfo;
  process.stdout.write(`\n  Sockeye on ${count} nodes: http://127.0.0.1:${port}\n\n`);
  nodes.forEach((node, index) =>
    process.stdout.write(`  node ${index + 1}: ${node} (process ${started.at(index - count)!.pid})\n`),
  );
  process.stdout.write(`  Redis: ${new URL(redisUrl).host}\n\n`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await Promise.all(started.slice(-count).map((node) => node.stop()));
    await proxy.close();
    await stopAll();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

async function startRedis(): Promise<string> {
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const redis = await start(['redis-server', ...settings], { ready: /Ready to accept connections/ });
  started.push(redis);
  return `redis://127.0.0.1:${port}`;
}

async function stopAll(): Promise<void> {
  for (const each of started.splice(0).reverse()) await each.stop();
}

main().catch(async (error: unknown) => {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  const text = isMissing
    ? 'redis-server was not found. Install it, or set REDIS_URL.'
    : error instanceof Error
      ? error.message
      : String(error);
  process.stderr.write(`${text}\n`);
  await stopAll();
  process.exitCode = 1;
});
