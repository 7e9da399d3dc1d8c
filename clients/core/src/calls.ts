/**
 * Everything that leaves a client: events, requests, and the joins and leaves of rooms. Nothing is ever left to
 * Socket.IO's own buffer, which is sent before the rooms of a new connection were joined.
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

/** Sends what a client has to say. */
export interface Calls {
  readonly emit: (event: string, payload: unknown, options?: EmitOptions) => boolean;
  readonly request: (event: string, payload: unknown, options?: RequestOptions) => Promise<Result<unknown>>;
  /** Joins or leaves a room: overtakes what waits. `done` is called in the same turn as the answer arrives. */
  readonly ask: (message: Message, done: Settle) => void;
  /** The same for an event of Sockeye's own. */
  readonly tell: (event: string, data: object, done: Settle) => void;
  /** Sends what waited for a connection or for a room. */
  readonly flush: () => void;
  /** Ends what was sent and not answered, and what is not to be kept; with `all` everything, for good. */
  readonly drop: (all?: boolean) => void;
  /** Something was sent that is not answered yet. */
  readonly flying: () => boolean;
}

/** An event that joins or leaves a room. */
export interface Message {
  readonly event: string;
  readonly payload: unknown;
  readonly meta?: ClientMeta | undefined;
}

/** Takes the answer to a call. */
export type Settle = (result: Result<unknown>) => void;

/** Sends a call that is answered, or keeps it until it can be sent. */
export type StartCall = (call: Prepared, options: RequestOptions, done: Settle) => void;

/** What calls need to know of rooms. */
export interface RoomGate {
  /** The room may be entered any moment; without a name: the rooms of a new connection are not all joined again yet. */
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
  /** Waits also for a room that is not being joined yet. */
  readonly patient?: true;
  /** Waits for nothing. */
  readonly urgent?: true;
  /** When it was given, if that was long ago. */
  readonly at?: number;
}

/** An event on its way, or waiting to be sent. */
interface Call extends Prepared {
  /** Waits while there is no connection. */
  readonly keep: boolean;
  /** Given for a call that is answered. */
  readonly settle?: Settle;
}

/** Makes the outbox of one client. */
export function createCalls(runtime: Runtime, link: Link, gate: RoomGate): Calls {
  const { table, options, clock, boundary, report, features } = runtime;
  const waiting = new Set<Call>();
  const flying = new Set<Call>();
  let ended = false;

  /** An event that an application may send by itself, in wire form. */
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

  /** Sends a call, keeps it or refuses it; false when it was refused. */
  function submit(call: Call): boolean {
    const blocked = isBlocked(call);
    if (!blocked && transmit(call)) return true;
    const keep = !ended && (call.keep || (link.up() ? blocked : call.settle && link.pending()));
    return keep ? hold(call) : refuse(call, 'DISCONNECTED');
  }

  /** Sends a call; false when there is no connection. */
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
      // Socket.IO's encoder cannot write the payload; it never will.
      report(error);
      refuse(call, 'INVALID_PAYLOAD');
    }
    return true;
  }

  /** Starts a call that is answered. */
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
