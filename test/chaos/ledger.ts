import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClientOptions, ClientBase, EventMeta, Result, RoomBase, Unsubscribe } from '@sockeye/client';
import { runGenerate } from '@sockeye/codegen';
import type { EventLog } from '@sockeye/server/codegen';
import { build } from 'esbuild';
import type { Server } from 'socket.io';

const folder = path.resolve(import.meta.dirname, '../.cache/chaos');

/** One entry of a book. */
export interface Entry {
  readonly bookId: string;
  readonly value: string;
}

/** The part of the generated client that a run uses. */
export interface LedgerClient extends ClientBase {
  readonly entryAdd: (entry: Entry, options?: { readonly timeoutMs?: number }) => Promise<Result<object>>;
  readonly entryNote: LedgerClient['entryAdd'];
  readonly book: (params: { readonly bookId: string }) => Book;
}

/** A book whose entries are listened to. */
export interface Book extends RoomBase {
  readonly on: (event: 'entry:added', handler: (entry: Entry, meta: EventMeta) => void) => Unsubscribe;
}

/** The part of the generated server that a node uses. */
export interface LedgerModule {
  readonly createLedgerServer: (
    io: Server,
    options: {
      readonly eventLog: EventLog;
      readonly authenticate: (auth: { readonly user: string }) => { readonly id: string };
      readonly authorize: {
        readonly book: (ctx: { readonly identity: { readonly id: string } }) => Promise<boolean>;
      };
      readonly handlers: {
        readonly 'book:open': () => object;
        readonly 'entry:add': (entry: Entry, ctx: LedgerContext) => Promise<object>;
        readonly 'entry:note': (entry: Entry, ctx: LedgerContext) => Promise<object>;
      };
    },
  ) => {
    readonly close: (options?: object) => Promise<void>;
    readonly book: LedgerContext['book'];
  };
}

/** The part of a handler's context that a node uses. */
export interface LedgerContext {
  readonly transaction: <T>(work: (tx: LedgerTransaction) => T) => Promise<T>;
  readonly book: (params: { readonly bookId: string }) => {
    readonly publish: (event: 'entry:added', entry: Entry) => Promise<object>;
    readonly evict: (identity: { readonly id: string }) => void;
  };
}

interface LedgerTransaction {
  readonly book: (params: { readonly bookId: string }) => {
    readonly publish: (event: 'entry:added', entry: Entry) => void;
  };
}

/** A ledger made ready: what makes clients, and the program of a node. */
export interface Ledger {
  readonly createClient: (options: ClientOptions) => LedgerClient;
  /** A JavaScript file for Node. */
  readonly program: string;
  /** Another one, which is many clients: `crowd.ts`. */
  readonly crowd: string;
}

/** Generates the ledger's code as a user's config would, and bundles a node so that it starts quickly. */
export async function prepareLedger(): Promise<Ledger> {
  await mkdir(folder, { recursive: true });
  const config = {
    contracts: ['../../chaos/ledger.contract.ts'],
    outputs: [{ dir: '.', targets: ['server', 'client'] }],
    importExtension: '.ts',
  };
  const file = path.join(folder, 'sockeye.config.mjs');
  await writeFile(file, `export default ${JSON.stringify(config)};\n`);
  const { diagnostics } = await runGenerate({ config: file });
  const errors = diagnostics.filter(({ level }) => level === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));

  await build({
    entryPoints: ['node', 'crowd'].map((name) => path.join(import.meta.dirname, `${name}.ts`)),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@sockeye/source'],
    alias: {
      '#ledger.server.gen': path.join(folder, 'ledger.server.gen.ts'),
      '#ledger.client.gen': path.join(folder, 'ledger.client.gen.ts'),
    },
    external: ['socket.io', 'socket.io-client', '@socket.io/redis-adapter', 'ioredis', 'zod', 'jose', 'pino'],
    logLevel: 'error',
  });
  const client = pathToFileURL(path.join(folder, 'ledger.client.gen.ts')).href;
  const { createLedgerClient } = (await import(client)) as {
    readonly createLedgerClient: Ledger['createClient'];
  };
  const [program, crowd] = ['node', 'crowd'].map((name) => path.join(folder, `${name}.mjs`)) as [
    string,
    string,
  ];
  return { createClient: createLedgerClient, program, crowd };
}
