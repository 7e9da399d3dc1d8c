import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ContractTable, Cursor, LogStart, ServerMeta } from '@sockeye/contract/wire';
import { defineServer, zod, type EventLog } from '@sockeye/server/codegen';
import { memoryLog } from '@sockeye/server/stores/memory';
import { Server, type ServerOptions } from 'socket.io';
import { io as connectTo, type Socket } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import * as z from 'zod';

const board = z.object({ boardId: z.string().min(1).max(60) });
const card = z.object({ n: z.int() });

/** A contract of boards with logs, one of them visible since the join only, and a command that takes effect once. */
export const table: ContractTable = {
  contract: { contract: 'cards', version: '1.0.0', hash: 'abc', namespace: '/' },
  auth: zod(z.object({ token: z.string() })),
  identity: zod(z.object({ id: z.string() })),
  rooms: {
    board: {
      params: ['boardId'],
      validator: zod.params({ params: board.shape }),
      log: { history: 'full', keep: 1_000, maxAgeMs: 86_400_000 },
    },
    diary: {
      params: ['boardId'],
      validator: zod.params({ params: board.shape }),
      log: { history: 'sinceJoin', keep: 1_000, maxAgeMs: 86_400_000 },
    },
    user: {
      params: ['userId'],
      validator: zod.params({ params: { userId: z.string() } }),
      auto: { userId: 'id' },
      log: { history: 'full', keep: 100, maxAgeMs: 86_400_000 },
    },
  },
  errors: {},
  clientToServer: {
    'board:join': {
      name: 'boardJoin',
      payload: zod(board),
      ack: zod(z.object({ head: z.int() })),
      joins: 'board',
      timeoutMs: 5_000,
    },
    'board:leave': { name: 'boardLeave', payload: zod(board), ack: zod(z.object({})), leaves: 'board' },
    'diary:join': { name: 'diaryJoin', payload: zod(board), joins: 'diary' },
    'card:add': {
      name: 'cardAdd',
      payload: zod(board.extend(card.shape)),
      ack: zod(z.object({ n: z.int(), run: z.int() })),
      once: true,
      timeoutMs: 5_000,
    },
  },
  serverToClient: {
    'card:added': { name: 'cardAdded', payload: zod(card), room: 'board', durable: true },
    'day:written': { name: 'dayWritten', payload: zod(card), room: 'diary', durable: true },
    notice: { name: 'notice', payload: zod(card), room: 'user', durable: true },
    'cursor:moved': { name: 'cursorMoved', payload: zod(card), room: 'board' },
  },
};

/** A room of a server, without the contract's types. */
export interface Room {
  publish(event: string, payload: unknown, options?: { key?: string }): Promise<Cursor & { room: string }>;
  emit(event: string, payload: unknown): void;
  evict(identity: object): void;
  leave(): void;
}

/** A transaction, without the contract's types. */
export interface Tx {
  readonly native: unknown;
  board(params: { boardId: string }): { publish(event: string, payload: unknown): void };
}

/** A server of {@link table}, without the contract's types. */
export interface Cards {
  board(params: { boardId: string }): Room;
  diary(params: { boardId: string }): Room;
  user(params: { userId: string }): Room;
  transaction<Value>(work: (tx: Tx) => Value): Promise<Awaited<Value>>;
  close(options?: { timeoutMs?: number; cut?: 'transport' }): Promise<void>;
}

/** What a handler is given, without the contract's types. */
export interface Ctx extends Omit<Cards, 'close'> {
  readonly identity: { readonly id: string };
  fail(code: string): unknown;
}

/** What a test may change. */
export interface Change {
  readonly log?: EventLog;
  readonly table?: ContractTable;
  readonly authorize?: (ctx: Ctx, params: { boardId: string }) => unknown;
  readonly handlers?: Readonly<Record<string, (payload: never, ctx: Ctx) => unknown>>;
  readonly durable?: object;
  readonly backpressure?: object;
  readonly onConnect?: (ctx: Ctx) => unknown;
  readonly io?: Partial<ServerOptions>;
}

/** A running node. */
export interface Node {
  readonly cards: Cards;
  readonly io: Server;
  readonly log: EventLog;
  readonly port: number;
  /** What it wrote to its log. */
  readonly logged: readonly { readonly message: string; readonly fields: { readonly err?: unknown } }[];
  stop(): Promise<void>;
}

/** Starts a node; it ends with the test. */
export async function serve(change: Change = {}): Promise<Node> {
  const http = createServer();
  const io = new Server(http, { serveClient: false, ...change.io });
  const log = change.log ?? memoryLog();
  const logged: { message: string; fields: { err?: unknown } }[] = [];
  const note = (fields: object, message: string) => void logged.push({ fields, message });
  const authorize = change.authorize ?? (() => true);
  const cards = defineServer<object, Cards>(change.table ?? table)(io, {
    eventLog: log,
    durable: { checkMs: 30, ...change.durable },
    backpressure: change.backpressure,
    log: { error: note, warn: note },
    authenticate: ({ token }: { token: string }) => ({ id: token }),
    authorize: { board: authorize, diary: authorize },
    onConnect: change.onConnect,
    handlers: {
      'board:join': async () => ({ head: 0 }),
      'board:leave': () => ({}),
      'diary:join': () => undefined,
      'card:add': () => ({ n: 0, run: 0 }),
      ...change.handlers,
    },
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const stop = async () => {
    await cards.close({ timeoutMs: 100, cut: 'transport' });
    await io.close();
  };
  onTestFinished(stop);
  return { cards, io, log, port: (http.address() as AddressInfo).port, logged, stop };
}

/** A frame of a log. */
export interface Frame {
  readonly event: string;
  readonly payload: { readonly n: number };
  readonly meta: Required<ServerMeta>;
}

/** A client that speaks the wire, and checks that what it hears is contiguous. */
export interface Client {
  readonly socket: Socket;
  /** Everything of logs, in order. */
  readonly heard: readonly (Frame | { readonly start: LogStart } | { readonly revoked: string })[];
  /** Payloads of one room, in order. */
  numbers(room?: string): readonly number[];
  starts(room?: string): readonly LogStart[];
  /** The place of the last frame or start. */
  cursor(room?: string): Cursor | null;
  /** What was out of order: always empty. */
  readonly faults: readonly string[];
  /** Resolves when what was heard is as wanted. */
  until(wanted: () => boolean): Promise<void>;
  join(since?: Cursor | null, options?: { event?: string; boardId?: string }): Promise<unknown>;
  ask(event: string, ...args: unknown[]): Promise<unknown>;
  close(): void;
}

/** Name of the room that tests use where they name none. */
export const room = 'board:b1';

/** Connects a client; it ends with the test. */
export async function connect(
  { port }: Pick<Node, 'port'>,
  {
    token = 'ann',
    since,
    generated = true,
  }: { token?: string; since?: Readonly<Record<string, unknown>>; generated?: boolean } = {},
): Promise<Client> {
  const { contract, version, hash } = table.contract;
  const stamp = { contract, version, hash, ...(since === undefined ? {} : { since }) };
  const socket = connectTo(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { token, ...(generated ? { sockeye: stamp } : {}) },
  });
  const client = listen(socket);
  onTestFinished(() => client.close());
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return client;
}

function listen(socket: Socket): Client {
  const heard: (Frame | { start: LogStart } | { revoked: string })[] = [];
  const faults: string[] = [];
  const places = new Map<string, Cursor>();
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of [...waiting]) look();
  };
  const { log, revoked } = { log: 'sockeye:log', revoked: 'sockeye:revoked' };
  socket.on(log, (start: LogStart) => {
    heard.push({ start });
    places.set(start.room, { epoch: start.epoch, offset: start.offset, id: start.id });
    changed();
  });
  socket.on(revoked, (told: { room: string }) => {
    heard.push({ revoked: told.room });
    places.delete(told.room);
    changed();
  });
  for (const event of ['card:added', 'day:written', 'notice']) {
    socket.on(event, (payload: Frame['payload'], meta: Frame['meta']) => {
      const place = places.get(meta.room);
      if (place !== undefined) {
        const isNext = meta.epoch === place.epoch && meta.offset === place.offset + 1;
        if (!isNext)
          faults.push(`${meta.room}: ${meta.epoch}:${meta.offset} after ${place.epoch}:${place.offset}`);
        places.set(meta.room, { epoch: meta.epoch, offset: meta.offset, id: meta.id });
      }
      heard.push({ event, payload, meta });
      changed();
    });
  }
  const client: Client = {
    socket,
    heard,
    faults,
    numbers: (name = room) =>
      heard.flatMap((each) => ('meta' in each && each.meta.room === name ? [each.payload.n] : [])),
    starts: (name = room) =>
      heard.flatMap((each) => ('start' in each && each.start.room === name ? [each.start] : [])),
    cursor: (name = room) => places.get(name) ?? null,
    until: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!wanted()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    join: (since, { event = 'board:join', boardId = 'b1' } = {}) =>
      client.ask(event, { boardId }, ...(since === undefined ? [] : [{ since }])),
    ask: (event, ...args) => socket.emitWithAck(event, ...args),
    close: () => void socket.disconnect(),
  };
  return client;
}

/** Publishes numbered cards, one after another. */
export async function publish({ cards }: Pick<Node, 'cards'>, from: number, to = from): Promise<void> {
  for (let n = from; n <= to; n += 1) await cards.board({ boardId: 'b1' }).publish('card:added', { n });
}

/** The numbers from one to another. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
