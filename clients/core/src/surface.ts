/// <reference lib="esnext.disposable" preserve="true" />
import type { ContractStamp, ErrorBody, Result } from '@sockeye/contract/wire';
import type { Lease } from './lease.ts';
import type { Store } from './store.ts';

/** A value, or a promise of it. */
export type Awaitable<T> = T | PromiseLike<T>;

/** Stops what it was returned for; the second call does nothing. */
export type Unsubscribe = () => void;

/** What is known of an event beside its payload. */
export interface EventMeta {
  /** Room that the event was sent to, as `roomName` writes it; absent for an event that is bound to none. */
  readonly room?: string;
  /** Told late: it happened before the room was joined, or while the connection was lost. Durable events only. */
  readonly replayed: boolean;
  /** Place in the room's log, with `epoch`; of durable events. */
  readonly offset?: number;
  readonly epoch?: string;
  /** Identity of the entry in the room's log; of durable events. */
  readonly id?: string;
}

/** How to listen. */
export interface ListenOptions {
  /** Stops the listener when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** How to send an event that nobody answers. */
export interface EmitOptions {
  /**
   * What to do while there is no connection: forget the event, or keep it for the next one, after every room was
   * joined again. Volatile events are never kept. Default: `drop`.
   */
  readonly whenOffline?: 'drop' | 'queue' | undefined;
}

/** How to send an event and wait for its answer. */
export interface RequestOptions {
  /**
   * From the call to the answer, in milliseconds, waiting for a connection included. Default: the contract's, 10,000;
   * for a command that takes effect `once` 60,000, and the contract's is how long it waits before it is sent again.
   */
  readonly timeoutMs?: number | undefined;
  /** Gives up with ABORTED. A request that was sent already may still take effect. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What to do while there is no connection: end with DISCONNECTED at once, or wait for the next one within the time
   * limit. A client's very first connection is waited for in either case, until its first attempt fails. Default:
   * `fail`; for a command that takes effect `once` `queue`, and it is sent again when the connection was lost.
   */
  readonly whenOffline?: 'fail' | 'queue' | undefined;
}

/**
 * Where a connection stands.
 *
 * - `idle`: nobody holds a lease.
 * - `connecting`: until the first connection stands.
 * - `connected`: events travel.
 * - `reconnecting`: the connection was lost or refused for now; the next attempt is made or waited for.
 * - `unauthorized`: the server refused the client, an expired token after it was refreshed once. Ends with
 *   `reconnect()` or the next lease.
 * - `incompatible`: the server speaks another version of the contract; `mismatch` says which. Ends in the same ways.
 * - `closed`: `close()` was called; for good.
 */
export type ConnectionPhase =
  'idle' | 'connecting' | 'connected' | 'reconnecting' | 'unauthorized' | 'incompatible' | 'closed';

/** Versions that do not work together. */
export interface ContractMismatch {
  /** What this client was generated from. */
  readonly client: ContractStamp;
  /** What the server speaks; absent where it did not say. */
  readonly server?: ContractStamp | undefined;
  /**
   * The server is the newer one: loading the page anew is likely to bring a client that fits. Otherwise the client is
   * newer, as while servers are replaced, or speaks another contract: `reconnect()` later.
   */
  readonly reload: boolean;
}

/** State of a connection. */
export interface Connection {
  readonly phase: ConnectionPhase;
  /** Attempts made since the connection last stood, the current one included; 0 while it stands. */
  readonly attempt: number;
  /** Why the last attempt or connection ended; absent while the connection stands. */
  readonly error?: ErrorBody;
  /** With `incompatible`: both versions, and what is likely to help. */
  readonly mismatch?: ContractMismatch;
  /** When the phase began, in the clock's milliseconds; 0 before the first lease. */
  readonly since: number;
  /** When the next attempt is made, in the clock's milliseconds; absent unless one is waited for. */
  readonly retryAt?: number;
  /** Payloads of the server's that were dropped because they do not match the contract. */
  readonly invalid: number;
  /** Events and requests that wait to be sent. */
  readonly queued: number;
}

/** Why `auth` is called. */
export interface AuthContext {
  /** `expired`: the server has just refused the previous token; bring a fresh one. */
  readonly reason: 'connect' | 'reconnect' | 'expired';
  /** Aborts when the answer is no longer wanted: time is up, or the connection is no longer leased. */
  readonly signal: AbortSignal;
  /** Counts the attempts since the connection last stood, from 1. */
  readonly attempt: number;
}

/** How to close a client. */
export interface CloseOptions {
  /** Also removes this client's `cursors` from where they are stored, as when a user signs out. Default: false. */
  readonly forget?: boolean | undefined;
}

/** What every generated client offers beside the events of its contract. */
export interface ClientBase {
  /** State of the connection. */
  readonly connection: Store<Connection>;
  /** Opens the connection, or takes a share in it. It is closed `lingerMs` after the last share was released. */
  readonly connect: () => Lease;
  /** Connects anew, asking `auth` again; rooms and queued events are kept. Nothing while nobody holds a lease. */
  readonly reconnect: () => void;
  /**
   * Ends everything for good: connection, timers, listeners, rooms; what waits ends with DISCONNECTED, and is removed
   * from the `outbox`.
   */
  readonly close: (options?: CloseOptions) => void;
  readonly [Symbol.dispose]: () => void;
}

/**
 * State of a room.
 *
 * - `idle`: never joined. `left`: released.
 * - `waiting`: wanted, but there is no connection. `joining`: asked for. Both keep the data of the last join, and the
 *   error when the last attempt failed in a way that is tried again.
 * - `joined`: events arrive; `data` is what the server answered to the latest join. `recovering` until every durable
 *   event that was missed has been handed out.
 * - `denied`: refused, or taken away; asked for again after a reconnect and by the next `join()`.
 */
export type RoomStatus<Data = unknown, Error = ErrorBody> =
  | {
      readonly phase: 'idle' | 'left';
      readonly data?: undefined;
      readonly error?: undefined;
      readonly recovering?: undefined;
    }
  | {
      readonly phase: 'waiting' | 'joining';
      readonly data?: Data;
      readonly error?: Error;
      readonly recovering?: undefined;
    }
  | {
      readonly phase: 'joined';
      readonly data: Data;
      readonly error?: undefined;
      readonly recovering: boolean;
    }
  | {
      readonly phase: 'denied';
      readonly data?: undefined;
      readonly error: Error;
      readonly recovering?: undefined;
    };

/** A share in a room. */
export interface RoomLease<Data = unknown, Error = ErrorBody> extends Lease {
  /**
   * How the first attempt to join ended, as soon as there was a connection to make it. Released before: ABORTED.
   * Never rejects.
   */
  readonly ready: Promise<Result<Data, Error>>;
}

/** What every generated room offers beside its events. */
export interface RoomBase<Params = unknown, Data = unknown, Error = ErrorBody> {
  /** The room's name on the wire, such as `workspace:w1`. */
  readonly name: string;
  readonly params: Params;
  /** State of the room. */
  readonly status: Store<RoomStatus<Data, Error>>;
  /**
   * Joins the room, or takes a share in it, and with it a share in the connection. The room is joined again after
   * every reconnect, before anything queued is sent, and left `lingerMs` after the last share was released.
   */
  readonly join: () => RoomLease<Data, Error>;
}
