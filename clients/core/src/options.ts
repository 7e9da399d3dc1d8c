import type { Issue, Result } from '@sockeye/contract/wire';
import type { Manager, ManagerOptions, SocketOptions } from 'socket.io-client';
import type { Clock } from './clock.ts';
import type { CursorKeeper } from './durable/cursors.ts';
import type { OutboxKeeper } from './outbox.ts';
import type { Scheduler } from './projections/scheduler.ts';
import type { SocketFactory } from './socket.ts';
import type { AuthContext, Awaitable } from './surface.ts';

/** A payload that does not match the contract. */
export interface InvalidPayload {
  readonly event: string;
  /** `inbound`: received from the server. `outbound`: about to be sent. */
  readonly direction: 'inbound' | 'outbound';
  readonly issues: readonly Issue[];
  /** The payload's shape, with types in place of values: three levels, at most 20 keys and 3 items each. */
  readonly excerpt: unknown;
}

/** How payloads are validated; see {@link ClientOptions.validate}. */
export type ValidateMode = 'inbound' | 'both' | 'off';

/** Delays between connection attempts: random, between half of the upper bound and all of it. */
export interface BackoffOptions {
  /** Upper bound before the first retry, in milliseconds; doubles with every retry. Default: 500. */
  readonly minMs?: number | undefined;
  /** Highest upper bound, in milliseconds. Default: 20,000. */
  readonly maxMs?: number | undefined;
}

/** Socket.IO's client options, except those that this client sets itself. */
export type TransportOptions = Partial<
  Omit<
    ManagerOptions & SocketOptions,
    'ackTimeout' | 'auth' | 'autoConnect' | 'forceNew' | 'multiplex' | 'reconnection' | 'retries'
  >
>;

/** Argument of a collection's `load`. */
export interface LoadContext {
  /** Aborts when the rows are no longer needed. */
  readonly signal: AbortSignal;
}

/** Options of a collection. `Params`: parameters of its room, if it belongs to one. */
export interface CollectionOptions<Row, Params = undefined> {
  /**
   * Returns all rows, for example by HTTP or a request. Called when the room is joined, or the client connected, and
   * the store has a subscriber; again after a reconnect, unless a log replays all missed events. Events that arrive
   * meanwhile are applied to the loaded rows.
   */
  readonly load?:
    | ((
        ...args: Params extends undefined ? [context: LoadContext] : [params: Params, context: LoadContext]
      ) => Awaitable<readonly Row[] | Result<readonly Row[]>>)
    | undefined;
}

/** Options of collections, by projection. */
export interface ProjectionsOptions {
  readonly [name: string]: { readonly load?: ((...args: never[]) => unknown) | undefined } | undefined;
}

/** Options of every generated client. */
export interface ClientOptions {
  /** Origin of the server, such as `https://api.example.com`, without the namespace. Default: the page's. */
  readonly url?: string | undefined;
  /** Returns the handshake's `auth`. Called before every connection attempt; if it rejects, the client retries. */
  readonly auth?: ((context: AuthContext) => Awaitable<object>) | undefined;
  /**
   * Options for Socket.IO's client, such as `path`, `query` or `transports` (default: only WebSocket), except those for
   * connecting and reconnecting.
   */
  readonly socket?: TransportOptions | undefined;
  /**
   * Shares one connection with other namespaces. Create it with `autoConnect: false`, and give it to at most one client
   * per namespace. Default: a separate connection.
   */
  readonly manager?: Manager | undefined;
  /** Creates the socket instead of Socket.IO's `io`; for tests. */
  readonly io?: SocketFactory | undefined;
  /**
   * - `inbound` (default): a received payload that does not match the contract is dropped and reported. A payload to be
   *   sent is converted to wire form, and rejected if that is impossible; the server checks the rest.
   * - `both`: payloads to be sent are checked completely too.
   * - `off`: payloads are converted; those that the validator rejects pass unchanged, in both directions.
   */
  readonly validate?: ValidateMode | undefined;
  /** Called for every payload that does not match the contract, also if a request's result reports it. */
  readonly onInvalid?: ((report: InvalidPayload) => void) | undefined;
  /** Called with errors thrown by listeners, subscribers and handlers. Default: they are reported as uncaught. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Time from the release of the last lease to disconnecting or leaving, in milliseconds. Default: 1,000. */
  readonly lingerMs?: number | undefined;
  /** Time for `auth`, transport and handshake together, in milliseconds. Default: 20,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Maximum number of queued events and requests; further ones fail with UNAVAILABLE. Default: 100. */
  readonly queueLimit?: number | undefined;
  readonly backoff?: BackoffOptions | undefined;
  /**
   * Stores the position in each room's log, so that a reloaded page continues from there. A cursor is stored within
   * half a second after the handlers of its entry have run. Use `webStorageCursors`, or `storedCursors` with your own
   * storage. Default: memory.
   */
  readonly cursors?: CursorKeeper | undefined;
  /**
   * Stores unanswered `once` commands, so that a reloaded page resends them; `onError` is called if one of these fails.
   * Use `webStorageOutbox`, or `storedOutbox` with your own storage. Default: memory.
   */
  readonly outbox?: OutboxKeeper | undefined;
  /** Options of the contract's collections; the generated options list them. */
  readonly projections?: ProjectionsOptions | undefined;
  /** When subscribers of projections are notified; for tests. Default: in the page's next frame. */
  readonly frame?: Scheduler | undefined;
  /** Time and randomness; for tests. Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Wraps the call that opens the connection; for bindings of frameworks that track calls. Default: no wrapper. */
  readonly around?: ((open: () => void) => void) | undefined;
}
