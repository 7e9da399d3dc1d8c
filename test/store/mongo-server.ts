import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A running MongoDB. */
export interface MongoServer {
  /** Address of a database that nobody has used yet. */
  readonly freshUri: () => string;
  readonly stop: () => Promise<void>;
}

/** How to start one. */
export interface MongoServerOptions {
  /** As a replica set of one, whose transactions are real; ignored where an address was given. Default: false. */
  readonly replicaSet?: boolean;
}

/**
 * Uses what `mongodb()` of `services.ts` found: the address of a server, or a program to start on a free port.
 *
 * @throws Error with the program's output when it does not say that it is ready.
 */
export async function startMongo(
  found: string,
  { replicaSet = false }: MongoServerOptions = {},
): Promise<MongoServer> {
  if (/^mongodb(\+srv)?:/.test(found)) return { freshUri: () => fresh(found), stop: async () => {} };
  const port = await freePort();
  const one = found.endsWith('package.json');
  const folder = await mkdtemp(path.join(tmpdir(), 'sockeye-mongo-'));
  const program = one ? path.join(path.dirname(found), 'bin/jongodb') : found;
  const args = one
    ? ['--host=127.0.0.1', `--port=${port}`, '--database=test', ...(replicaSet ? oneMember : [])]
    : ['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', folder];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (/JONGODB_URI=|Waiting for connections/.test(output)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void ended.then(() => reject(new Error(`MongoDB did not start:\n${output}`)));
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  const query = one && replicaSet ? '?replicaSet=rs0' : '';
  return { freshUri: () => fresh(`mongodb://127.0.0.1:${port}/${query}`), stop };
}

/** The one-binary server says so in its `hello`, and takes transactions; it has no change streams and sees no conflicts. */
const oneMember = ['--topology-profile=singleNodeReplicaSet', '--replica-set-name=rs0'];

/** The same server, and a database of its own. */
function fresh(uri: string): string {
  const url = new URL(uri);
  url.pathname = `/sockeye_${randomUUID().slice(0, 8)}`;
  return url.href;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
    probe.once('error', reject);
  });
}
