import type { ContractTable } from '@sockeye/contract/wire';
import { Server, type ServerOptions as IoOptions, type Socket as ServerSocket } from 'socket.io';
import { io as connectTo, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import * as z from 'zod';
import { defineServer } from './define-server.ts';
import type { ContractServer, Handshake, Log, Observation } from './options.ts';
import type { GivenOptions } from './resolve-options.ts';
import { zod } from './zod-validator.ts';

const room = z.object({ boardId: z.string().min(1).max(40) });
const card = z.object({
  id: z.string(),
  text: z.string(),
  at: z.codec(z.string(), z.date(), { decode: (t) => new Date(t), encode: (d) => d.toISOString() }),
});

/** A contract with one event of every kind. */
export const table: ContractTable = {
  contract: { contract: 'notes', version: '1.2.0', hash: 'abc', namespace: '/notes' },
  auth: zod(z.object({ token: z.string() })),
  identity: zod(z.object({ id: z.string(), name: z.string() })),
  rooms: {
    board: { params: ['boardId'], validator: zod.params({ params: room.shape }) },
    user: {
      params: ['userId'],
      validator: zod.params({ params: { userId: z.string() } }),
      auto: { userId: 'id' },
    },
  },
  errors: {
    FULL: { details: zod(z.object({ limit: z.int() })) },
    FORBIDDEN: { details: zod(z.object({ room: z.string() })) },
  },
  clientToServer: {
    'board:join': {
      name: 'boardJoin',
      payload: zod(room),
      ack: zod(z.object({ cards: z.int() })),
      errors: ['FORBIDDEN'],
      joins: 'board',
    },
    'board:leave': { name: 'boardLeave', payload: zod(room), ack: zod(z.object({})), leaves: 'board' },
    'card:add': {
      name: 'cardAdd',
      payload: zod(room.extend({ text: z.string().max(20) })),
      ack: zod(card),
      errors: ['FULL'],
      within: 'board',
      timeoutMs: 60,
    },
    limited: { name: 'limited', payload: zod(z.object({})), limit: { rate: 2, perMs: 1_000, burst: 2 } },
    ping: { name: 'ping', ack: zod(z.literal('pong')) },
    any: { name: 'any', payload: zod(z.unknown()), ack: zod(z.unknown()) },
    sum: {
      name: 'sum',
      payload: zod([z.number(), z.number()]),
      args: true,
      ack: zod(z.number()),
      rawAck: 'value',
      rawFailure: (error) => ({ failed: (error as { code: string }).code }),
    },
    pair: {
      name: 'pair',
      payload: zod([z.string()]),
      args: true,
      ack: zod([z.null(), z.string()]),
      rawAck: 'args',
    },
  },
  serverToClient: {
    'card:added': { name: 'cardAdded', payload: zod(z.object({ card })), room: 'board' },
    'cursor:move': {
      name: 'cursorMove',
      payload: zod(room.extend({ x: z.number() })),
      room: 'board',
      roomInPayload: true,
      volatile: true,
    },
    confirm: {
      name: 'confirm',
      payload: zod(z.object({ question: z.string() })),
      ack: zod(z.object({ yes: z.boolean() })),
    },
    vote: { name: 'vote', payload: zod(z.object({ on: z.string() })), ack: zod(z.string()), room: 'board' },
    notice: { name: 'notice', payload: zod(z.object({ text: z.string() })) },
    tick: { name: 'tick' },
    legacy: { name: 'legacy', payload: zod([z.string(), z.number()]), args: true },
  },
};

/** What handlers and servers of {@link table} can do, as far as the tests go. */
export interface Notes extends ContractServer {
  board(...params: { boardId: string }[]): Aim;
  user(...params: { userId: string }[]): Aim;
  all(): Aim;
  socket(id: string): Aim;
}

/** A target without the contract's types. */
export interface Aim {
  readonly volatile: Aim;
  except(...ids: string[]): Aim;
  only(id: string): Aim;
  exceptSender(): Aim;
  emit(event: string, payload?: unknown): void;
  request(event: string, payload: unknown, options?: { timeoutMs?: number }): Promise<unknown>;
  disconnect(): void;
  leave(): void;
  evict(identity: object): void;
}

/** A handler's context without the contract's types. */
export interface Ctx extends Pick<Notes, 'board' | 'user' | 'all' | 'socket'> {
  readonly identity: { readonly id: string; readonly name: string };
  readonly rawSocket: ServerSocket;
  readonly signal: AbortSignal;
  readonly event: string;
  readonly meta: { readonly id?: string };
  readonly sender: Aim;
  fail(code: string, details?: unknown, message?: string): unknown;
}

type Handlers = Readonly<Record<string, (payload: never, ctx: Ctx) => unknown>>;

/** What a test may change of the server. */
export type Change = Partial<Omit<GivenOptions, 'handlers' | 'authorize' | 'authenticate' | 'onConnect'>> & {
  readonly handlers?: Handlers;
  readonly authorize?: (ctx: Ctx, params: { boardId: string }) => unknown;
  readonly authenticate?: (
    auth: { token: string },
    handshake: Handshake,
    data: Readonly<Record<string, unknown>>,
  ) => unknown;
  readonly onConnect?: (ctx: Ctx) => unknown;
  readonly table?: ContractTable;
  readonly plain?: (io: Server) => void;
  readonly io?: Partial<IoOptions>;
};

/** A running server of {@link table}, and all that it said. */
export interface Served extends AsyncDisposable {
  readonly notes: Notes;
  readonly io: Server;
  readonly port: number;
  readonly observations: Observation[];
  readonly logged: { readonly level: string; readonly message: string; readonly fields: { err?: unknown } }[];
  /** Connects a plain Socket.IO client; resolves when it is connected, rejects with the `connect_error`. */
  connect(token?: string, options?: Partial<ManagerOptions & SocketOptions>): Promise<Socket>;
}

const answers: Handlers = {
  'board:join': () => ({ cards: 0 }),
  'board:leave': () => ({}),
  'card:add': ({ text }: { text: string }) => ({ id: 'c1', text, at: new Date(0), secret: 'stripped' }),
  limited: () => undefined,
  ping: () => 'pong',
  any: (payload) => payload,
  sum: ([a, b]: [number, number]) => a + b,
  pair: ([text]: [string]) => [null, text],
};

/** Starts a server. A token is the user's id. */
export async function serve(change: Change = {}): Promise<Served> {
  const io = new Server({ serveClient: false, ...change.io });
  const observations: Observation[] = [];
  const logged: Served['logged'] = [];
  const log: Log = {
    error: (fields, message) => void logged.push({ level: 'error', message, fields }),
    warn: (fields, message) => void logged.push({ level: 'warn', message, fields }),
  };
  change.plain?.(io);
  const { table: _table, plain: _plain, io: _io, ...options } = change;
  const create = defineServer<object, Notes>(change.table ?? table);
  const notes = create(io, {
    log,
    observe: (seen: Observation) => void observations.push(seen),
    authenticate: ({ token }: { token: string }) => ({ id: token, name: token.toUpperCase() }),
    ...options,
    authorize: { board: change.authorize ?? (() => true) },
    handlers: { ...answers, ...change.handlers },
  });
  const port = await listen(io);
  const sockets: Socket[] = [];
  return {
    notes,
    io,
    port,
    observations,
    logged,
    connect(token = 'ann', more = {}) {
      const url = `http://127.0.0.1:${port}${(change.table ?? table).contract.namespace}`;
      const socket = connectTo(url, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth: { token },
        ...more,
      });
      sockets.push(socket);
      return new Promise((resolve, reject) => {
        socket.once('connect', () => resolve(socket));
        socket.once('connect_error', reject);
      });
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.disconnect();
      await io.close();
    },
  };
}

async function listen(io: Server): Promise<number> {
  const { createServer } = await import('node:http');
  const http = createServer();
  io.attach(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return (http.address() as { port: number }).port;
}

/** Resolves with the next such event's arguments. */
export function next(socket: Socket, event: string): Promise<unknown[]> {
  return new Promise((resolve) => socket.once(event, (...args: unknown[]) => resolve(args)));
}

/** Resolves when everything that was sent to a socket before has arrived. */
export async function settled(socket: Socket): Promise<void> {
  await socket.emitWithAck('ping');
}
