import { createServer } from 'node:http';
import { INVALID, type Validator } from '@sockeye/contract/wire';
import { Server, type Socket } from 'socket.io';
import * as z from 'zod';
import { load } from './load.contract.ts';
import { medium, roomId, small } from './payloads.ts';

/** What the bench asks a server process to do. */
export type Command =
  | { readonly do: 'expect'; readonly events: number }
  | { readonly do: 'broadcast'; readonly event: 'small:sent' | 'medium:sent'; readonly times: number };

/** What a server process reports: it listens, or it has done what it was asked, and at what cost. */
export type Report = { readonly port: number } | { readonly cpuUs: number; readonly wallUs: number };

type Send = (event: 'small:sent' | 'medium:sent', payload: object) => void;

/** The part of the generated server that the bench uses. */
interface LoadModule {
  readonly createLoadServer: (
    io: Server,
    options: object,
  ) => { load: (params: { roomId: string }) => { emit: Send } };
}

const variant = process.argv[2] ?? 'bare';
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, pingInterval: 60_000 });

let expected = 0;
let finish: () => void = () => undefined;

/** The work of every handler, in every variant. */
function count(): void {
  expected -= 1;
  if (expected === 0) finish();
}

io.on('connection', (socket) => void socket.join(`load:${roomId}`));
const send = await variants(variant);
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address) report({ port: address.port });
});

process.on('message', (command: Command) => {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const done = () => {
    const spent = process.cpuUsage(cpu);
    report({ cpuUs: spent.user + spent.system, wallUs: Number(process.hrtime.bigint() - start) / 1_000 });
  };
  if (command.do === 'expect') {
    expected = command.events;
    finish = done;
    report({ cpuUs: 0, wallUs: 0 });
  } else {
    broadcast(command, done);
  }
});

/** Sends in small batches, so that sockets drain as they would between requests. */
function broadcast(command: Extract<Command, { do: 'broadcast' }>, done: () => void): void {
  let left = command.times;
  const payload = command.event === 'small:sent' ? small : medium;
  const batch = () => {
    for (let index = 0; index < 5 && left > 0; index += 1, left -= 1) send(command.event, payload(left));
    if (left > 0) setImmediate(batch);
    else drained(done);
  };
  batch();
}

/** Waits until every connection has handed its frames to the kernel: only then has the broadcast been paid for. */
function drained(done: () => void): void {
  const waiting = [...io.of('/').sockets.values()].some((socket) => queueLength(socket) > 0);
  if (waiting) setImmediate(drained, done);
  else done();
}

function queueLength(socket: Socket): number {
  return (socket.conn as unknown as { writeBuffer: readonly unknown[] }).writeBuffer.length;
}

async function variants(name: string): Promise<Send> {
  const bareSend = (event: string, payload: object) => void io.to(`load:${roomId}`).emit(event, payload);
  if (name === 'sockeye') {
    // Written by the bench just before, so the compiler cannot know it.
    const generated: string = '../../.cache/bench/load.server.gen.ts';
    const { createLoadServer } = (await import(generated)) as LoadModule;
    const server = createLoadServer(io, {
      authorize: { load: () => true },
      handlers: {
        'load:join': () => undefined,
        small: count,
        medium: count,
        'small:ask': () => (count(), { n: 1 }),
        'medium:ask': (payload: unknown) => (count(), payload),
      },
    });
    const target = server.load({ roomId });
    return (event, payload) => target.emit(event, payload);
  }
  const { take, give } = await stepsOf(name);
  io.on('connection', (socket) => {
    for (const kind of ['small', 'medium'] as const) {
      socket.on(kind, (payload: unknown) => {
        if (take(kind, payload) !== INVALID) count();
      });
      socket.on(`${kind}:ask`, (payload: unknown, ack: (value: unknown) => void) => {
        const value = take(kind, payload);
        if (value === INVALID) return;
        count();
        ack({ ok: true, data: give(kind, kind === 'small' ? { n: 1 } : value) });
      });
    }
  });
  return (event, payload) => {
    bareSend(event, give(event === 'small:sent' ? 'sent' : 'medium', payload) as object);
  };
}

/** What the hand-written variants do before the work and after it. */
interface Steps {
  /** The payload as handlers are given it, or INVALID. */
  readonly take: (kind: 'small' | 'medium', payload: unknown) => unknown;
  /** What is sent: the answer to `small` or `medium`, or the small event. */
  readonly give: (kind: 'small' | 'medium' | 'sent', value: unknown) => unknown;
}

async function stepsOf(name: string): Promise<Steps> {
  const give: Steps['give'] = (_kind, value) => value;
  if (name === 'bare') return { take: (_kind, payload) => payload, give };
  if (name === 'validators') return generatedSteps();
  const schemas = {
    small: load.spec.clientToServer.small.spec.payload,
    medium: load.spec.clientToServer.medium.spec.payload,
  } as const satisfies Record<string, z.ZodType>;
  const checks =
    name === 'zod' ? schemas : { small: z.compile(schemas.small), medium: z.compile(schemas.medium) };
  return {
    take: (kind, payload) => (checks[kind].safeParse(payload).success ? payload : INVALID),
    give,
  };
}

/** The generated validators by themselves: what a server that validates what comes and goes costs at least. */
async function generatedSteps(): Promise<Steps> {
  const generated: string = '../../.cache/bench/load.validators.gen.ts';
  const { SmallPayload, MediumPayload, SmallAskAck, MediumAskAck, SmallSentEvent } = (await import(
    generated
  )) as Readonly<Record<string, Validator>>;
  const taken = { small: SmallPayload!, medium: MediumPayload! };
  const given = { small: SmallAskAck!, medium: MediumAskAck!, sent: SmallSentEvent! };
  return {
    take: (kind, payload) => taken[kind].decode(payload),
    give: (kind, value) => given[kind].encode(value),
  };
}

function report(message: Report): void {
  process.send?.(message);
}

// Nobody is left to measure for.
process.on('disconnect', () => process.exit(0));
