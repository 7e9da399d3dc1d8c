/// <reference lib="esnext.disposable" preserve="true" />
import type { ContractStamp, ErrorBody, Result } from '@sockeye/contract/wire';
import type { Lease } from './lease.ts';
import type { Store } from './store.ts';

/** A value, or a promise of it. */
export type Awaitable<T> = T | PromiseLike<T>;

/** Ends the registration that returned it. A second call does nothing. */
export type Unsubscribe = () => void;

/** Metadata of an event. */
export interface EventMeta {
  /** Name of the room that the event was sent to, as `roomName` writes it; absent for an event without a room. */
  readonly room?: string;
  /** Whether it was sent before the room was joined or while disconnected. Only for durable events. */
  readonly replayed: boolean;
  /** Position in the room's log, with `epoch`; durable events only. */
  readonly offset?: number;
  readonly epoch?: string;
  /** Id of the entry in the room's log; durable events only. */
  readonly id?: string;
}

/** Options of a listener. */
export interface ListenOptions {
  /** Stops the listener when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** Options for sending an event that has no ack. */
export interface EmitOptions {
  /**
   * While disconnected: drop the event, or queue it until the client is connected and has rejoined its rooms. Volatile
   * events are never queued. Default: `drop`.
   */
  readonly whenOffline?: 'drop' | 'queue' | undefined;
}

/** Options for sending an event and waiting for its answer. */
export interface RequestOptions {
  /**
   * Time limit from the call to the answer, in milliseconds, including the wait for a connection. Default: the
   * contract's, or 10,000. For `once` commands: 60,000; the contract's is then the time before they are resent.
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the request with ABORTED when it aborts. A request that was already sent can still take effect. */
  readonly signal?: AbortSignal | undefined;
  /**
   * While disconnected: end with DISCONNECTED at once, or wait for a connection within the time limit. The client's
   * first connection is waited for in either case, until its first attempt fails. Default: `fail`; for `once` commands
   * `queue`, and they are resent if the connection is lost.
   */
  readonly whenOffline?: 'fail' | 'queue' | undefined;
}

/**
 * Phase of a connection.
 *
 * - `idle`: no lease is held.
 * - `connecting`: the first connection is being established.
 * - `connected`: events are sent and received.
 * - `reconnecting`: the connection was lost or failed; the client is retrying, or waits until `retryAt`.
 * - `unauthorized`: the server refused the credentials, or `auth` returned another expired token. Call `reconnect()`
 *   or take a new lease.
 * - `incompatible`: the server does not serve this version of the contract; see `mismatch`. Leave it the same way.
 * - `closed`: `close()` was called; this is final.
 */
export type ConnectionPhase =
  'idle' | 'connecting' | 'connected' | 'reconnecting' | 'unauthorized' | 'incompatible' | 'closed';

/** Two incompatible versions. */
export interface ContractMismatch {
  /** The contract that this client was generated from. */
  readonly client: ContractStamp;
  /** The contract of the server; absent if it is not known. */
  readonly server?: ContractStamp | undefined;
  /**
   * True if the server is newer: reloading the page probably loads a compatible client. Otherwise the client is newer,
   * as during a rolling upgrade, or has another contract: call `reconnect()` later.
   */
  readonly reload: boolean;
}

/** State of a connection. */
export interface Connection {
  readonly phase: ConnectionPhase;
  /** Attempts since the last connection, including the current one; 0 while connected. */
  readonly attempt: number;
  /** Why the last attempt or connection ended; absent while connected. */
  readonly error?: ErrorBody;
  /** Only with `incompatible`: both versions, and whether a reload may help. */
  readonly mismatch?: ContractMismatch;
  /** When the phase began, in the clock's milliseconds; 0 before the first lease. */
  readonly since: number;
  /** Time of the next attempt, in the clock's milliseconds; absent if none is scheduled. */
  readonly retryAt?: number;
  /** Number of received payloads that were dropped because they do not match the contract. */
  readonly invalid: number;
  /** Number of queued events and requests. */
  readonly queued: number;
}

/** Why `auth` is called. */
export interface AuthContext {
  /** `expired`: the server has just refused the previous token as expired; return a fresh one. */
  readonly reason: 'connect' | 'reconnect' | 'expired';
  /** Aborts when the result is no longer needed: the attempt timed out, or no lease is held. */
  readonly signal: AbortSignal;
  /** Number of this attempt since the last connection, from 1. */
  readonly attempt: number;
}

/** Options of `close`. */
export interface CloseOptions {
  /** Also removes this client's stored `cursors`, for example when a user signs out. Default: false. */
  readonly forget?: boolean | undefined;
}

/** Members of every generated client besides the events of its contract. */
export interface ClientBase {
  /** State of the connection. */
  readonly connection: Store<Connection>;
  /** Connects, if needed, and returns a lease. Disconnects `lingerMs` after the last lease is released. */
  readonly connect: () => Lease;
  /** Reconnects and calls `auth` again; rooms and queued events are kept. Does nothing if no lease is held. */
  readonly reconnect: () => void;
  /**
   * Closes the client permanently: connection, timers, listeners, rooms. Open requests end with DISCONNECTED and are
   * removed from the `outbox`.
   */
  readonly close: (options?: CloseOptions) => void;
  readonly [Symbol.dispose]: () => void;
}

/**
 * State of a room.
 *
 * - `idle`: never joined. `left`: all leases were released.
 * - `waiting`: waits for a connection. `joining`: waits for the server's answer. Both keep the `data` of the last join,
 *   and the `error` of the last attempt if it is retried.
 * - `joined`: events arrive; `data` is the server's answer to the latest join. `recovering` is true while missed
 *   durable events are being replayed.
 * - `denied`: the join was refused, or the member evicted; retried after a reconnect and by the next `join()`.
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

/** A lease of a room. */
export interface RoomLease<Data = unknown, Error = ErrorBody> extends Lease {
  /**
   * Result of the first attempt to join; waits for a connection. ABORTED if the lease is released before. Never
   * rejects.
   */
  readonly ready: Promise<Result<Data, Error>>;
}

/** Members of every generated room besides its events. */
export interface RoomBase<Params = unknown, Data = unknown, Error = ErrorBody> {
  /** The room's name on the wire, such as `workspace:w1`. */
  readonly name: string;
  readonly params: Params;
  /** State of the room. */
  readonly status: Store<RoomStatus<Data, Error>>;
  /**
   * Joins the room, if needed, and returns a lease, which also holds the connection. The room is rejoined after every
   * reconnect, before queued events are sent, and left `lingerMs` after the last lease is released.
   */
  readonly join: () => RoomLease<Data, Error>;
}
