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
  /** `inbound`: the server sent it. `outbound`: this client was about to. */
  readonly direction: 'inbound' | 'outbound';
  readonly issues: readonly Issue[];
  /** Its shape without its values: types in place of values, three levels, at most 20 keys and 3 items each. */
  readonly excerpt: unknown;
}

/** What happens to payloads that a validator refuses; see {@link ClientOptions.validate}. */
export type ValidateMode = 'inbound' | 'both' | 'off';

/** Waiting times between attempts to connect; each is taken at random from its upper half. */
export interface BackoffOptions {
  /** Upper bound before the first retry, in milliseconds; doubles with every further one. Default: 500. */
  readonly minMs?: number | undefined;
  /** Highest upper bound, in milliseconds. Default: 20,000. */
  readonly maxMs?: number | undefined;
}

/** Socket.IO's client options, without those that this client decides itself. */
export type TransportOptions = Partial<
  Omit<
    ManagerOptions & SocketOptions,
    'ackTimeout' | 'auth' | 'autoConnect' | 'forceNew' | 'multiplex' | 'reconnection' | 'retries'
  >
>;

/** What a `load` is told. */
export interface LoadContext {
  /** Aborts when the rows are no longer wanted. */
  readonly signal: AbortSignal;
}

/** Where the rows of a collection come from; with the parameters of its room, where it belongs to one. */
export interface CollectionOptions<Row, Params = undefined> {
  /**
   * Brings all rows, by HTTP or by a request. Called when the room is joined, or the client connected, and somebody
   * watches, and again after a reconnect, unless all events of the collection are durable and none was missed for good.
   * What events tell meanwhile is not lost.
   */
  readonly load?:
    | ((
        ...args: Params extends undefined ? [context: LoadContext] : [params: Params, context: LoadContext]
      ) => Awaitable<readonly Row[] | Result<readonly Row[]>>)
    | undefined;
}

/** By projection: where its rows come from. */
export interface ProjectionsOptions {
  readonly [name: string]: { readonly load?: ((...args: never[]) => unknown) | undefined } | undefined;
}

/** What every generated client can be told. */
export interface ClientOptions {
  /** Origin of the server, such as `https://api.example.com`; the contract tells the namespace. Default: the page's. */
  readonly url?: string | undefined;
  /** Called before every connect, with the reason; returns what the handshake carries. Rejecting means: try later. */
  readonly auth?: ((context: AuthContext) => Awaitable<object>) | undefined;
  /**
   * Options for Socket.IO's client, such as `path`, `query` or `transports` (default: WebSocket alone). Connecting and
   * reconnecting stay with this client.
   */
  readonly socket?: TransportOptions | undefined;
  /**
   * Shares one low-level connection with other namespaces. Make it with `autoConnect: false`, and give one manager to
   * at most one client of a namespace. Default: a connection of the client's own.
   */
  readonly manager?: Manager | undefined;
  /** Makes the socket instead of Socket.IO's `io`; for tests. */
  readonly io?: SocketFactory | undefined;
  /**
   * - `inbound` (default): a payload from the server that does not match the contract is dropped and reported. An
   *   outgoing one is converted to its wire form, and refused where that is impossible; other mistakes in it are left
   *   to the server.
   * - `both`: the wire form of an outgoing payload is checked in full as well.
   * - `off`: payloads are converted, but one that the validator refuses passes as it is, in either direction.
   */
  readonly validate?: ValidateMode | undefined;
  /** Told of every payload that does not match the contract, also where a request's result tells of it. */
  readonly onInvalid?: ((report: InvalidPayload) => void) | undefined;
  /** Told of what listeners, subscribers and answering handlers throw. Default: reported as uncaught. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** From the last release of a lease to closing or leaving, in milliseconds. Default: 1,000. */
  readonly lingerMs?: number | undefined;
  /** Time for `auth`, transport and handshake together, in milliseconds. Default: 20,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How many events and requests may wait to be sent; further ones are refused with UNAVAILABLE. Default: 100. */
  readonly queueLimit?: number | undefined;
  readonly backoff?: BackoffOptions | undefined;
  /**
   * Keeps how far each room's log was followed, so that a page which is loaded again goes on from there. A cursor is
   * stored after the handlers of its entry have run, at the latest half a second later. Made by `webStorageCursors`, or
   * by `storedCursors` of a storage of your own. Default: this client's memory.
   */
  readonly cursors?: CursorKeeper | undefined;
  /**
   * Keeps commands that take effect `once` until they are answered, so that a page which is loaded again sends them on;
   * one that fails then is told to `onError`. Made by `webStorageOutbox`, or by `storedOutbox` of a storage of your own.
   * Default: this client's memory.
   */
  readonly outbox?: OutboxKeeper | undefined;
  /** How the contract's projections are filled; generated options tell which there are. */
  readonly projections?: ProjectionsOptions | undefined;
  /** When changes of projections are announced; for tests. Default: with the next frame of the page. */
  readonly frame?: Scheduler | undefined;
  /** Time and chance; for tests. Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Runs what opens the connection; for bindings, whose frameworks watch what runs. Default: nothing around it. */
  readonly around?: ((open: () => void) => void) | undefined;
}
