/**
 * A server for tests of components and services. It runs in the page, serves the contract of the client that uses it,
 * and checks both directions with that client's validators.
 *
 * @module testing
 */
import {
  ContractError,
  control,
  errorBody,
  failure,
  INVALID,
  roomName,
  success,
  type ContractTable,
  type ErrorBody,
  type EventEntry,
  type Issue,
  type Result,
  type Validator,
} from '@sockeye/contract/wire';
import { createFakeSocket, type FakeSocket, type Reply, type Sent } from './fake-socket.ts';
import { own } from './record.ts';
import type { SocketFactory } from './socket.ts';

/** The second argument of a handler. */
export interface FakeContext {
  /** Creates a failure to return: `return fail('BOARD_FULL', { limit: 100 })`. */
  readonly fail: (code: string, details?: unknown, message?: string) => ContractError;
}

/**
 * Handlers by event, with payloads and answers in application form. If a handler throws, the call ends with INTERNAL,
 * or with the code of a `ContractError`.
 */
export type FakeHandlers = Readonly<Record<string, (payload: never, context: FakeContext) => unknown>>;

/** An event that a client sent. */
export interface ReceivedEvent {
  readonly event: string;
  /** In application form; undefined if the event has none. */
  readonly payload: unknown;
}

/** A server in the page. `Events`: the generated payloads of server events, such as `BoardEvents`. */
export interface FakeServer<Events extends object> {
  /** Pass it to the client: `createBoardClient({ auth, io: server.io })`. */
  readonly io: SocketFactory;
  /** Events that clients sent, in order, including joins; without those that do not match the contract. */
  readonly received: readonly ReceivedEvent[];
  /** Data of all handshakes, including refused ones. */
  readonly handshakes: readonly unknown[];
  /**
   * Sends an event to all connected clients or, if it has a room, to the clients in that room.
   *
   * @param params Parameters of the room, unless the payload has them.
   * @throws Error if there is no such client, or the payload does not match the contract.
   */
  readonly emit: <E extends keyof Events & string>(event: E, payload: Events[E], params?: object) => void;
  /** Sends an event with an ack to the client that connected last. Rejects where `emit` throws. */
  readonly request: (event: string, payload?: unknown) => Promise<unknown>;
  /**
   * Sets who is in a room, for a `presence` projection. Sent now, and after every join. Users are sent as JSON.
   *
   * @param params Parameters of the room.
   */
  readonly present: (projection: string, users: readonly object[], params: object) => void;
  /** Drops all connections, as a network failure does. Clients reconnect after their usual delay. */
  readonly cut: () => void;
  /** Refuses handshakes from now on, for example with UNAUTHENTICATED; without a code, accepts them again. */
  readonly refuse: (code?: string) => void;
}

/** Who is in a room, in wire form. */
interface Present {
  /** Name of the projection. */
  readonly of: string;
  readonly users: readonly unknown[];
  readonly params: object;
}

interface Call {
  readonly event: string;
  readonly entry: EventEntry;
  readonly wire: unknown;
}

/** Options of `fakeServer`. */
export interface FakeServerOptions {
  /**
   * Called for a call without a handler, and for an answer that does not match the contract; the client receives
   * INTERNAL. Default: an uncaught error, which fails the test.
   */
  readonly onMistake?: (error: Error) => void;
}

/** Creates a server with these handlers, for clients of one contract. */
export function fakeServer<Events extends object = Record<string, unknown>>(
  handlers: FakeHandlers = {},
  { onMistake = rethrow }: FakeServerOptions = {},
): FakeServer<Events> {
  const received: ReceivedEvent[] = [];
  const handshakes: unknown[] = [];
  const sockets: FakeSocket[] = [];
  const heads = new Map<string, number>();
  const presences = new Map<string, Present>();
  let known: ContractTable | undefined;
  let refused: string | undefined;

  function table(): ContractTable {
    if (known === undefined) throw new Error('Pass `io` of this server to a client first.');
    return known;
  }

  function nameOf(room: string, params: unknown): string {
    const { params: keys = [] } = table().rooms[room] ?? {};
    const missing = keys.filter((key) => own(Object(params) as Record<string, unknown>, key) === undefined);
    if (missing.length > 0)
      throw new Error(`Parameters of the room "${room}" are missing: ${missing.join(', ')}.`);
    return roomName(room, keys, params as object as Record<string, unknown>);
  }

  function isIn(socket: FakeSocket, room: string, name: string): boolean {
    return socket.rooms.has(name) || table().rooms[room]?.auto !== undefined;
  }

  /** Starts a room's log before its first entry, as generated clients expect. */
  function open(socket: FakeSocket, room: string, name: string): void {
    if (table().rooms[room]?.log === undefined || socket.logs.has(name)) return;
    const offset = heads.get(name) ?? 0;
    const id = offset === 0 ? '' : String(offset);
    socket.logs.add(name);
    socket.receive(control.log, { room: name, epoch: 'fake', offset, id, head: offset, recovered: false });
  }

  /** Sends who is present, if the connection is in that room. */
  function tell(socket: FakeSocket, { of, users, params }: Present): void {
    const room = own(table().projections ?? {}, of)?.room;
    if (room === undefined) throw new Error(`The contract has no presence projection "${of}".`);
    const name = nameOf(room, params);
    if (!isIn(socket, room, name)) return;
    socket.receive(control.presence, { room: name, of, epoch: 'fake', seq: 0, total: users.length, users });
  }

  async function serve(socket: FakeSocket, { event, args }: Sent, reply: Reply): Promise<void> {
    if (event.startsWith('sockeye:')) return reply(success(undefined));
    const entry = own(table().clientToServer, event);
    if (entry === undefined) throw new Error(`The contract has no client event "${event}".`);
    const result = await settle(socket, { event, entry, wire: entry.args ? args : args[0] });
    if (!entry.rawAck) reply(result);
    else if (result.ok) reply(...(entry.rawAck === 'args' ? (result.data as unknown[]) : [result.data]));
    else if (entry.rawFailure) reply(...[entry.rawFailure(result.error)].flat());
    if (!result.ok || !entry.joins) return;
    for (const present of presences.values()) tell(socket, present);
  }

  async function settle(socket: FakeSocket, { event, entry, wire }: Call): Promise<Result<unknown>> {
    const issues: Issue[] = [];
    const payload = entry.payload?.decode(wire, issues);
    if (payload === INVALID) return failure(errorBody('INVALID_PAYLOAD', { issues }));
    received.push({ event, payload });
    const room = entry.joins ?? entry.leaves ?? entry.within;
    const name = room === undefined ? '' : nameOf(room, payload);
    if (entry.within && !isIn(socket, entry.within, name)) return failure(errorBody('NOT_IN_ROOM'));
    const handler = own(handlers, event);
    if (!handler && entry.ack) throw new Error(`The fake server has no handler for "${event}".`);
    const told = await outcomeOf(() => handler?.(payload as never, { fail }));
    if (!told.ok) return failure(onWire(told.error));
    const data = entry.ack && encode(entry.ack, told.data, `The answer to "${event}"`);
    if (entry.leaves) socket.rooms.delete(name);
    if (entry.joins) {
      socket.rooms.add(name);
      open(socket, entry.joins, name);
    }
    return success(data);
  }

  /** The details of an error in wire form. */
  function onWire(error: ErrorBody): ErrorBody {
    const { details } = own(table().errors, error.code) ?? {};
    if (details === undefined || error.details === undefined) return error;
    return { ...error, details: encode(details, error.details, `The details of ${error.code}`) };
  }

  function prepare(event: string, payload: unknown): { readonly entry: EventEntry; readonly wire: unknown } {
    const entry = own(table().serverToClient, event);
    if (entry === undefined) throw new Error(`The contract has no server event "${event}".`);
    return { entry, wire: entry.payload && encode(entry.payload, payload, `"${event}"`) };
  }

  function reached(event: string, room?: string, name = ''): readonly FakeSocket[] {
    const found = sockets.filter((socket) => socket.connected() && (!room || isIn(socket, room, name)));
    if (found.length > 0) return found;
    throw new Error(`"${event}" has no receiver: no client is ${room ? `in "${name}"` : 'connected'}.`);
  }

  return {
    received,
    handshakes,
    io: (_url, _settings, contract) => {
      known = contract;
      const socket = createFakeSocket({
        handshake: (data) => {
          handshakes.push(data);
          return refused === undefined ? undefined : errorBody(refused);
        },
        receive: (sent, reply) => {
          serve(socket, sent, reply).catch((error: Error) => {
            reply(failure(errorBody('INTERNAL', { message: error.message })));
            onMistake(error);
          });
        },
      });
      sockets.push(socket);
      return socket.client;
    },
    emit: (event, payload, params) => {
      const { entry, wire } = prepare(event, payload);
      const { room } = entry;
      const name = room && nameOf(room, entry.roomInPayload ? { ...params, ...(payload as object) } : params);
      const to = reached(event, room, name);
      for (const socket of room ? to : []) open(socket, room!, name!);
      const offset = entry.durable ? (heads.get(name!) ?? 0) + 1 : 0;
      if (entry.durable) heads.set(name!, offset);
      const place = entry.durable ? { epoch: 'fake', offset, id: String(offset) } : {};
      for (const socket of to) {
        if (entry.args) socket.receive(event, ...(wire as unknown[]));
        else socket.receive(event, wire, name === undefined ? {} : { room: name, ...place });
      }
    },
    request: async (event, payload) => {
      const { entry, wire } = prepare(event, payload);
      const socket = reached(event).at(-1)!;
      const answers = await new Promise<unknown[]>((resolve) => {
        socket.receive(event, ...(entry.args ? (wire as unknown[]) : [wire]), (...args: unknown[]) =>
          resolve(args),
        );
      });
      return entry.rawAck === 'args' ? answers : answers[0];
    },
    present: (of, users, params) => {
      const present = { of, users: JSON.parse(JSON.stringify(users)) as unknown[], params };
      presences.set(JSON.stringify([of, params]), present);
      for (const socket of sockets) tell(socket, present);
    },
    cut: () => {
      for (const socket of sockets) socket.cut();
    },
    refuse: (code) => {
      refused = code;
    },
  };
}

function rethrow(error: Error): never {
  throw error;
}

function fail(code: string, details?: unknown, message?: string): ContractError {
  return new ContractError(code, { details, message });
}

async function outcomeOf(run: () => unknown): Promise<Result<unknown>> {
  try {
    const value = await run();
    return value instanceof ContractError ? failure(value.body) : success(value);
  } catch (error) {
    return failure(error instanceof ContractError ? error.body : errorBody('INTERNAL'));
  }
}

function encode(validator: Validator, value: unknown, what: string): unknown {
  const issues: Issue[] = [];
  const wire = validator.encode(value, issues);
  if (wire !== INVALID) return wire;
  const found = issues.map(({ path, message }) => `${path.join('.') || 'value'}: ${message}`);
  throw new Error(`${what} does not match the contract: ${found.join(' ')}`);
}
