/**
 * The state machine of one connection. Socket.IO is told to try once and never again; every further attempt, whatever
 * ended the one before, takes the same way: wait, ask `auth`, connect. So a refused handshake, a disconnect by the
 * server, a lost transport and a rejecting `auth` need no rules of their own.
 *
 * @module connection
 */
import { success, type ErrorBody, type ErrorExtras } from '@sockeye/contract/wire';
import { bodyOf, errorOf } from './errors.ts';
import { createLeases, type Lease } from './lease.ts';
import { readError } from './reply.ts';
import type { Runtime } from './runtime.ts';
import { createSocket, type SocketEngine, type SocketLike } from './socket.ts';
import { createStore, type Store } from './store.ts';
import type { Awaitable, Connection, ConnectionPhase, ContractMismatch } from './surface.ts';
import { onWake } from './wake.ts';

/** A connection as the other parts of a client see it. */
export interface Link {
  readonly store: Store<Connection>;
  readonly take: () => Lease;
  readonly up: () => boolean;
  /** The first attempt is under way. */
  readonly pending: () => boolean;
  /** Tells one connection from the next; undefined while there is none. */
  readonly session: () => number | undefined;
  /** Hands an event to the transport. False: there is none. Throws what Socket.IO's encoder throws. */
  readonly send: (volatile: boolean, event: string, args: readonly unknown[]) => boolean;
  /** A payload of the server's was dropped. */
  readonly count: () => void;
  /** How many events and requests wait to be sent. */
  readonly queue: (count: number) => void;
  /** The server has answered a call with TOKEN_EXPIRED: connects anew with a fresh token. */
  readonly expire: (why: ErrorBody) => void;
  /** The server stops, and wants this client back after so many milliseconds. */
  readonly drain: (retryAfterMs: number) => void;
  readonly reconnect: () => void;
  readonly close: () => void;
}

/** What a connection tells the other parts. */
export interface LinkEvents {
  readonly onUp: () => void;
  /** Also called for an attempt that failed, and for a connection that was never up. */
  readonly onDown: () => void;
  readonly onEvent: (event: string, ...args: unknown[]) => void;
  /** What the stamp of the handshake carries beside the contract. */
  readonly greeting?: (() => Awaitable<object>) | undefined;
  /** Something was sent that is not answered yet. */
  readonly busy: () => boolean;
}

/** A connection that lasted this long, in milliseconds, has not failed: the next backoff starts anew. */
const stableMs = 5_000;

/** Makes the connection of one client; it does nothing until its first lease. */
export function createLink(runtime: Runtime, { onUp, onDown, onEvent, greeting, busy }: LinkEvents): Link {
  const { table, options, features, clock, report, boundary } = runtime;
  const { namespace: _, ...stamp } = table.contract;
  let phase: ConnectionPhase = 'idle';
  let since = 0;
  let error: ErrorBody | undefined;
  let retryAt: number | undefined;
  let invalid = 0;
  let queued = 0;
  let attempts = 0;
  const { store, change } = createStore<Connection>(
    () => ({
      phase,
      attempt: phase === 'connected' || phase === 'idle' || phase === 'closed' ? 0 : attempts,
      since,
      ...(retryAt !== undefined && { retryAt }),
      ...(error && { error }),
      ...(phase === 'incompatible' && { mismatch: error?.details as ContractMismatch }),
      invalid,
      queued,
    }),
    { report },
  );
  let socket: SocketLike | undefined;
  let up = false;
  /** Socket.IO has found the heartbeat overdue: the disconnect follows. */
  let stale = false;
  /** Whether there was a connection since the lease was opened. */
  let stood = false;
  let session = 0;
  /** The server has refused the previous token as expired. */
  let expired = false;
  let asking: AbortController | undefined;
  /** What the handshake under way carries. */
  let credentials: object | undefined;
  /** When a server that stops wants this client back. */
  let returnAt: number | undefined;
  let cancelTimer = (): void => undefined;
  let unwatch = (): void => undefined;

  const leases = createLeases(
    runtime,
    () => {
      unwatch = onWake(wake);
      stood = false;
      restart();
    },
    () => stop('idle'),
  );

  /** @param retryInMs How long the next attempt is waited for. */
  function enter(next: ConnectionPhase, why?: ErrorBody, retryInMs?: number): void {
    const now = clock.now();
    if (phase !== next) since = now;
    phase = next;
    error = why;
    retryAt = retryInMs === undefined ? undefined : now + retryInMs;
    change();
  }

  function isUp(): boolean {
    return up && !stale;
  }

  function stable(): boolean {
    return up && clock.now() - since >= stableMs;
  }

  /** Undoes whatever is under way: attempt, wait or connection. */
  function halt(): void {
    if (stable()) attempts = 0;
    up = false;
    cancelTimer();
    asking?.abort();
    asking = credentials = undefined;
    socket?.disconnect();
  }

  function stop(next: ConnectionPhase): void {
    halt();
    onDown();
    unwatch();
    enter(next);
  }

  function restart(): void {
    halt();
    attempts = 0;
    expired = false;
    attempt();
  }

  /** @param why Why the attempt before failed. */
  function attempt(why?: ErrorBody): void {
    const { signal } = (asking = new AbortController());
    attempts++;
    enter(stood ? 'reconnecting' : 'connecting', why);
    cancelTimer = clock.after(options.connectTimeoutMs ?? 20_000, () => fail('TIMEOUT'));
    const reason = expired ? 'expired' : stood ? 'reconnect' : 'connect';
    Promise.all([(async () => options.auth?.({ reason, signal, attempt: attempts }))(), greeting?.()])
      .then(([data, greets]) => {
        if (signal.aborted) return;
        const wire = table.auth ? boundary.encode('auth', table.auth, data) : success(data);
        if (!wire.ok) return fail('INVALID_PAYLOAD', { issues: wire.error });
        const takes = features.batches && { batches: true };
        credentials = { ...(wire.data as object), sockeye: { ...stamp, ...takes, ...greets } };
        const connect = (): void => void (socket ??= open()).connect();
        if (options.around) options.around(connect);
        else connect();
      })
      .catch((thrown: unknown) => {
        if (!signal.aborted) end(bodyOf(thrown) ?? errorOf('UNAVAILABLE', { message: String(thrown) }));
      });
  }

  function open(): SocketLike {
    const made = createSocket(options, table, (answer) => credentials && answer(credentials));
    made.on('connect', () => {
      cancelTimer();
      asking = credentials = returnAt = undefined;
      session++;
      up = stood = true;
      stale = expired = false;
      enter('connected');
      onUp();
    });
    made.on('disconnect', (reason: string) => {
      if (up) fail('DISCONNECTED', { message: reason });
    });
    made.on('connect_error', ({ message, data }: Error & { data?: Partial<ContractMismatch> }) => {
      if (!credentials) return;
      // An active socket was not refused: the server was not reached. A namespace may be there after a restart.
      const code = made.active || message === 'Invalid namespace' ? 'UNAVAILABLE' : 'UNAUTHENTICATED';
      const why = readError(data, table) ?? errorOf(code, { message });
      const { server, reload } = Object(data) as Partial<ContractMismatch>;
      const mismatch = why.code === 'CONTRACT_MISMATCH';
      end(mismatch ? { ...why, details: { client: stamp, server, reload: reload === true } } : why);
    });
    made.onAny(onEvent);
    return made;
  }

  function fail(code: string, extras?: ErrorExtras): void {
    end(errorOf(code, extras));
  }

  /** An attempt or a connection has ended. */
  function end(why: ErrorBody): void {
    const { code } = why;
    const refresh = code === 'TOKEN_EXPIRED' && !expired;
    const lost = up;
    halt();
    // What waits for the first connection waits on while a fresh token is fetched.
    if (lost || !refresh) onDown();
    if (refresh) {
      expired = true;
      return attempt(lost ? why : error);
    }
    if (code === 'CONTRACT_MISMATCH') return enter('incompatible', why);
    // A server's own trouble says nothing about the token.
    if (code === 'TOKEN_EXPIRED' || !(why.retryable || code === 'INTERNAL')) {
      return enter('unauthorized', why);
    }
    const delay =
      returnAt === undefined
        ? runtime.backoff(attempts) + (why.retryAfterMs ?? 0)
        : Math.max(0, returnAt - clock.now());
    returnAt = undefined;
    enter(stood ? 'reconnecting' : 'connecting', why, delay);
    cancelTimer = clock.after(delay, () => attempt(why));
  }

  /** Leaves a server that stops, once what was sent is answered. */
  function depart(): void {
    if (busy()) cancelTimer = clock.after(100, depart);
    else fail('UNAVAILABLE');
  }

  /** Looks after the connection when the page has come back to life. */
  function wake(): void {
    if (up) {
      // Closes the engine when the server's heartbeat is overdue.
      (socket as SocketEngine | undefined)?.io?.engine?._hasPingExpired?.();
    } else if (retryAt !== undefined) {
      cancelTimer();
      attempt(error);
    }
  }

  return {
    store,
    take: () => {
      const share = leases.take();
      if (phase === 'unauthorized' || phase === 'incompatible') restart();
      return share;
    },
    up: isUp,
    pending: () => phase === 'connecting' && !error,
    session: () => (isUp() ? session : undefined),
    send: (volatile, event, args) => {
      if (!isUp() || !socket) return false;
      (volatile ? socket.volatile : socket).emit(event, ...args);
      stale = socket.sendBuffer.length > 0;
      socket.sendBuffer = [];
      return !stale;
    },
    count: () => {
      invalid++;
      change();
    },
    queue: (count) => {
      if (queued === count) return;
      queued = count;
      change();
    },
    expire: (why) => {
      // A server that refuses a token it has just taken would be asked for ever.
      if (stable()) end(why);
    },
    drain: (retryAfterMs) => {
      if (!up) return;
      returnAt = clock.now() + retryAfterMs;
      cancelTimer();
      cancelTimer = clock.after(retryAfterMs, depart);
    },
    reconnect: () => {
      if (!leases.open()) return;
      // Nothing is sent any more by the connection that ends here.
      halt();
      onDown();
      restart();
    },
    close: () => {
      leases.end();
      stop('closed');
      socket?.off?.();
      socket?.offAny?.();
    },
  };
}
