import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ContractTable } from '@sockeye/contract/wire';
import { defineServer, zod } from '@sockeye/server/codegen';
import { pino } from 'pino';
import { Server } from 'socket.io';
import { io as connectTo } from 'socket.io-client';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { redisCluster } from '../../server/app/stores/redis-cluster.ts';
import { describeWith, redis } from '../services.ts';
import { startRedis, type RedisServer } from '../store/redis-server.ts';

const table: ContractTable = {
  contract: { contract: 'moves', version: '1.0.0', hash: 'abc', namespace: '/' },
  auth: zod(z.object({})),
  identity: zod(z.object({})),
  rooms: { reading: { params: [] } },
  errors: {},
  clientToServer: { read: { name: 'read', ack: zod(z.object({})), joins: 'reading' } },
  serverToClient: {
    move: { name: 'move', payload: zod(z.object({ x: z.int() })), room: 'reading', volatile: true },
    ready: { name: 'ready', room: 'reading' },
    done: { name: 'done', room: 'reading' },
  },
};

interface Moves {
  reading(params: object): { emit(event: string, payload?: unknown): void };
  close(options: object): Promise<void>;
}

describeWith(redis(), 'volatile events over two nodes', (program) => {
  const serve = async (server: RedisServer) => {
    const http = createServer();
    const cluster = redisCluster(server.url, pino({ enabled: false }));
    const io = new Server(http, { adapter: cluster.adapter });
    const moves = defineServer<object, Moves>(table)(io, {
      authenticate: () => ({}),
      authorize: { reading: () => true },
      handlers: { read: () => ({}) },
      log: { error: () => undefined, warn: () => undefined },
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    onTestFinished(async () => {
      await moves.close({ timeoutMs: 0, spreadMs: 0 });
      await io.close();
      await cluster.close();
    });
    return { moves, io, port: (http.address() as AddressInfo).port };
  };
  const read = async ({ port }: { readonly port: number }, takesBatches: boolean) => {
    const stamp = { contract: 'moves', version: '1.0.0', hash: 'abc', batches: true };
    const socket = connectTo(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      forceNew: true,
      auth: takesBatches ? { sockeye: stamp } : {},
    });
    onTestFinished(() => void socket.disconnect());
    const frames: unknown[][][] = [];
    let isReady = false;
    socket.onAny((event: string, ...args: unknown[]) => {
      if (event === 'ready') isReady = true;
      else if (event === 'sockeye:batch') frames.push(args as unknown[][]);
      else frames.push([[event, ...args]]);
    });
    await once(socket as never, 'connect');
    expect(await socket.emitWithAck('read')).toMatchObject({ ok: true });
    const end = new Promise<void>((resolve) => socket.once('done', () => resolve()));
    return {
      frames,
      end,
      wasReady: () => isReady,
      events: () => frames.flat().map(([event, payload]) => [event, payload]),
    };
  };

  it('come in order and whole to clients of both, in few frames, and one by one to a plain client', async () => {
    const server = await startRedis(program);
    onTestFinished(() => server[Symbol.asyncDispose]());
    const [near, far] = [await serve(server), await serve(server)];
    const readers = [await read(near, true), await read(far, true)];
    const plain = await read(far, false);
    // Heard as soon as the nodes know of each other.
    for (let isHeard = false; !isHeard;) {
      near.moves.reading({}).emit('ready');
      await new Promise((resolve) => setTimeout(resolve, 10));
      isHeard = [...readers, plain].every(({ wasReady }) => wasReady());
    }
    const xs = Array.from({ length: 100 }, (_, x) => x);
    for (const x of xs) near.moves.reading({}).emit('move', { x });
    near.moves.reading({}).emit('done');
    await Promise.all([...readers, plain].map(({ end }) => end));
    for (const { frames, events } of readers) {
      expect(events().slice(0, -1)).toEqual(xs.map((x) => ['move', { x }]));
      expect(events().at(-1)?.[0]).toBe('done');
      expect(frames.length).toBeLessThan(50);
    }
    // A plain client's volatile events may be left out while its connection is busy; what comes, comes in order.
    expect(plain.frames.every(({ length }) => length === 1)).toBe(true);
    const seen = plain
      .events()
      .flatMap(([event, payload]) => (event === 'move' ? [(payload as { x: number }).x] : []));
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});
