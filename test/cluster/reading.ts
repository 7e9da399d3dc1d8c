import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ContractTable } from '@sockeye/contract/wire';
import { defineServer, zod } from '@sockeye/server/codegen';
import { pino } from 'pino';
import { Server } from 'socket.io';
import { io as connectTo, type Socket } from 'socket.io-client';
import { expect, onTestFinished } from 'vitest';
import * as z from 'zod';
import { redisCluster } from '../../server/app/stores/redis-cluster.ts';
import type { RedisServer } from '../store/redis-server.ts';

/** A contract whose clients enter one room by the event `read`, without its server events. */
export function readingTable(
  [contract, version]: readonly [name: string, version: string],
  serverToClient: ContractTable['serverToClient'],
): ContractTable {
  return {
    contract: { contract, version, hash: version, namespace: '/' },
    auth: zod(z.object({})),
    identity: zod(z.object({})),
    rooms: { reading: { params: [] } },
    errors: {},
    clientToServer: { read: { name: 'read', ack: zod(z.object({})), joins: 'reading' } },
    serverToClient,
  };
}

interface Reading {
  reading(params: object): { emit(event: string, payload?: unknown): void };
  close(options: object): Promise<void>;
}

/** One of several nodes that serve such a contract, until the test ends. */
export interface ReadingNode {
  readonly server: Reading;
  readonly io: Server;
  readonly port: number;
}

/** Starts a node beside a Redis. */
export async function startReadingNode(redis: RedisServer, table: ContractTable): Promise<ReadingNode> {
  const http = createServer();
  const cluster = redisCluster(redis.url, pino({ enabled: false }));
  const io = new Server(http, { adapter: cluster.adapter });
  const server = defineServer<object, Reading>(table)(io, {
    authenticate: () => ({}),
    authorize: { reading: () => true },
    handlers: { read: () => ({}) },
    log: { error: () => undefined, warn: () => undefined },
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  onTestFinished(async () => {
    await server.close({ timeoutMs: 0, spreadMs: 0 });
    await io.close();
    await cluster.close();
  });
  return { server, io, port: (http.address() as AddressInfo).port };
}

/**
 * Connects to a node and enters the room.
 *
 * @param stamp What a generated client says of itself. Absent: a plain client.
 * @param listen Adds listeners before anything can come.
 */
export async function readAt(
  { port }: ReadingNode,
  stamp: object | undefined,
  listen: (socket: Socket) => void,
): Promise<Socket> {
  const socket = connectTo(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    auth: stamp === undefined ? {} : { sockeye: stamp },
  });
  onTestFinished(() => void socket.disconnect());
  listen(socket);
  await once(socket as never, 'connect');
  expect(await socket.emitWithAck('read')).toMatchObject({ ok: true });
  return socket;
}
