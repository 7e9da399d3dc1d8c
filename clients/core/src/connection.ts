/**
 * The state machine of one connection. Socket.IO's own reconnection is off: every attempt, however the previous one
 * ended, takes the same steps: wait, call `auth`, connect. So a refused handshake, a disconnect by the server, a lost
 * transport and a rejected `auth` need no special rules.
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

/** A connection, for the other parts of a client. */
export interface Link {
  readonly store: Store<Connection>;
  readonly take: () => Lease;
  readonly up: () => boolean;
  /** Whether the first attempt is in progress. */
  readonly pending: () => boolean;
  /** Number of the current connection; undefined while disconnected. */
  readonly session: () => number | undefined;
  /** Passes an event to the transport. False if disconnected. Throws what Socket.IO's encoder throws. */
  readonly send: (volatile: boolean, event: string, args: readonly unknown[]) => boolean;
  /** Counts a dropped payload. */
  readonly count: () => void;
  /** Sets the number of queued events and requests. */
  readonly queue: (count: number) => void;
  /** The server answered a call with TOKEN_EXPIRED: reconnects with a fresh token. */
  readonly expire: (why: ErrorBody) => void;
  /** The server shuts down: reconnects after this time, in milliseconds. */
  readonly drain: (retryAfterMs: number) => void;
  readonly reconnect: () => void;
  readonly close: () => void;
}

/** What a connection needs from the other parts. */
export interface LinkEvents {
  readonly onUp: () => void;
  /** Also called for a failed attempt. */
  readonly onDown: () => void;
  readonly onEvent: (event: string, ...args: unknown[]) => void;
  /** Returns more data for the stamp of the handshake. */
  readonly greeting?: (() => Awaitable<object>) | undefined;
  /** Whether something that was sent is not answered yet. */
  readonly busy: () => boolean;
}

/** After a connection that lasted this long, in milliseconds, the backoff starts again from its minimum. */
const stableMs = 5_000;

/** Creates the connection of one client. It does nothing until its first lease. */
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
  /** Socket.IO found the heartbeat overdue: a disconnect follows. */
  let stale = false;
  /** Whether there was a connection since the first lease. */
  let stood = false;
  let session = 0;
  /** The server refused the previous token as expired. */
  let expired = false;
  let asking: AbortController | undefined;
  /** Data of the handshake in progress. */
  let credentials: object | undefined;
  /** When to reconnect to a server that shuts down. */
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

  /** @param retryInMs Time until the next attempt. */
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

  /** Cancels the attempt, the wait or the connection. */
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

  /** @param why Why the previous attempt failed. */
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
      // An active socket was not refused: the server is unreachable. A namespace may exist after a restart.
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

  /** Handles the end of an attempt or a connection. */
  function end(why: ErrorBody): void {
    const { code } = why;
    const refresh = code === 'TOKEN_EXPIRED' && !expired;
    const lost = up;
    halt();
    // Calls that wait for the first connection keep waiting while a fresh token is fetched.
    if (lost || !refresh) onDown();
    if (refresh) {
      expired = true;
      return attempt(lost ? why : error);
    }
    if (code === 'CONTRACT_MISMATCH') return enter('incompatible', why);
    // An internal error of the server does not concern the token.
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

  /** Disconnects from a server that shuts down, once everything sent is answered. */
  function depart(): void {
    if (busy()) cancelTimer = clock.after(100, depart);
    else fail('UNAVAILABLE');
  }

  /** Checks the connection when the page becomes active again. */
  function wake(): void {
    if (up) {
      // Closes the engine if the server's heartbeat is overdue.
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
      // Prevents an endless loop with a server that refuses a token that it just accepted.
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
      // The old connection must not send anything more.
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
