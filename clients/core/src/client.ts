import { control, type ContractTable, type ErrorBody, type Result } from '@sockeye/contract/wire';
import { backoffDelay } from './backoff.ts';
import { createBoundary } from './boundary.ts';
import { createCalls, type Calls } from './calls.ts';
import { systemClock } from './clock.ts';
import { createLink, type Link } from './connection.ts';
import type { Logs } from './durable/logs.ts';
import { errorOf } from './errors.ts';
import { createEventHub, type Listen } from './event-hub.ts';
import type { ClientFeatures } from './features.ts';
import { createInbound } from './inbound.ts';
import type { ClientOptions } from './options.ts';
import { isRecord, own } from './record.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import type { Runtime } from './runtime.ts';
import { settle } from './subscribers.ts';
import type { ClientBase, CloseOptions, EmitOptions, RequestOptions } from './surface.ts';

/** A client by event names. Generated code adds the types. */
export interface UntypedClient extends ClientBase {
  readonly on: Listen;
  /** Only with the feature `answers`. */
  readonly answer: Listen;
  readonly emit: (event: string, payload?: unknown, options?: EmitOptions) => boolean;
  readonly request: (event: string, payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;
  /** The room of that name with these parameters. Only with the feature `rooms`. */
  readonly room: (room: string, params: object) => Room['handle'];
  /** The client's own projections, by name. */
  readonly stores: Readonly<Record<string, object>>;
}

/** Creates a client of the table's contract. It does nothing until its first lease. */
export function createClient(
  table: ContractTable,
  features: ClientFeatures,
  options: ClientOptions,
): UntypedClient {
  const report = (error: unknown): void => {
    settle(() => (options.onError ?? reportUncaught)(error), reportUncaught);
  };
  let closed = false;
  const { clock = systemClock, lingerMs = 1_000, backoff = {} } = options;
  const runtime: Runtime = {
    table,
    options,
    features,
    clock,
    lingerMs,
    backoff: (failures) => backoffDelay(failures, backoff, clock),
    report,
    boundary: createBoundary(options, report, () => link.count()),
    relay: (event, wire) => receive(event, wire),
  };
  const hub = createEventHub(report);
  const projections = features.projections?.(runtime, {});
  const answers = features.answers?.(runtime);
  // Rooms, calls and logs use each other, but only once connected.
  const logs: Logs | undefined = features.durable?.(runtime, {
    tell: (...args) => calls.tell(...args),
    started: (kind, name, recovered) => {
      findRoom(name)?.started(recovered);
      projections?.started(kind, recovered);
    },
    changed: (name) => findRoom(name)?.show(),
    refused: revoke,
  });
  const link: Link = createLink(runtime, {
    greeting: logs?.greeting,
    onUp: () => {
      rooms?.up();
      calls.flush();
      projections?.up();
    },
    onDown: () => {
      logs?.down();
      calls.drop();
      rooms?.down();
      projections?.down();
    },
    onEvent: (event, ...args) => {
      if (event === control.batch) return readBatch?.(args);
      const handle = own(controls, event);
      if (!handle) receive(event, ...args);
      else if (link.up() && isRecord(args[0])) handle(args[0]);
    },
    busy: () => calls.flying(),
  });
  const calls: Calls = createCalls(runtime, link, {
    busy: (name) => !!rooms?.busy(name),
    joined: (name) => !!rooms?.joined(name),
  });
  const rooms: Rooms | undefined = features.rooms?.({ runtime, link, calls, logs });
  const receive = createInbound(runtime, {
    hub,
    followers: projections?.hub,
    answers,
    logs,
    room: findRoom,
    session: link.session,
  });
  const readBatch = features.batches?.(runtime, receive, link.up);
  /** Handlers of control events. */
  const controls: Readonly<Record<string, (told: Readonly<Record<string, unknown>>) => void>> = {
    [control.log]: (told) => logs?.start(told),
    [control.presence]: (told) => {
      if (typeof told.room !== 'string') return;
      findRoom(told.room)?.followers?.call(control.presence, told, { room: told.room, replayed: false });
    },
    [control.revoked]: ({ room, code }) => {
      if (typeof room === 'string') revoke(room, errorOf(typeof code === 'string' ? code : 'FORBIDDEN'));
    },
    [control.lagging]: () => {
      rooms?.reload();
      projections?.up(true);
    },
    [control.draining]: ({ retryAfterMs }) => {
      if (typeof retryAfterMs === 'number') link.drain(retryAfterMs);
    },
  };

  function revoke(name: string, error: ErrorBody): void {
    logs?.forget(name);
    findRoom(name)?.revoke(error);
  }

  function findRoom(name: string): Room | undefined {
    return rooms?.find(name);
  }

  function close({ forget = false }: CloseOptions = {}): void {
    if (closed) return;
    closed = true;
    link.close();
    calls.drop(true);
    rooms?.close();
    projections?.close();
    hub.clear();
    answers?.clear();
    logs?.close(forget);
  }

  return {
    connection: link.store,
    connect: link.take,
    reconnect: link.reconnect,
    close,
    [Symbol.dispose]: close,
    on: (...args) => (closed ? () => undefined : hub.on(...args)),
    ...(answers && { answer: answers.answer }),
    emit: calls.emit,
    request: calls.request,
    room: (room, params) => rooms!.open(room, params).handle,
    stores: projections?.stores ?? {},
  } as UntypedClient;
}

/** Reports an error as uncaught, as an error in an event handler of the page is. */
function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else {
    queueMicrotask(() => {
      throw error;
    });
  }
}
