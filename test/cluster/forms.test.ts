import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ContractTable, EarlierEntry } from '@sockeye/contract/wire';
import { defineServer, zod } from '@sockeye/server/codegen';
import { pino } from 'pino';
import { Server } from 'socket.io';
import { io as connectTo } from 'socket.io-client';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { redisCluster } from '../../server/app/stores/redis-cluster.ts';
import { describeWith, redis } from '../services.ts';
import { startRedis, type RedisServer } from '../store/redis-server.ts';

const old = z.object({ text: z.string() });
const current = z.object({ title: z.string() });
const earlier: EarlierEntry = {
  until: '1.1.0',
  payload: { validator: zod(old), cast: (value) => ({ text: (value as { title: string }).title }) },
};

/** Notes that are sent to everyone who reads: a text until 1.1.0, a title from then on. */
function tableOf(version: string): ContractTable {
  const isOld = version === '1.0.0';
  return {
    contract: { contract: 'notes', version, hash: version, namespace: '/' },
    auth: zod(z.object({})),
    identity: zod(z.object({})),
    rooms: { reading: { params: [] } },
    errors: {},
    clientToServer: { read: { name: 'read', ack: zod(z.object({})), joins: 'reading' } },
    serverToClient: {
      note: isOld
        ? { name: 'note', payload: zod(old), room: 'reading' }
        : { name: 'note', payload: zod(current), room: 'reading', versions: [earlier] },
    },
  };
}

interface Notes {
  reading(params: object): { emit(event: string, payload: unknown): void };
  close(options: object): Promise<void>;
}

describeWith(redis(), 'nodes of two versions', (program) => {
  const serve = async (server: RedisServer, version: string) => {
    const http = createServer();
    const cluster = redisCluster(server.url, pino({ enabled: false }));
    const io = new Server(http, { adapter: cluster.adapter });
    const notes = defineServer<object, Notes>(tableOf(version))(io, {
      authenticate: () => ({}),
      authorize: { reading: () => true },
      handlers: { read: () => ({}) },
      log: { error: () => undefined, warn: () => undefined },
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    onTestFinished(async () => {
      await notes.close({ timeoutMs: 0, spreadMs: 0 });
      await io.close();
      await cluster.close();
    });
    return { notes, io, port: (http.address() as AddressInfo).port };
  };
  const read = async ({ port }: { readonly port: number }, version?: string) => {
    const stamp = { contract: 'notes', version, hash: version };
    const socket = connectTo(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      forceNew: true,
      auth: version === undefined ? {} : { sockeye: stamp },
    });
    onTestFinished(() => void socket.disconnect());
    const heard: unknown[] = [];
    socket.on('note', (payload: unknown) => heard.push(payload));
    await once(socket as never, 'connect');
    expect(await socket.emitWithAck('read')).toMatchObject({ ok: true });
    return { heard, socket };
  };

  it.each([
    ['began before it', ['1.0.0', '1.1.0']],
    ['begins after it', ['1.1.0', '1.0.0']],
  ])(
    'a client at an old node that %s gets a broadcast of a new one once, in its own form',
    async (_, order) => {
      const server = await startRedis(program);
      onTestFinished(() => server[Symbol.asyncDispose]());
      const nodes = new Map<string, Awaited<ReturnType<typeof serve>>>();
      for (const version of order) nodes.set(version, await serve(server, version));
      const [oldNode, newNode] = [nodes.get('1.0.0')!, nodes.get('1.1.0')!];
      const early = await read(oldNode, '1.0.0');
      // Told already, or as soon as the others have heard of the new node.
      const isTold = (): boolean =>
        [...oldNode.io.of('/').adapter.rooms.keys()].some((room) => room.startsWith(' before'));
      while (!isTold()) await new Promise((resolve) => setTimeout(resolve, 10));
      const readers = [
        early,
        await read(oldNode, '1.0.0'),
        await read(oldNode),
        await read(newNode, '1.0.0'),
        await read(newNode, '1.1.0'),
        await read(newNode),
      ];
      newNode.notes.reading({}).emit('note', { title: 'one' });
      newNode.notes.reading({}).emit('note', { title: 'two' });
      const heardTwo = ({ heard }: (typeof readers)[0]): boolean => JSON.stringify(heard).includes('two');
      while (!readers.every(heardTwo)) await new Promise((resolve) => setTimeout(resolve, 10));
      const texts = [{ text: 'one' }, { text: 'two' }];
      const titles = [{ title: 'one' }, { title: 'two' }];
      expect(readers.map(({ heard }) => heard)).toEqual([texts, texts, texts, texts, titles, titles]);
    },
  );
});
