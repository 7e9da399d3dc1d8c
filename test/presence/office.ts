import { control, type ContractTable, type PresenceFrame } from '@sockeye/contract/wire';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connectTo, type Socket } from 'socket.io-client';
import * as z from 'zod';
import type { ContractServer, PresenceOptions, PresenceTarget } from '../../server/src/index.ts';
import { defineServer } from '../../server/src/define-server.ts';
import { zod } from '../../server/src/zod-validator.ts';

/** A user of the office. */
export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly mood: 'fine' | 'busy';
}

const room = { workspaceId: z.string().min(1).max(40) };
const worker = z.object({ id: z.string(), name: z.string(), mood: z.enum(['fine', 'busy']) });

/** A contract with one room and who is in it. */
export const officeTable: ContractTable = {
  contract: { contract: 'office', version: '1.0.0', hash: 'f00d', namespace: '/' },
  auth: zod(z.object({ id: z.string() })),
  identity: zod(z.object({ id: z.string() })),
  rooms: { workspace: { params: ['workspaceId'], validator: zod.params({ params: room }) } },
  errors: {},
  clientToServer: {
    join: {
      name: 'join',
      payload: zod(z.object(room)),
      ack: zod(z.object({ users: z.int() })),
      joins: 'workspace',
    },
    leave: { name: 'leave', payload: zod(z.object(room)), ack: zod(z.object({})), leaves: 'workspace' },
    mood: {
      name: 'mood',
      payload: zod(z.object({ mood: z.enum(['fine', 'busy']) })),
      ack: zod(z.object({ rooms: z.int() })),
    },
    'join:badly': { name: 'joinBadly', payload: zod(z.object(room)), ack: zod(z.object({})) },
  },
  serverToClient: {
    online: {
      name: 'online',
      payload: zod(z.object({ ...room, users: z.array(worker) })),
      room: 'workspace',
      roomInPayload: true,
    },
  },
  presence: {
    workers: { room: 'workspace', key: 'id', of: zod(worker), list: { event: 'online', field: 'users' } },
  },
};

type Workers = PresenceTarget<Worker, { workspaceId: string }, string>;
interface Context {
  readonly identity: { readonly id: string };
  readonly presence: { readonly workers: Workers };
}

/** A running office on a free port. */
export interface Office extends AsyncDisposable {
  readonly url: string;
  readonly server: ContractServer & { readonly presence: { readonly workers: Workers } };
  readonly io: Server;
}

/** Starts an office. */
export async function startOffice(presenceOptions: PresenceOptions = {}): Promise<Office> {
  const http = createServer();
  const io = new Server(http, { serveClient: false });
  const server = defineServer<object, Office['server']>(officeTable)(io, {
    authenticate: ({ id }: { id: string }) => ({ id }),
    authorize: { workspace: () => true },
    presence: {
      workers: ({ id }: { id: string }, { known }: { known: Worker | undefined }): Worker => ({
        id,
        name: `Worker ${id}`,
        mood: known?.mood ?? 'fine',
      }),
    },
    handlers: {
      join: async (params: { workspaceId: string }, ctx: Context) => ({
        users: await ctx.presence.workers.count(params),
      }),
      leave: () => ({}),
      mood: async (changes: { mood: 'fine' | 'busy' }, ctx: Context) => ({
        rooms: (await ctx.presence.workers.update(ctx.identity.id, changes)).length,
      }),
      'join:badly': () => ({}),
    },
    presenceOptions,
    log: { error: () => undefined, warn: () => undefined },
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    server,
    io,
    [Symbol.asyncDispose]: async () => {
      await server.close({ cut: 'transport', timeoutMs: 0 });
      await io.close();
    },
  };
}

/** What a client knows of a room: the fold of the frames that it got. */
export interface Visitor {
  readonly socket: Socket;
  readonly users: Map<string, Worker>;
  readonly left: string[];
  /** Frames of presence, lists included. */
  frames: number;
  bytes: number;
  gaps: number;
  readonly join: (workspaceId: string) => Promise<unknown>;
}

/** Connects someone; `plain` without a contract's stamp. */
export async function visit(url: string, id: string, plain = false): Promise<Visitor> {
  const { contract, version, hash } = officeTable.contract;
  const auth = { id, ...(!plain && { sockeye: { contract, version, hash } }) };
  const socket = connectTo(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  const visitor: Visitor = {
    socket,
    users: new Map(),
    left: [],
    frames: 0,
    bytes: 0,
    gaps: 0,
    join: (workspaceId) => socket.emitWithAck('join', { workspaceId }),
  };
  let seq = -1;
  const count = (payload: unknown): void => {
    visitor.frames += 1;
    visitor.bytes += JSON.stringify(payload).length;
  };
  socket.on(control.presence, (frame: PresenceFrame) => {
    count(frame);
    if ('users' in frame) {
      visitor.users.clear();
      for (const user of frame.users as Worker[]) visitor.users.set(user.id, user);
    } else {
      if (frame.seq !== seq + 1) visitor.gaps += 1;
      for (const key of frame.leaves ?? []) {
        visitor.users.delete(String(key));
        visitor.left.push(String(key));
      }
      for (const user of [...(frame.joins ?? []), ...(frame.changes ?? [])] as Worker[])
        visitor.users.set(user.id, user);
    }
    seq = frame.seq;
  });
  socket.on('online', (payload: { users: Worker[] }) => {
    count(payload);
    visitor.users.clear();
    for (const user of payload.users) visitor.users.set(user.id, user);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return visitor;
}

/** Waits until something holds; resolves with how long that took, in milliseconds. */
export async function until(holds: () => boolean, timeoutMs = 5_000): Promise<number> {
  const startedAt = performance.now();
  while (!holds()) {
    if (performance.now() - startedAt > timeoutMs) throw new Error(`It did not hold within ${timeoutMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - startedAt;
}

/** Lets real time pass, where what must not happen needs time not to happen. */
export async function elapse(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
