/**
 * Connects the runtime to Socket.IO: one middleware that checks the handshake, and one `connection` listener that
 * registers all other listeners in the same tick, because a listener added after an `await` misses early events.
 *
 * @module attach
 */
import { control } from '@sockeye/contract/wire';
import type { Socket } from 'socket.io';
import { batchVolatile, watchBackpressure, type BackpressureListener } from './backpressure.ts';
import { createBatcher } from './batches.ts';
import { heedEvictions } from './durable/evict.ts';
import { syncListener } from './durable/follow.ts';
import { serveDurable } from './durable/serve.ts';
import { watchExpiry } from './expiry.ts';
import { judgeHandshake, type ConnectErrorBody, type Handshaken } from './handshake.ts';
import type { IdentifiedSocket } from './handler-context.ts';
import { openIntake } from './intake.ts';
import type { Observation } from './options.ts';
import { abandon, listenerFor, runHook, strayListener, welcome } from './receive.ts';
import { sharePeerForms } from './peer-forms.ts';
import { servePresence } from './presence/serve.ts';
import { logError, logWarning, observe } from './report.ts';
import { bindSession, sessionOf, type Runtime } from './runtime.ts';
import { createSession, type Session } from './session.ts';
import { versionRooms } from './version-rooms.ts';

/** Starts serving a contract on its namespace. */
export function attach(runtime: Runtime): void {
  const listeners = [...runtime.routes.values()].map(
    (route) => [route.event, listenerFor(runtime, route)] as const,
  );
  const stray = runtime.options.answerUnknown ? strayListener(runtime) : undefined;
  const slowReaders = listenerOfSlowReaders(runtime);
  const batcher = createBatcher(runtime.table, runtime.options.volatileTickMs);
  runtime.durable = serveDurable(runtime);
  heedEvictions(runtime);
  sharePeerForms(runtime);
  runtime.namespace.use((socket, next) => {
    const startedAt = runtime.options.now();
    const { turn } = runtime.withdrawals;
    judgeHandshake(runtime, socket)
      .then((handshaken) => {
        report(runtime, 'connect', handshakeSeen(socket, handshaken, runtime.options.now() - startedAt));
        const { result, client } = handshaken;
        if (!result.ok) return next(connectError(result.error));
        const { identity, expiresAt } = result;
        const identified = socket as IdentifiedSocket<unknown>;
        bindSession(
          createSession({ runtime, socket: identified, identity, expiresAt, client: client!, turn }),
        );
        return next();
      })
      .catch((error: unknown) =>
        logError(runtime.options, { err: error }, 'a middleware added after the contract failed'),
      );
  });
  runtime.namespace.on('connection', (socket) => {
    const session = sessionOf(runtime, socket);
    // Recovered by Socket.IO without middleware, so not authenticated, or accepted after the server closed.
    if (session === undefined || runtime.closing) return void socket.disconnect();
    for (const [event, listener] of listeners) socket.on(event, listener);
    if (runtime.durable !== undefined) socket.on(control.sync, syncListener(session));
    openIntake(socket, stray);
    const rooms = versionRooms(session);
    if (rooms.length > 0) void socket.join([...rooms]);
    watchBackpressure(socket, runtime.options.backpressure, slowReaders);
    if (batcher !== undefined) batchVolatile(socket, batcher);
    accept(session);
  });
  runtime.presence = servePresence(runtime);
}

function accept(session: Session): void {
  const { runtime, socket } = session;
  const stopWatching = watchExpiry(session, runtime.options.expiryGraceMs);
  const closed = runtime.clients.opened(session.client);
  socket.on('disconnecting', (reason) => runHook(session, 'disconnecting', reason));
  socket.on('disconnect', (reason) => {
    stopWatching();
    closed();
    abandon(session);
    runHook(session, 'disconnect', reason);
    report(runtime, 'disconnect', {
      outcome: 'ok',
      durationMs: 0,
      socketId: socket.id,
      identity: session.identity,
    });
  });
  void welcome(session);
}

/** Reports slow clients as `lagging`; a client that lost events is told to reload its state. */
function listenerOfSlowReaders(runtime: Runtime): BackpressureListener {
  const seen = (socket: Socket, outcome: string): void => {
    if (runtime.options.observe === undefined) return;
    const seenOf = { outcome, durationMs: 0, socketId: socket.id };
    observe(runtime.options, { event: 'lagging', direction: 'out', ...seenOf });
  };
  return {
    onLagging: (socket, lagging, action) => {
      seen(socket, action === 'close' ? 'LAGGING_CLOSED' : 'LAGGING_DROPPED');
      const message =
        action === 'close'
          ? 'the connection of a slow client was closed'
          : 'events for a slow client are dropped';
      logWarning(runtime.options, { ...lagging, reason: 'lagging' }, message);
    },
    onRecovered: (socket, dropped) => {
      seen(socket, 'ok');
      if (sessionOf(runtime, socket)?.client.stamp !== undefined) socket.emit(control.lagging, { dropped });
    },
  };
}

function handshakeSeen(socket: Socket, { result, client }: Handshaken, durationMs: number): Seen {
  const seen = { durationMs, socketId: socket.id, ...(client && { contract: client }) };
  return result.ok
    ? { outcome: 'ok', identity: result.identity, ...seen }
    : { outcome: result.error.code, ...seen };
}

type Seen = Omit<Observation, 'event' | 'direction'>;

function report(runtime: Runtime, event: string, seen: Seen): void {
  if (runtime.options.observe !== undefined) observe(runtime.options, { event, direction: 'in', ...seen });
}

/** Socket.IO shows the client an error's message and `data`. */
function connectError(body: ConnectErrorBody): Error {
  return Object.assign(new Error(body.message), { data: body });
}
