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

/** What Socket.IO knows about a connection before it is accepted: headers, address, query, `auth`. */
export type Handshake = Socket['handshake'];

/**
 * Returns the identity for a handshake's `auth`.
 *
 * Return `refuse('TOKEN_EXPIRED')` or `refuse('UNAUTHENTICATED')` to refuse the client with that code. A thrown error
 * is logged, and the client receives UNAUTHENTICATED. `data` is what your own middleware, added before the contract
 * was served, stored in `socket.data`, so you need not look up the user again.
 */
export interface Authenticate<Auth, Identity> {
  (
    auth: Auth,
    handshake: Handshake,
    data: Readonly<Record<string, unknown>>,
  ): Awaitable<Identity | Grant<Identity> | Refusal>;
  /** Completes `auth` before it is validated, for credentials that are sent elsewhere, such as in a header. */
  readonly complete?: (
    auth: Readonly<Record<string, unknown>>,
    handshake: Handshake,
  ) => Record<string, unknown>;
}

/**
 * Decides whether the caller may enter a room, or stay in it when it catches up with the room's log. `false` ends the
 * call with FORBIDDEN. For a room with the history `sinceJoin`, return `memberSince(date)`.
 */
export type RoomAuthorizer<Params, Context> = (
  ctx: Context,
  params: Params,
) => Awaitable<boolean | Membership | HandlerFailure>;

/** `warn` accepts the client and logs a warning, once for each kind of client. */
export type ContractDecision = 'accept' | 'warn' | 'reject';

/**
 * What happens to a client with an incompatible contract: `reject`, `warn`, or a function that decides about every
 * client.
 *
 * The function receives the client's stamp (`undefined` if it sent none or a malformed one), the server's stamp, and
 * how the two relate. It must be synchronous. If it throws, the client is rejected.
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
  /** `ok`, or the error code that it ended with. */
  readonly outcome: 'ok' | (string & {});
  /** From arrival to answer, in milliseconds; for `out`, the time spent on validating and sending. */
  readonly durationMs: number;
  /** The socket of the caller or receiver; absent if an event was sent to several. */
  readonly socketId?: string;
  readonly identity?: unknown;
  /** Room that the event joined, left, needed or was sent to. */
  readonly room?: string;
  /** With `connect`: the client's contract, and the decision about it. */
  readonly contract?: ClientContract;
  /** The thrown error, with INTERNAL and similar outcomes. It is never sent to the client. */
  readonly error?: unknown;
}

/** A logger with the interface of pino. */
export interface Log {
  error(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Limits for the shape of a message, in addition to Socket.IO's `maxHttpBufferSize`. */
export interface PayloadLimits {
  /** Levels of nesting. Default: 64. */
  readonly depth?: number;
  /** Keys of one object. Default: 1,000. */
  readonly keys?: number;
  /** Items of one array. Default: 10,000. */
  readonly items?: number;
}

/** Options of every generated server. */
export interface ServerOptions<Identity = unknown, Context = unknown> {
  /**
   * Treat clients without a contract stamp, such as plain Socket.IO clients, as incompatible. Default: false.
   */
  readonly requireContract?: boolean;
  /**
   * What happens to incompatible clients: those with another contract, another major version, or a newer version than
   * the server's. A function is called for every client, with or without a stamp. Default: `reject`.
   */
  readonly contractPolicy?: ContractPolicy;
  /** Time limit for a handler and its authorizer, in ms; the `timeout` of the event has priority. Default: 10,000. */
  readonly timeoutMs?: number;
  /** Time limit for `authenticate`, in milliseconds. Default: 10,000. */
  readonly authenticateTimeoutMs?: number;
  /**
   * How long a connection stays open after its credentials have expired, in milliseconds. Its calls end with
   * TOKEN_EXPIRED, so that the client can reconnect with a fresh token. Default: 25,000.
   */
  readonly expiryGraceMs?: number;
  /** Maximum number of rooms per socket, without the socket's own room. Default: 128. */
  readonly maxRooms?: number;
  /** Limits for the shape of received messages. */
  readonly limits?: PayloadLimits;
  /** How much data may wait for a slow client before events are dropped and before the connection is closed. */
  readonly backpressure?: BackpressureOptions;
  /**
   * Batching of volatile events for generated clients, in milliseconds: the first event is sent at once, those that
   * follow within this time are sent in one frame. 0: all are sent at once. Default: 33.
   */
  readonly volatileTickMs?: number;
  /**
   * Applies the contract's limits also per caller, across all connections and nodes that share the store. A call waits
   * for the store; if the store is unreachable, only the connection's own limit applies. Default: per connection.
   */
  readonly rateLimits?: RateLimits<Identity> | undefined;
  /** Options for presence: store, grace period, tick. */
  readonly presenceOptions?: PresenceOptions;
  /** Stores durable events and the answers to commands: `memoryLog()`, `lmdbLog()`, `mongoLog()` or `redisLog()`. */
  readonly eventLog?: EventLog;
  /** Options for durable events and commands. */
  readonly durable?: DurableOptions;
  /**
   * What happens to an event that neither the contract nor a listener handles. `answer`: if the client expects an ack,
   * it receives UNKNOWN_EVENT. `ignore`: nothing, for applications that dispatch in `onAny`. Default: `answer`.
   */
  readonly unknownEvents?: 'answer' | 'ignore';
  /** Runs when a connection is accepted; its events wait until this has finished. If it throws, the connection ends. */
  readonly onConnect?: (ctx: Context) => Awaitable<void>;
  /** Runs when a connection ends, while it is still in its rooms. `reason` is Socket.IO's. */
  readonly onDisconnecting?: (ctx: Context, reason: string) => Awaitable<void>;
  /** Runs when a connection has ended. `reason` is Socket.IO's. */
  readonly onDisconnect?: (ctx: Context, reason: string) => Awaitable<void>;
  /** Called with every finished event. Errors that it throws are ignored. */
  readonly observe?: (observation: Observation) => void;
  /** Default: errors and warnings to the console. */
  readonly log?: Log;
  /** A monotonic clock in milliseconds, for rate limits and durations. Default: `performance.now`. */
  readonly now?: () => number;
}

/** Options of {@link ContractServer.close}. */
export interface CloseOptions {
  /** How long to wait for running handlers, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
  /**
   * What to disconnect. `namespace`: this contract's namespace only; plain Socket.IO clients do not reconnect to it
   * automatically. `transport`: the whole connection with all namespaces; every client reconnects. Use it for a
   * restart. Generated clients reconnect in both cases. Default: `namespace`.
   */
  readonly cut?: 'namespace' | 'transport';
  /** Generated clients reconnect after a random time within this, in milliseconds. Default: 1,000. */
  readonly spreadMs?: number;
}

/** What every generated server offers besides sending. */
export interface ContractServer {
  readonly contract: ContractInfo;
  /** The Socket.IO namespace that serves the contract, for what the contract does not cover. */
  readonly namespace: Namespace;
  /** Counts clients by version: this node's open connections, and the handshakes since it started. */
  clients(): ClientVersions;
  /**
   * Refuses new connections and calls with UNAVAILABLE, waits for running handlers, then disconnects all clients. A
   * closed server cannot be reopened. Further calls return the same promise.
   */
  close(options?: CloseOptions): Promise<void>;
}
