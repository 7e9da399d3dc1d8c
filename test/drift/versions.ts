import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { Server } from 'socket.io';
import { runGenerate } from '../../codegen/src/command-generate.ts';
import type { ClientBase, Connection } from '../../clients/core/src/index.ts';
import type { ContractServer } from '../../server/src/index.ts';
import { createProject } from '../cli/project.ts';

/** A generated client, as far as these tests use one. Types of the versions stay with the versions. */
export interface AnyClient extends ClientBase {
  emit(event: string, payload: unknown): unknown;
  request(
    event: string,
    payload: unknown,
  ): Promise<{ ok: boolean; data?: unknown; error?: { code: string } }>;
  on(event: string, handler: (payload: never, meta: { room?: string }) => void): () => void;
  answer(event: string, handler: (payload: never) => unknown): () => void;
  readonly [room: string]: unknown;
}

interface Target {
  emit(event: string, payload: unknown): void;
  request(event: string, payload: unknown): Promise<unknown>;
}

/** A generated server, as far as these tests use one. */
export interface AnyServer extends ContractServer {
  all(): Target;
  socket(id: string): Target;
  readonly [room: string]: unknown;
}

/** What was generated from one version of a contract, loaded from a bundle of its own. */
export interface Version extends AsyncDisposable {
  serve(io: Server, options: object): AnyServer;
  client(options: object): AnyClient;
}

const config = `import { defineConfig } from '@sockeye/codegen';
export default defineConfig({
  contracts: ['*.contract.ts'],
  outputs: [{ dir: 'out', targets: ['server', 'client'] }],
});
`;

/** Generates server and client of a contract called \`notes\` in a folder of its own, and bundles both. */
export async function generateVersion(contract: string): Promise<Version> {
  const project = await createProject({ 'sockeye.config.ts': config, 'notes.contract.ts': contract });
  const { outcome, diagnostics } = await runGenerate({ cwd: project.dir });
  if (outcome !== 'ok') throw new Error(JSON.stringify(diagnostics, null, 2));
  const load = async (side: 'server' | 'client') => {
    const outfile = `${project.dir}/${side}.mjs`;
    await build({
      entryPoints: [`${project.dir}/out/notes.${side}.gen.ts`],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      conditions: ['@sockeye/source'],
      external: ['zod', 'socket.io', 'socket.io-client'],
      logLevel: 'silent',
    });
    return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Record<string, unknown>;
  };
  const [server, client] = [await load('server'), await load('client')];
  return {
    serve: server['createNotesServer'] as Version['serve'],
    client: client['createNotesClient'] as Version['client'],
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}

/** A server of one version, on a free port. */
export interface Running extends AsyncDisposable {
  readonly io: Server;
  readonly notes: AnyServer;
  readonly url: string;
  /** A client of any version, connected or refused. */
  connect(version: Version): Promise<AnyClient>;
}

/** Serves a version. */
export async function run(version: Version, options: object): Promise<Running> {
  const http = createServer();
  const io = new Server(http);
  const notes = version.serve(io, { log: quiet, ...options });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const clients: AnyClient[] = [];
  return {
    io,
    notes,
    url,
    async connect(of) {
      const client = of.client({ url, lingerMs: 0 });
      clients.push(client);
      client.connect();
      await settled(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.close();
      await io.close();
    },
  };
}

const quiet = { error: () => undefined, warn: () => undefined };

/** The connection once it stands or will not. */
export function settled(client: AnyClient): Promise<Connection> {
  return new Promise((resolve) => {
    const look = (): void => {
      const now = client.connection.getSnapshot();
      if (['connected', 'incompatible', 'unauthorized'].includes(now.phase)) resolve(now);
    };
    client.connection.subscribe(look);
    look();
  });
}

/** The next payload of an event. */
export function next(client: AnyClient, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = client.on(event, (payload) => {
      stop();
      resolve(payload);
    });
  });
}
