import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContractTable } from '@sockeye/contract/wire';
import { defineServer, zod, type EventLog } from '@sockeye/server/codegen';
import { lmdbLog } from '@sockeye/server/stores/lmdb';
import { memoryLog } from '@sockeye/server/stores/memory';
import { mongoLog } from '@sockeye/server/stores/mongo';
import { redisLog } from '@sockeye/server/stores/redis';
import { Redis } from 'ioredis';
import { createConnection } from 'mongoose';
import { Server } from 'socket.io';
import { io as connectTo } from 'socket.io-client';
import * as z from 'zod';
import { mongodb, redis } from '../services.ts';
import { startMongo } from '../store/mongo-server.ts';
import { startRedis } from '../store/redis-server.ts';
import { median, percentile, table } from './statistics.ts';

const appends = Number(process.env.BENCH_APPENDS ?? 1_600);
const inFlight = 32;
const body = JSON.stringify({ text: 'x'.repeat(230) });
const payload = z.object({ text: z.string(), at: z.number() });

/** A store to measure, and how to end it. */
interface Subject {
  readonly name: string;
  readonly log: EventLog;
  readonly close: () => Promise<void>;
}

/**
 * Appends a second with 32 in flight, and the time from `publish` to a client's listener over a real connection, of each
 * store and of an event that is not durable, in the same run.
 */
export async function run(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const open of [openMemory, openLmdb, openRedis, openMongo]) {
    const subject = await open();
    if (subject === undefined) continue;
    try {
      const rate = await appendRate(subject.log);
      const durable = await latencies(subject.log, true);
      const plain = await latencies(subject.log, false);
      rows.push([subject.name, Math.round(rate), ...figures(durable), ...figures(plain)]);
    } finally {
      await subject.close();
    }
  }
  console.log(`${appends} appends of ${body.length} B, ${inFlight} in flight; latency one at a time, µs.\n`);
  const head = ['store', 'appends/s', 'durable p50', 'p99', 'event p50', 'p99'];
  console.log(table(head, rows));
}

function figures(times: readonly number[]): readonly number[] {
  return [Math.round(median(times)), Math.round(percentile(times, 0.99))];
}

async function appendRate(log: EventLog): Promise<number> {
  const entry = { room: 'bench:append', event: 'e', body, keep: 10_000, maxAgeMs: 1e9 };
  const some = async (count: number) => {
    for (let n = 0; n < count; n += 1) await log.append(entry);
  };
  await some(200);
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, () => some(appends / inFlight)));
  return (appends / (performance.now() - start)) * 1_000;
}

async function latencies(log: EventLog, durable: boolean): Promise<readonly number[]> {
  const room = { params: ['id'], validator: zod.params({ params: { id: z.string() } }) };
  const contract: ContractTable = {
    contract: { contract: 'bench', version: '1.0.0', hash: 'b', namespace: '/' },
    rooms: { board: { ...room, log: { history: 'full', keep: 10_000, maxAgeMs: 1e9 } } },
    errors: {},
    clientToServer: {
      join: {
        name: 'join',
        payload: zod(z.object({ id: z.string() })),
        ack: zod(z.object({})),
        joins: 'board',
      },
    },
    serverToClient: {
      saved: { name: 'saved', payload: zod(payload), room: 'board', durable: true },
      told: { name: 'told', payload: zod(payload), room: 'board' },
    },
  };
  interface Bench {
    board(params: object): {
      publish(event: string, payload: object): Promise<unknown>;
      emit(event: string, payload: object): void;
    };
    close(): Promise<void>;
  }
  const http = createServer();
  const io = new Server(http);
  const server = defineServer<object, Bench>(contract)(io, {
    eventLog: log,
    authorize: { board: () => true },
    handlers: { join: () => ({}) },
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const client = connectTo(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  await client.emitWithAck('join', { id: 'b' }, { since: null });
  const board = server.board({ id: 'b' });
  const event = durable ? 'saved' : 'told';
  const times: number[] = [];
  for (let n = 0; n < 400; n += 1) {
    const heard = new Promise((resolve) => client.once(event, resolve));
    const start = performance.now();
    const message = { text: 'x'.repeat(200), at: start };
    if (durable) await board.publish(event, message);
    else board.emit(event, message);
    await heard;
    if (n >= 100) times.push((performance.now() - start) * 1_000);
  }
  client.disconnect();
  await server.close();
  await io.close();
  return times;
}

async function openMemory(): Promise<Subject> {
  return { name: 'memory', log: memoryLog(), close: async () => {} };
}

async function openLmdb(): Promise<Subject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sockeye-bench-'));
  const log = lmdbLog({ folder });
  const close = async () => {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { name: 'lmdb', log, close };
}

async function openRedis(): Promise<Subject | undefined> {
  const { found } = redis();
  if (found === undefined) return undefined;
  const settings = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
  const server = found.includes('://') ? undefined : await startRedis(found, settings);
  const client = new Redis(server?.url ?? found, { maxRetriesPerRequest: null });
  const log = redisLog({ redis: client, prefix: `bench${process.pid}:` });
  const close = async () => {
    await log.close();
    client.disconnect();
    await server?.[Symbol.asyncDispose]();
  };
  return { name: 'redis (everysec)', log, close };
}

async function openMongo(): Promise<Subject | undefined> {
  const { found } = mongodb();
  if (found === undefined) return undefined;
  const server = await startMongo(found);
  const connection = await createConnection(server.freshUri(), { autoCreate: false }).asPromise();
  const log = mongoLog({ connection });
  const close = async () => {
    await log.close();
    await connection.close();
    await server.stop();
  };
  return { name: found.endsWith('package.json') ? 'mongo (one binary)' : 'mongo', log, close };
}
