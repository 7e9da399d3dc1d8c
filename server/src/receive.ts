import { errorBody, failure, INVALID, roomName } from '@sockeye/contract/wire';
import { createCall, createScope, isThenable, type Call } from './call.ts';
import { abort, contextOf } from './context.ts';
import { revoke } from './durable/evict.ts';
import { handshakeCursor } from './durable/follow.ts';
import type { Follower } from './durable/follower.ts';
import { invoke } from './invoke.ts';
import { routeListener, type SharedListener } from './intake.ts';
import type { Awaitable } from './options.ts';
import { advance, turnAway } from './pipeline.ts';
import { logError, observe } from './report.ts';
import type { Route } from './route.ts';
import { sessionOf, type Runtime } from './runtime.ts';
import type { Session } from './session.ts';
import { validate } from './validate.ts';

/** How many events a connection may send before `onConnect` has finished; further ones end with UNAVAILABLE. */
const maxWaiting = 256;

/** The listener of one event of the contract. */
export function listenerFor(runtime: Runtime, route: Route): SharedListener {
  const isPlain = isPlainWay(runtime, route);
  const handlerAt = route.steps.indexOf(invoke);
  return routeListener((socket, data, ack) => {
    const session = sessionOf(runtime, socket);
    if (session === undefined || !socket.connected) return;
    const call = createCall(session, route, ack);
    if (session.waiting === undefined) {
      const payload = isPlain ? plainPayload(call, data) : INVALID;
      return payload === INVALID ? advance(call, data) : advance(call, payload, handlerAt);
    }
    if (session.waiting.length < maxWaiting) session.waiting.push({ call, data });
    else turnAway(call, 'UNAVAILABLE');
  });
}

/** The payload of an event that has nothing to do before its handler; INVALID where its steps have something to say. */
function plainPayload({ runtime, session, route }: Call, data: readonly unknown[]): unknown {
  if (data.length !== 2 || runtime.closing || session.expired) return INVALID;
  try {
    return route.entry.payload!.decode(data[1]);
  } catch {
    return INVALID;
  }
}

/** Whether an event's payload is bounded by its schema, and all that comes before the handler is to decode it. */
function isPlainWay({ options }: Runtime, { entry, steps }: Route): boolean {
  const { payload, args, versions } = entry;
  if (payload?.closed === undefined || payload.closed > options.bounds.items) return false;
  return (
    args === undefined &&
    versions === undefined &&
    steps.indexOf(invoke) === steps.indexOf(validate) + 1 &&
    entry.limit === undefined
  );
}

/** The listener for events without a listener: an ack is answered with UNKNOWN_EVENT. */
export function strayListener(runtime: Runtime): SharedListener {
  return function stray(...args) {
    const event = args[0];
    if (runtime.routes.has(event as string) || this.listenerCount(event as string) > 0) return;
    const ack = args.length > 1 ? args[args.length - 1] : undefined;
    if (typeof ack === 'function') (ack as (answer: unknown) => void)(failure(errorBody('UNKNOWN_EVENT')));
    if (runtime.options.observe === undefined) return;
    observe(runtime.options, {
      event: String(event).slice(0, 100),
      direction: 'in',
      outcome: 'UNKNOWN_EVENT',
      durationMs: 0,
      socketId: this.id,
    });
  };
}

/** Joins the socket to its automatic rooms, runs `onConnect`, then handles its events. Never rejects. */
export async function welcome(session: Session): Promise<void> {
  const { runtime } = session;
  const { onConnect, timeoutMs } = runtime.options;
  let followers: readonly Follower[] = [];
  try {
    const own = autoRooms(runtime, session.identity);
    followers = own.flatMap((name) => runtime.durable?.hold(session, name) ?? []);
    for (const name of own) await enterOwn(session, name);
    // It may have ended meanwhile; `connect` must not be observed after its end.
    if (onConnect !== undefined && session.socket.connected)
      await within(timeoutMs, onConnect(hookContext(session, 'connect'), ''));
    for (const follower of followers) {
      const { room } = follower;
      if (session.socket.rooms.has(room)) runtime.durable?.begin(follower, handshakeCursor(session, room));
      else runtime.durable?.release(follower);
    }
  } catch (error) {
    logError(
      runtime.options,
      { socketId: session.socket.id, err: error },
      'a new connection could not be set up and was closed',
    );
    session.socket.disconnect();
    for (const follower of followers) runtime.durable?.release(follower);
    return;
  }
  const waiting = session.waiting ?? [];
  session.waiting = undefined;
  for (const { call, data } of waiting) advance(call, data);
}

/** Joins a connection to an automatic room, unless it was evicted from it since its handshake began. */
async function enterOwn(session: Session, room: string): Promise<void> {
  if (isPutOut(session, room)) return revoke(session, room, 'FORBIDDEN');
  await session.socket.join(room);
  // An adapter may need time, and evictions do not find the connection in the room before.
  if (isPutOut(session, room) && session.socket.rooms.has(room)) revoke(session, room, 'FORBIDDEN');
}

function isPutOut({ runtime: { withdrawals }, turn, identity }: Session, room: string): boolean {
  if (withdrawals.turn === turn) return false;
  const withdrawn = withdrawals.since(turn, { room, identity });
  if (withdrawn === 'forgotten') throw new Error('too many evictions since the handshake began');
  return withdrawn === 'meant';
}

function autoRooms(runtime: Runtime, identity: unknown): readonly string[] {
  return Object.entries(runtime.table.rooms).flatMap(([room, { auto, params }]) => {
    if (auto === undefined) return [];
    const values = Object.fromEntries(
      params.map((key) => [key, (identity as Record<string, unknown>)[auto[key]!]]),
    );
    return [roomName(room, params, values)];
  });
}

/** Ends everything that waits for a closed connection. */
export function abandon(session: Session): void {
  for (const scope of session.signals) abort(scope, 'DISCONNECTED');
  for (const give of session.abandon) give();
  session.waiting = undefined;
}

/** Runs a hook; errors are logged. */
export function runHook(session: Session, event: 'disconnecting' | 'disconnect', reason: string): void {
  const { runtime } = session;
  const hook = event === 'disconnect' ? runtime.options.onDisconnect : runtime.options.onDisconnecting;
  if (hook === undefined) return;
  const broken = (error: unknown): void => {
    logError(runtime.options, { socketId: session.socket.id, err: error }, `the hook for "${event}" failed`);
  };
  try {
    const result = hook(hookContext(session, event), reason);
    if (isThenable(result)) result.then(undefined, broken);
  } catch (error) {
    broken(error);
  }
}

function hookContext(session: Session, event: string): object {
  return contextOf(createScope(session, event));
}

async function within(timeoutMs: number, work: Awaitable<unknown>): Promise<void> {
  if (!isThenable(work)) return;
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`onConnect took more than ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
