/**
 * Everything that a client sends: events, requests, joins and leaves. Socket.IO's own buffer is never used, because it
 * is sent before the rooms are rejoined.
 *
 * @module calls
 */
import {
  roomName,
  success,
  type ClientMeta,
  type ContractTable,
  type EventEntry,
  type FixedCode,
  type Result,
  type RoomParams,
} from '@sockeye/contract/wire';
import type { Commands } from './commands.ts';
import type { Link } from './connection.ts';
import { fail } from './errors.ts';
import { own } from './record.ts';
import { readReply } from './reply.ts';
import type { Runtime } from './runtime.ts';
import { whenAborted } from './subscribers.ts';
import type { EmitOptions, RequestOptions } from './surface.ts';

/** Sends the events of one client. */
export interface Calls {
  readonly emit: (event: string, payload: unknown, options?: EmitOptions) => boolean;
  readonly request: (event: string, payload: unknown, options?: RequestOptions) => Promise<Result<unknown>>;
  /** Joins or leaves a room, ahead of the queue. `done` is called synchronously with the answer. */
  readonly ask: (message: Message, done: Settle) => void;
  /** The same for a control event. */
  readonly tell: (event: string, data: object, done: Settle) => void;
  /** Sends the queued calls that no longer wait for a connection or a room. */
  readonly flush: () => void;
  /** Ends unanswered calls and those that are not queued; with `all`, every call, permanently. */
  readonly drop: (all?: boolean) => void;
  /** Whether something that was sent is not answered yet. */
  readonly flying: () => boolean;
}

/** An event that joins or leaves a room. */
export interface Message {
  readonly event: string;
  readonly payload: unknown;
  readonly meta?: ClientMeta | undefined;
}

/** Receives the answer to a call. */
export type Settle = (result: Result<unknown>) => void;

/** Sends a call with an ack, or queues it until it can be sent. */
export type StartCall = (call: Prepared, options: RequestOptions, done: Settle) => void;

/** State of rooms, for calls. */
export interface RoomGate {
  /** Whether the room is being joined; without a name: whether rooms are still being rejoined after a reconnect. */
  readonly busy: (name?: string) => boolean;
  readonly joined: (name: string) => boolean;
}

/** An event in wire form. */
export interface Prepared {
  readonly event: string;
  readonly entry: EventEntry;
  readonly args: readonly unknown[];
  readonly meta?: ClientMeta | undefined;
  /** Name of the room that the caller has to join first. */
  readonly room?: string | undefined;
  /** Also waits for a room that is not being joined yet. */
  readonly patient?: true;
  /** Waits for nothing. */
  readonly urgent?: true;
  /** Time of the call, if an earlier page made it. */
  readonly at?: number;
}

/** An event that was sent or is queued. */
interface Call extends Prepared {
  /** Whether to queue it while disconnected. */
  readonly keep: boolean;
  /** Present if the event has an ack. */
  readonly settle?: Settle;
}

/** Creates the calls of one client. */
export function createCalls(runtime: Runtime, link: Link, gate: RoomGate): Calls {
  const { table, options, clock, boundary, report, features } = runtime;
  const waiting = new Set<Call>();
  const flying = new Set<Call>();
  let ended = false;

  /** Converts an event that applications can send to wire form. */
  function prepare(event: string, payload: unknown): Result<Prepared> {
    const entry = own(table.clientToServer, event);
    return !entry || entry.joins || entry.leaves ? fail('UNKNOWN_EVENT') : encode(event, entry, payload);
  }

  function encode(event: string, entry: EventEntry, payload: unknown): Result<Prepared> {
    const wire = boundary.encode(event, entry.payload, payload);
    if (!wire.ok) return fail('INVALID_PAYLOAD', { issues: wire.error });
    const args = entry.args ? (wire.data as unknown[]) : entry.payload ? [wire.data] : [];
    return success({ event, entry, args, room: roomOf(table, entry, wire.data) });
  }

  function hold(call: Call): boolean {
    if (waiting.size >= (options.queueLimit ?? 100)) return refuse(call, 'UNAVAILABLE');
    waiting.add(call);
    note();
    return true;
  }

  function forget(call: Call): void {
    flying.delete(call);
    if (waiting.delete(call)) note();
  }

  function note(): void {
    link.queue(waiting.size + (commands?.waiting() ?? 0));
  }

  function refuse(call: Call, code: FixedCode): false {
    forget(call);
    call.settle?.(fail(code));
    return false;
  }

  function isBlocked({ room, patient, urgent }: Call): boolean {
    if (urgent) return false;
    return gate.busy() || (room !== undefined && (gate.busy(room) || (!!patient && !gate.joined(room))));
  }

  /** Sends a call, queues it or refuses it; false if it was refused. */
  function submit(call: Call): boolean {
    const blocked = isBlocked(call);
    if (!blocked && transmit(call)) return true;
    const keep = !ended && (call.keep || (link.up() ? blocked : call.settle && link.pending()));
    return keep ? hold(call) : refuse(call, 'DISCONNECTED');
  }

  /** Sends a call; false while disconnected. */
  function transmit(call: Call): boolean {
    const { event, entry, meta, settle } = call;
    const args = [...call.args];
    if (meta) args.push(...(args.length ? [meta] : [null, meta]));
    if (settle) {
      args.push((...reply: unknown[]) => {
        if (!flying.has(call)) return;
        const result = readReply([event, entry], reply, { table, decode: boundary.decode });
        settle(result);
        if (!result.ok && result.error.code === 'TOKEN_EXPIRED') link.expire(result.error);
      });
    }
    try {
      if (!link.send(!!entry.volatile && !settle, event, args)) return false;
      if (settle) flying.add(call);
    } catch (error) {
      // Socket.IO's encoder cannot write this payload: do not retry.
      report(error);
      refuse(call, 'INVALID_PAYLOAD');
    }
    return true;
  }

  /** Starts a call that has an ack. */
  function start(prepared: Prepared, { timeoutMs, signal, whenOffline }: RequestOptions, done: Settle): void {
    let open = true;
    let ignore = (): void => undefined;
    const settle: Settle = (result) => {
      if (!open) return;
      open = false;
      cancel();
      ignore();
      forget(call);
      done(result);
    };
    const call: Call = { ...prepared, keep: whenOffline === 'queue', settle };
    const cancel = clock.after(timeoutMs ?? call.entry.timeoutMs ?? 10_000, () => refuse(call, 'TIMEOUT'));
    ignore = whenAborted(signal, () => refuse(call, 'ABORTED'));
    if (open) submit(call);
  }

  const commands: Commands | undefined = features.once?.(runtime, { start, changed: note });

  return {
    emit: (event, payload, { whenOffline } = {}) => {
      const prepared = prepare(event, payload);
      if (!prepared.ok) return false;
      const call = { ...prepared.data, keep: whenOffline === 'queue' };
      if (!call.entry.volatile) return submit(call);
      return (call.room === undefined || gate.joined(call.room)) && transmit(call);
    },
    request: (event, payload, how = {}) => {
      const prepared = prepare(event, payload);
      if (prepared.ok && prepared.data.entry.once && commands) return commands.run(prepared.data, how);
      return new Promise((done) => (prepared.ok ? start(prepared.data, how, done) : done(prepared)));
    },
    ask: ({ event, payload, meta }, done) => {
      const prepared = encode(event, table.clientToServer[event]!, payload);
      if (prepared.ok) start({ ...prepared.data, meta, urgent: true }, {}, done);
      else done(prepared);
    },
    tell: (event, data, done) => start({ event, entry: {}, args: [data], urgent: true }, {}, done),
    flush: () => {
      commands?.open();
      for (const call of [...waiting]) {
        if (!isBlocked(call) && transmit(call)) waiting.delete(call);
      }
      note();
    },
    drop: (all = false) => {
      ended ||= all;
      if (all) commands?.close();
      for (const call of [...flying, ...waiting]) {
        if (all || !call.keep || flying.has(call)) refuse(call, 'DISCONNECTED');
      }
    },
    flying: () => flying.size > 0,
  };
}

/** Name of the room that the sender of an event has to join first. */
export function roomOf({ rooms }: ContractTable, { within }: EventEntry, wire: unknown): string | undefined {
  const room = within === undefined ? undefined : rooms[within];
  return room && !room.auto ? roomName(within!, room.params, Object(wire) as RoomParams) : undefined;
}
