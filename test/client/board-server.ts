import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { Manager, io, type Socket as ClientSocket } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { createBoardClient, type BoardClient } from '../../clients/core/src/testing/board-client.ts';
import type { ClientOptions, ConnectionPhase, Store } from '@sockeye/client';

/** A plain Socket.IO server that speaks the board contract by hand. */
export interface BoardServer {
  readonly url: string;
  readonly io: Server;
  /** Every event that arrived, as `event first-argument`, in order. */
  readonly log: string[];
  /** Handshakes that were let in. */
  readonly connections: Socket[];
  /** Resolves when `count` events have arrived. */
  readonly arrived: (count: number) => Promise<void>;
  /** Ends the transport of everyone, as a proxy that goes away does. */
  readonly cut: () => void;
}

/** What a server does on top of taking note. */
export interface BoardServerSetup {
  /** Before a handshake is let in; an error refuses it. */
  readonly admit?: (auth: Record<string, unknown>) => Promise<void> | void;
  /** In the connection handler, at once. */
  readonly greet?: (socket: Socket) => void;
  /** Acknowledges an event. Default: joins and leaves the room, and answers everything with `{ ok: true, data }`. */
  readonly answer?: (event: string, ack: (...answer: unknown[]) => void) => boolean;
}

/** Starts a server on a free port; it is closed after the test. */
export async function startBoard(setup: BoardServerSetup = {}): Promise<BoardServer> {
  const http = createServer();
  const server = new Server(http, { serveClient: false });
  const board = server.of('/board');
  const log: string[] = [];
  const connections: Socket[] = [];
  let waiters: (() => void)[] = [];
  board.use((socket, next) => {
    new Promise<void>((resolve) => resolve(setup.admit?.(socket.handshake.auth))).then(
      () => next(),
      (error: Error) => next(error),
    );
  });
  board.on('connection', (socket) => {
    connections.push(socket);
    setup.greet?.(socket);
    socket.onAny((event: string, ...args: unknown[]) => {
      const ack =
        typeof args.at(-1) === 'function' ? (args.pop() as (...answer: unknown[]) => void) : undefined;
      log.push([event, ...args.map((arg) => JSON.stringify(arg))].join(' '));
      if (ack && !setup.answer?.(event, ack)) reply(socket, { event, args, ack });
      for (const waiter of waiters) waiter();
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => void (await server.close()));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    io: server,
    log,
    connections,
    arrived: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (log.length < count) return;
          waiters = waiters.filter((waiter) => waiter !== check);
          resolve();
        };
        waiters.push(check);
        check();
      }),
    cut: () => {
      for (const socket of board.sockets.values()) socket.conn.close();
    },
  };
}

interface Call {
  readonly event: string;
  readonly args: readonly unknown[];
  readonly ack: (...answer: unknown[]) => void;
}

function reply(socket: Socket, { event, args, ack }: Call): void {
  const { boardId } = (args[0] ?? {}) as { boardId?: string };
  switch (event) {
    case 'board:join':
      void socket.join(`board:${boardId}`);
      return ack({ ok: true, data: { title: `Board ${boardId}` } });
    case 'board:leave':
      void socket.leave(`board:${boardId}`);
      return ack({ ok: true, data: {} });
    case 'card:add':
      return ack({ ok: true, data: { id: 'c1', text: 'x', createdAt: '2026-01-02T03:04:05.000Z' } });
    case 'legacy':
      return ack('pong');
    default:
      return ack({ ok: true, data: event === 'ping' ? 'pong' : {} });
  }
}

/** A client that reconnects quickly; closed after the test. */
export function clientOf({ url }: { readonly url: string }, options: ClientOptions = {}): BoardClient {
  const client = createBoardClient({
    url,
    auth: () => ({ token: 'fresh' }),
    backoff: { minMs: 5, maxMs: 20 },
    lingerMs: 20,
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

/** Resolves when a store's value is as wanted. */
export function until<Value>(store: Store<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve) => {
    const check = () => {
      if (!wanted(store.getSnapshot())) return;
      stop();
      resolve(store.getSnapshot());
    };
    const stop = store.subscribe(check);
    check();
  });
}

/** Resolves when the client is in a phase. */
export function inPhase(client: BoardClient, phase: ConnectionPhase) {
  return until(client.connection, (connection) => connection.phase === phase);
}

/** A factory that also tells which sockets it made. */
export function watchedIo(): { readonly sockets: ClientSocket[]; readonly io: ClientOptions['io'] } {
  const sockets: ClientSocket[] = [];
  return {
    sockets,
    io: (url, settings) => {
      const socket = io(url, settings);
      sockets.push(socket);
      return socket;
    },
  };
}

/** A manager as an application makes one to share a connection. */
export function managerOf({ url }: { readonly url: string }): Manager {
  return new Manager(url, { autoConnect: false, transports: ['websocket'] });
}

/** A refusal as the contract's server writes it. */
export function refusal(code: string, data: object = {}): Error {
  return Object.assign(new Error(code), {
    data: { code, message: code, retryable: code === 'TOKEN_EXPIRED' || code === 'UNAVAILABLE', ...data },
  });
}
