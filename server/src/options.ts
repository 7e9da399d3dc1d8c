import type { ContractInfo, ContractStamp, StampVerdict } from '@sockeye/contract/wire';
import type { Namespace, Socket } from 'socket.io';
import type { ClientVersions } from './client-versions.ts';
import type { ClientContract } from './contract-policy.ts';
import type { HandlerFailure } from './failure.ts';
import type { BackpressureOptions } from './backpressure.ts';
import type { DurableOptions } from './durable/options.ts';
import type { Grant, Membership, Refusal } from './grant.ts';
import type { PresenceOptions } from './presence/options.ts';
import type { RateLimits } from './rate-limits.ts';
import type { EventLog } from './stores/log.ts';

/** A value, or the promise of one. */
export type Awaitable<T> = T | PromiseLike<T>;

/** What Socket.IO knows of a connection before it is accepted: headers, address, query, `auth`. */
export type Handshake = Socket['handshake'];

/**
 * Turns a handshake's `auth` into an identity.
 *
 * Return `refuse('TOKEN_EXPIRED')` or `refuse('UNAUTHENTICATED')` to turn the client away with that code. Anything
 * thrown is logged and reaches the client as UNAUTHENTICATED. `data` is what middlewares of the application's own, added
 * before the contract was served, left in `socket.data`: whom they let in need not be looked up again.
 */
export interface Authenticate<Auth, Identity> {
  (
    auth: Auth,
    handshake: Handshake,
    data: Readonly<Record<string, unknown>>,
  ): Awaitable<Identity | Grant<Identity> | Refusal>;
  /** Completes `auth` before it is checked, for credentials that travel elsewhere, such as in a header. */
  readonly complete?: (
    auth: Readonly<Record<string, unknown>>,
    handshake: Handshake,
  ) => Record<string, unknown>;
}

/**
 * Decides whether the caller may enter a room, and stay in it while it catches up with the room's log; `false` ends the
 * call with FORBIDDEN. For a room whose history is `sinceJoin` answer with `memberSince(date)`.
 */
export type RoomAuthorizer<Params, Context> = (
  ctx: Context,
  params: Params,
) => Awaitable<boolean | Membership | HandlerFailure>;

/** `warn` lets the client in as `accept` does, and tells the log once for each kind of client. */
export type ContractDecision = 'accept' | 'warn' | 'reject';

/**
 * What happens to a client of another contract or of a version that the server does not serve: `reject`, `warn`, or a
 * function that decides about every client.
 *
 * It is given the client's stamp (absent where it sent none that can be read), the server's, and how the two relate;
 * it must answer at once. When it throws, the client is rejected.
 */
export type ContractPolicy =
  | 'warn'
  | 'reject'
  | ((
      client: ContractStamp | undefined,
      server: ContractStamp,
      verdict: StampVerdict | 'unstamped',
    ) => ContractDecision);

/** One finished event: for logs, metrics and traces. It never carries a payload. */
export interface Observation {
  /** The event's name; `connect` for a handshake, `disconnect` for its end. */
  readonly event: string;
  /** `in`: from a client, answered by a handler. `out`: sent by the server. */
  readonly direction: 'in' | 'out';
  /** `ok`, or the code of the error it ended with. */
  readonly outcome: 'ok' | (string & {});
  /** From arrival to answer, in milliseconds; for `out`, the time spent on checking and sending. */
  readonly durationMs: number;
  /** The caller's socket; absent for `out` to more than one. */
  readonly socketId?: string;
  readonly identity?: unknown;
  /** Room that the event joined, left, needed or was sent to. */
  readonly room?: string;
  /** With `connect`: which contract the client speaks, and what was decided about that. */
  readonly contract?: ClientContract;
  /** What was thrown, for INTERNAL and the like. It stays in the process. */
  readonly error?: unknown;
}

/** Where Sockeye writes; pino's shape. */
export interface Log {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** How large a message may be, besides Socket.IO's `maxHttpBufferSize`. */
export interface PayloadLimits {
  /** Levels of nesting. Default: 64. */
  readonly depth?: number;
  /** Keys of one object. Default: 1,000. */
  readonly keys?: number;
  /** Items of one array. Default: 10,000. */
  readonly items?: number;
}

/** Options that every generated server takes. */
export interface ServerOptions<Identity = unknown, Context = unknown> {
  /**
   * Treat clients that do not tell which contract they were generated from as ones whose contract does not fit.
   * Default: false.
   */
  readonly requireContract?: boolean;
  /**
   * What happens to clients whose contract does not fit: another one, another major version, or a newer version than
   * the server's. A function is asked about every client, also those without a stamp. Default: `reject`.
   */
  readonly contractPolicy?: ContractPolicy;
  /** How long a handler, with its authorizer, may take, in milliseconds, unless its event says otherwise. Default: 10,000. */
  readonly timeoutMs?: number;
  /** How long `authenticate` may take, in milliseconds. Default: 10,000. */
  readonly authenticateTimeoutMs?: number;
  /**
   * How long a connection lives on after its credentials have expired, in milliseconds; its calls end with
   * TOKEN_EXPIRED meanwhile, so that the client can come back with a fresh token. Default: 25,000.
   */
  readonly expiryGraceMs?: number;
  /** Rooms that one socket may be in, its own not counted. Default: 128. */
  readonly maxRooms?: number;
  readonly limits?: PayloadLimits;
  /** How much may wait for a client that reads slowly, before its events are dropped and before it is cut. */
  readonly backpressure?: BackpressureOptions;
  /**
   * Volatile events that a generated client is sent within this time after the first are sent together, in one frame, in
   * milliseconds. The first goes at once. 0: all do. Default: 33.
   */
  readonly volatileTickMs?: number;
  /**
   * Counts the contract's limits per caller, over all connections and nodes that share the store, beside each
   * connection's own count. Such a call waits for the store; without it, the connection's own count decides.
   */
  readonly rateLimits?: RateLimits<Identity> | undefined;
  /** How the contract's presence is kept: its store, grace and ticks. */
  readonly presenceOptions?: PresenceOptions;
  /** Keeps durable events and the answers of commands: `memoryLog()`, or that of LMDB, MongoDB or Redis. */
  readonly eventLog?: EventLog;
  /** How durable events are followed. */
  readonly durable?: DurableOptions;
  /**
   * What happens to an event that neither the contract nor any listener knows. `answer`: UNKNOWN_EVENT when it asks
   * for an acknowledgement. `ignore`: nothing, for applications that dispatch in `onAny`. Default: `answer`.
   */
  readonly unknownEvents?: 'answer' | 'ignore';
  /** Runs when a connection is accepted; its events wait until this is done. A throw ends the connection. */
  readonly onConnect?: (ctx: Context) => Awaitable<void>;
  /** Runs when a connection ends, while it is still in its rooms. `reason` is Socket.IO's. */
  readonly onDisconnecting?: (ctx: Context, reason: string) => Awaitable<void>;
  /** Runs when a connection has ended. `reason` is Socket.IO's. */
  readonly onDisconnect?: (ctx: Context, reason: string) => Awaitable<void>;
  /** Called with every finished event. What it throws is ignored. */
  readonly observe?: (observation: Observation) => void;
  /** Default: errors and warnings to the console. */
  readonly log?: Log;
  /** Milliseconds on a clock that never goes back; for rate limits and durations. Default: `performance.now`. */
  readonly now?: () => number;
}

/** How to close. */
export interface CloseOptions {
  /** How long running handlers may go on, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
  /**
   * What is cut. `namespace`: this contract's namespace, after which a plain Socket.IO client does not come back by
   * itself. `transport`: the whole connection, other namespaces included, after which every client reconnects: right
   * for a restart. Generated clients come back either way. Default: `namespace`.
   */
  readonly cut?: 'namespace' | 'transport';
  /** Generated clients are told to come back at a random time within this, in milliseconds. Default: 1,000. */
  readonly spreadMs?: number;
}

/** What every generated server can do besides sending. */
export interface ContractServer {
  readonly contract: ContractInfo;
  /** The Socket.IO namespace it is attached to, for what the contract does not cover. */
  readonly namespace: Namespace;
  /** Which versions of clients this node meets: connections that stand now, and handshakes since it started. */
  clients(): ClientVersions;
  /**
   * Refuses new connections and new events with UNAVAILABLE, waits for running handlers, then disconnects everyone.
   * It cannot be opened again. Called while it closes, or after, it is the same closing.
   */
  close(options?: CloseOptions): Promise<void>;
}
