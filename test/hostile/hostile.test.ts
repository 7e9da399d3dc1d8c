import { recommendedServerOptions } from '@sockeye/server';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connectTo } from 'socket.io-client';
import { expect, test } from 'vitest';
import { createBoardServer } from '../golden/board/out/board.server.gen.ts';
import { closingFrame, hostileFrame, slowFrame, type HostileFrame } from './frames.ts';
import { createRandom, type Random } from './random.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';

const total = Number(process.env['HOSTILE_FRAMES'] ?? 100_000);
const seed = Number(process.env['HOSTILE_SEED'] ?? Date.now() % 2 ** 31);
const batch = 250;

/** How long an answer may take on a machine that is busy, in milliseconds. */
const patience = 10_000;

test(
  `${total} hostile frames are answered or dropped by rule (HOSTILE_SEED=${seed})`,
  { timeout: 240_000 },
  async () => {
    const server = await startBoard();
    const friend = keepCalling(server.port);
    const random = createRandom(seed);
    const tally = new Map<string, number>();
    const faults: string[] = [];
    let connection: Connection | undefined;
    for (let sent = 0; sent < total;) {
      connection ??= await openConnection(server.port, faults);
      const frames = nextFrames(random, connection, Math.min(batch, total - sent));
      for (const { kind } of frames) tally.set(kind, (tally.get(kind) ?? 0) + 1);
      sent += frames.length;
      if (!(await connection.exchange(frames))) connection = undefined;
    }
    const pings = await friend.stop();
    await server.stop();
    // eslint-disable-next-line no-console -- a failure must be repeatable
    console.log(`hostile: seed ${seed}`, Object.fromEntries(tally), `${pings} friendly calls`);
    expect(faults).toEqual([]);
    expect(server.invalid).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(pings).toBeGreaterThan(total / batch / 10);
  },
);

/** A board server with handlers that misbehave in every way, and that write down what should never reach them. */
async function startBoard() {
  const invalid: unknown[] = [];
  const late = new Set<() => void>();
  const check = (fits: boolean, payload: unknown): void => {
    const isClean =
      typeof payload === 'object' &&
      payload !== null &&
      !('isAdmin' in payload) &&
      !Object.hasOwn(payload, '__proto__');
    if (!fits || !isClean) invalid.push(payload);
  };
  const isBoard = (id: unknown): boolean => typeof id === 'string' && id.length > 0 && id.length <= 60;
  const http = createServer();
  const io = new Server(http, recommendedServerOptions({ origins: [] }));
  let now = 0;
  const board = createBoardServer(io, {
    log: { error: () => undefined, warn: () => undefined },
    timeoutMs: 30,
    now: () => (now += 100),
    authenticate: ({ token }) => ({ id: token, name: token }),
    authorize: {
      board: (_ctx, { boardId }) => {
        if (boardId === 'broken') throw new Error('authorizer');
        return boardId === 'rejecting' ? Promise.reject(new Error('authorizer')) : boardId !== 'closed';
      },
    },
    handlers: {
      'board:join': (payload) => {
        check(isBoard(payload.boardId) && Object.keys(payload).length === 1, payload);
        if (payload.boardId === 'never') return new Promise<never>(() => undefined);
        if (!payload.boardId.startsWith('late')) return { cards: [] };
        return new Promise((resolve, reject) => {
          late.add(() => (payload.boardId === 'late' ? resolve({ cards: [] }) : reject(new Error('late'))));
        });
      },
      'card:add': (payload, ctx) => {
        check(
          isBoard(payload.boardId) && typeof payload.text === 'string' && Object.keys(payload).length === 2,
          payload,
        );
        if (payload.text === 'throw') throw new Error('handler');
        if (payload.text === 'reject') return Promise.reject(new Error('handler'));
        if (payload.text === 'fail') return ctx.fail('BOARD_FULL', { limit: 3 });
        if (payload.text === 'wrong') return { id: 'not a uuid' } as never;
        return {
          id: '8f14e45f-ceea-467f-9bd4-6f0c0e9a1b7c',
          text: payload.text,
          colour: 'blue',
          createdAt: new Date(0),
        };
      },
      'cursor:move': (payload, ctx) => {
        check(isBoard(payload.boardId) && Number.isFinite(payload.x) && Number.isFinite(payload.y), payload);
        ctx.board({ boardId: payload.boardId }).emit('cursor:move', { ...payload, userId: ctx.identity.id });
      },
      ping: (payload) => {
        if (payload !== undefined) invalid.push(payload);
        return 'pong';
      },
    },
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    invalid,
    port: (http.address() as AddressInfo).port,
    async stop() {
      for (const settle of late) settle();
      await board.close();
      await io.close();
    },
  };
}

interface Connection {
  readonly nextId: () => string;
  /** Sends frames and waits for every answer that must come; false when the connection has ended by then. */
  exchange(frames: readonly HostileFrame[]): Promise<boolean>;
}

async function openConnection(port: number, faults: string[]): Promise<Connection> {
  const raw = await openRawSocket(port);
  await connected(raw);
  let id = 0;
  let open = true;
  void raw.closed.then(() => (open = false));
  const awaited = new Map<string, HostileFrame>();
  let whenDone: () => void = () => undefined;
  raw.onText = (text) => {
    if (text === '2') raw.send('3');
    const answer = /^43\/board,(\d+)(.*)$/s.exec(text);
    if (answer === null) return;
    const [, ackId, json] = answer as unknown as [string, string, string];
    const frame = awaited.get(ackId);
    if (!isEnvelope(json)) faults.push(`not an envelope: ${json.slice(0, 200)}`);
    if (frame === undefined && ackId.length > 3) faults.push(`answered twice or unasked: ${ackId}`);
    awaited.delete(ackId);
    if (awaited.size === 0) whenDone();
  };
  return {
    nextId: () => String(1_000 + id++),
    async exchange(frames) {
      const tame = frames.filter(({ wild, closes }) => !wild && !closes);
      await settle([...tame, ping()]);
      if (!open) faults.push('closed by frames that must not close');
      // Socket.IO may end the connection on these; what was sent before has been answered by then.
      const wild = frames.filter((frame) => frame.wild);
      if (open && wild.length > 0) await settle([...wild, ping()]);
      const closer = frames.find(({ closes }) => closes);
      if (open && closer !== undefined) {
        raw.send(closer.text);
        await Promise.race([raw.closed, deadline(patience)]);
        if (open) faults.push(`not closed by: ${closer.kind}`);
      }
      if (!open) raw.close();
      return open;
    },
  };

  function ping(): HostileFrame {
    const answered = String(1_000 + id++);
    return { kind: 'ping', text: `42/board,${answered}["ping"]`, answered };
  }

  async function settle(frames: readonly HostileFrame[]): Promise<void> {
    for (const frame of frames) if (frame.answered !== undefined) awaited.set(frame.answered, frame);
    const done = new Promise<void>((resolve) => (whenDone = resolve));
    for (const { text } of frames) raw.send(text);
    await Promise.race([done, raw.closed, deadline(patience)]);
    if (open)
      for (const { kind, text } of awaited.values()) faults.push(`no answer: ${kind}: ${text.slice(0, 200)}`);
    awaited.clear();
  }
}

function nextFrames(random: Random, connection: Connection, count: number): HostileFrame[] {
  const frames = Array.from({ length: count }, () => hostileFrame(random, connection.nextId()));
  if (random.chance(0.1)) frames[0] = slowFrame(random, connection.nextId());
  if (random.chance(0.2)) frames[frames.length - 1] = closingFrame(random);
  return frames;
}

function connected(raw: RawSocket): Promise<void> {
  return new Promise((resolve) => {
    raw.onText = (text) => {
      if (text.startsWith('0')) raw.send('40/board,{"token":"eve"}');
      if (text.startsWith('40/board,')) resolve();
    };
  });
}

function isEnvelope(json: string): boolean {
  const [body, ...more] = JSON.parse(json) as [{ ok?: unknown; error?: { code?: unknown } }, ...unknown[]];
  return (
    more.length === 0 && (body.ok === true || (body.ok === false && typeof body.error?.code === 'string'))
  );
}

function deadline(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** A client that behaves, and that must be served all the while. */
function keepCalling(port: number): { stop(): Promise<number> } {
  const socket = connectTo(`http://127.0.0.1:${port}/board`, {
    transports: ['websocket'],
    forceNew: true,
    auth: { token: 'ann' },
  });
  let going = true;
  const calls = (async () => {
    let count = 0;
    while (going) {
      const answer: unknown = await socket.timeout(2_000).emitWithAck('ping');
      expect(answer).toEqual({ ok: true, data: 'pong' });
      count += 1;
    }
    return count;
  })();
  return {
    async stop() {
      going = false;
      const count = await calls;
      socket.disconnect();
      return count;
    },
  };
}
