import type { ContractTable, Result } from '@sockeye/contract/wire';
import { createBoundary } from './boundary.ts';
import { createCalls, type Calls } from './calls.ts';
import { systemClock } from './clock.ts';
import { createLink, type Link } from './connection.ts';
import { createEventHub, type Listen } from './event-hub.ts';
import { createInbound } from './inbound.ts';
import type { ClientOptions } from './options.ts';
import { createProjections } from './projections/projection.ts';
import type { Room } from './room.ts';
import { createRooms, type Rooms } from './rooms.ts';
import type { Runtime } from './runtime.ts';
import { settle } from './subscribers.ts';
import type { ClientBase, EmitOptions, RequestOptions } from './surface.ts';

/** A client by event names alone; generated code adds the types. */
export interface UntypedClient extends ClientBase {
  readonly on: Listen;
  readonly answer: Listen;
  readonly emit: (event: string, payload?: unknown, options?: EmitOptions) => boolean;
  readonly request: (event: string, payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;
  /** The room of that name with these parameters. */
  readonly room: (room: string, params: object) => Room['handle'];
  /** The client's own projections, by name. */
  readonly stores: Readonly<Record<string, object>>;
}

/** Makes a client of the contract that the table describes; inert until its first lease. */
export function createClient(table: ContractTable, options: ClientOptions): UntypedClient {
  const report = (error: unknown): void => {
    if (options.onError) settle(() => options.onError!(error), reportUncaught);
    else reportUncaught(error);
  };
  let closed = false;
  const runtime: Runtime = {
    table,
    options,
    clock: options.clock ?? systemClock,
    lingerMs: options.lingerMs ?? 1_000,
    report,
    boundary: createBoundary(options, report, (direction) => {
      if (direction === 'inbound') link.note({ invalid: link.store.getSnapshot().invalid + 1 });
    }),
  };
  const hub = createEventHub(report);
  const projections = createProjections(runtime, {});
  const link: Link = createLink(runtime, {
    onUp: () => {
      rooms.up();
      calls.flush();
      projections.up();
    },
    onDown: () => {
      calls.drop();
      rooms.down();
      projections.down();
    },
    onEvent: (...args) => inbound.receive(...args),
  });
  // Each of the two asks the other only once a connection stands.
  const calls: Calls = createCalls(runtime, link, {
    busy: (name) => rooms.busy(name),
    joined: (name) => rooms.joined(name),
  });
  const rooms: Rooms = createRooms(runtime, link, calls);
  const inbound = createInbound(runtime, {
    hub,
    followers: projections.hub,
    room: rooms.find,
    session: () => (link.up() ? link.session() : undefined),
  });

  function close(): void {
    if (closed) return;
    closed = true;
    link.close();
    calls.drop(true);
    rooms.close();
    projections.close();
    hub.clear();
    inbound.clear();
  }

  return {
    connection: link.store,
    connect: link.take,
    reconnect: link.reconnect,
    close,
    [Symbol.dispose]: close,
    on: (...args) => (closed ? () => undefined : hub.on(...args)),
    answer: inbound.answer,
    emit: calls.emit,
    request: calls.request,
    room: (room, params) => rooms.open(room, params).handle,
    stores: projections.stores,
  };
}

/** Where nobody takes an error, it is as visible as one in an event handler of the page. */
function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error);
  else {
    queueMicrotask(() => {
      throw error;
    });
  }
}
