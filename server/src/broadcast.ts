import { INVALID, roomName, type EventEntry, type ServerMeta } from '@sockeye/contract/wire';
import type { BroadcastOperator, DefaultEventsMap } from 'socket.io';
import { encodeOutgoing, ownFault } from './outgoing.ts';
import { observe } from './report.ts';
import { askMany, askOne, type Question } from './request.ts';
import type { Runtime } from './runtime.ts';
import type { RequestOptions } from './target.ts';

/** Whom a target means. */
interface Audience {
  readonly runtime: Runtime;
  /** The contract's name of the room; absent for everyone and for a single socket. */
  readonly room: string | undefined;
  /** Socket.IO's names of the rooms; absent for everyone. */
  readonly rooms: readonly string[] | undefined;
  readonly except: readonly string[];
  /** Socket id of the one that is meant. */
  readonly only: string | undefined;
  readonly volatile: boolean;
  /** Socket id of the handler's caller. */
  readonly sender: string | undefined;
}

type Operator = BroadcastOperator<DefaultEventsMap, unknown>;

const audienceKey: unique symbol = Symbol('sockeye.audience');

interface TargetObject {
  readonly [audienceKey]: Audience;
}

const target: object & ThisType<TargetObject> = {
  get volatile() {
    return targetOf({ ...this[audienceKey], volatile: true });
  },
  except(...idsOrRooms: readonly string[]) {
    const audience = this[audienceKey];
    return targetOf({ ...audience, except: [...audience.except, ...idsOrRooms.map(checkedId)] });
  },
  only(socketId: string) {
    return targetOf({ ...this[audienceKey], only: checkedId(socketId) });
  },
  exceptSender() {
    const audience = this[audienceKey];
    return audience.sender === undefined
      ? this
      : targetOf({ ...audience, except: [...audience.except, audience.sender] });
  },
  emit(event: string, payload?: unknown) {
    emit(this[audienceKey], event, payload);
  },
  async request(event: string, payload: unknown, options: RequestOptions = {}) {
    const audience = this[audienceKey];
    const { only, rooms } = audience;
    const questions = questionsOf(audience, event, payload, options);
    if (rooms === undefined && only !== undefined)
      return askOne(questions[0]!, only, operatorOf(audience, rooms));
    const results = await Promise.all(questions.map((question) => askMany(question, question.operator)));
    return results.flat();
  },
  disconnect() {
    operatorOf(this[audienceKey], this[audienceKey].rooms).disconnectSockets();
  },
  leave() {
    const audience = this[audienceKey];
    if (audience.rooms !== undefined) operatorOf(audience, audience.rooms).socketsLeave([...audience.rooms]);
  },
};

function targetOf(audience: Audience): object {
  const made = Object.create(target) as { [audienceKey]: Audience };
  made[audienceKey] = audience;
  return made;
}

/** Everyone who is connected to the namespace. */
export function allTarget(runtime: Runtime, sender?: string): object {
  return targetOf({
    runtime,
    room: undefined,
    rooms: undefined,
    except: [],
    only: undefined,
    volatile: false,
    sender,
  });
}

/** One connection, by its socket id. */
export function socketTarget(runtime: Runtime, id: string): object {
  return targetOf({
    runtime,
    room: undefined,
    rooms: undefined,
    except: [],
    only: checkedId(id),
    volatile: false,
    sender: undefined,
  });
}

/**
 * Everyone who is in at least one of some rooms of a kind.
 *
 * @throws ContractError INVALID_PAYLOAD when the parameters do not name a room.
 */
export function roomTarget(
  runtime: Runtime,
  room: string,
  params: readonly Readonly<Record<string, unknown>>[],
  sender?: string,
): object {
  const rooms = params.map((one) => checkedName(runtime, room, one));
  return targetOf({ runtime, room, rooms, except: [], only: undefined, volatile: false, sender });
}

/** No id must never mean everyone. */
function checkedId(id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  throw ownFault('INVALID_PAYLOAD', `A socket id or room name is a text, not ${typeof id}.`);
}

function checkedName(runtime: Runtime, room: string, params: Readonly<Record<string, unknown>>): string {
  const entry = runtime.table.rooms[room]!;
  if (entry.validator === undefined || entry.validator.encode(params) !== INVALID)
    return roomName(room, entry.params, params);
  throw ownFault(
    'INVALID_PAYLOAD',
    `These are not the parameters of a room "${room}": it needs ${entry.params.join(', ')}.`,
  );
}

function emit(audience: Audience, event: string, payload: unknown): void {
  const { options } = audience.runtime;
  if (options.observe === undefined) return send(audience, event, payload);
  const startedAt = options.now();
  let outcome = 'INVALID_PAYLOAD';
  try {
    send(audience, event, payload);
    outcome = 'ok';
  } finally {
    observe(options, {
      event,
      direction: 'out',
      outcome,
      durationMs: options.now() - startedAt,
      ...(audience.only === undefined ? {} : { socketId: audience.only }),
      ...(audience.rooms === undefined ? {} : { room: audience.rooms.join(' ') }),
    });
  }
}

function send(audience: Audience, event: string, payload: unknown): void {
  const entry = entryOf(audience, event);
  const wire = encoded(audience, event, entry, payload);
  for (const { part, rooms } of partsOf(audience, entry)) {
    const { namespace } = audience.runtime;
    const local =
      rooms === undefined && part.only !== undefined ? namespace.sockets.get(part.only) : undefined;
    const sender = local ?? operatorOf(part, rooms);
    (entry.volatile || part.volatile ? sender.volatile : sender).emit(
      event,
      ...argumentsOf(entry, wire, rooms?.[0]),
    );
  }
}

interface Part {
  readonly part: Audience;
  readonly rooms: readonly string[] | undefined;
}

/**
 * The broadcasts that an event takes: one, except where every room has to be told its own name; nobody gets the event
 * twice then.
 */
function partsOf(audience: Audience, entry: EventEntry): readonly Part[] {
  const { rooms } = audience;
  if (rooms === undefined || rooms.length === 1 || entry.roomInPayload || entry.args)
    return [{ part: audience, rooms }];
  return rooms.map((name, index) => ({
    part: { ...audience, except: [...audience.except, ...rooms.slice(0, index)] },
    rooms: [name],
  }));
}

function operatorOf(audience: Audience, rooms: readonly string[] | undefined): Operator {
  const { namespace } = audience.runtime;
  const members = audience.only === undefined ? rooms : oneOf(audience, audience.only, rooms);
  const operator = members === undefined ? namespace.except([]) : namespace.to([...members]);
  return (audience.except.length === 0 ? operator : operator.except([...audience.except])) as Operator;
}

/** Matches nobody: Socket.IO takes an empty list of rooms for everyone. */
const nobody: readonly string[] = [' '];

/**
 * The room of one socket. Ids and rooms share Socket.IO's names, so that an id that came from a client must not
 * become a room; a socket of this node must be in one of the rooms that are meant.
 */
function oneOf(audience: Audience, id: string, rooms: readonly string[] | undefined): readonly string[] {
  const { runtime } = audience;
  if (id.includes(':') || Object.hasOwn(runtime.table.rooms, id)) return nobody;
  const local = runtime.namespace.sockets.get(id);
  if (local !== undefined && rooms !== undefined && !rooms.some((name) => local.rooms.has(name)))
    return nobody;
  return [id];
}

function entryOf(audience: Audience, event: string): EventEntry {
  const { runtime, room, only } = audience;
  const entry = runtime.outgoing.get(event);
  if (entry === undefined) throw ownFault('UNKNOWN_EVENT', `The contract has no server event "${event}".`);
  if (entry.room === room || (only !== undefined && room === undefined)) return entry;
  const there = entry.room === undefined ? 'everyone or to one socket' : `a room "${entry.room}"`;
  throw ownFault(
    'INVALID_PAYLOAD',
    `The event "${event}" goes to ${there}, not to ${room === undefined ? 'everyone' : `a room "${room}"`}.`,
  );
}

function encoded(audience: Audience, event: string, entry: EventEntry, payload: unknown): unknown {
  if (entry.payload === undefined) return undefined;
  const wire = encodeOutgoing(entry.payload, payload, `event "${event}"`);
  if (!entry.roomInPayload || audience.rooms === undefined) return wire;
  const { params } = audience.runtime.table.rooms[entry.room!]!;
  const told = roomName(entry.room!, params, wire as Readonly<Record<string, unknown>>);
  const other = audience.rooms.find((name) => name !== told);
  if (other === undefined) return wire;
  throw ownFault(
    'INVALID_PAYLOAD',
    `The payload of event "${event}" is about the room "${told}", the target is "${other}".`,
  );
}

function argumentsOf(entry: EventEntry, wire: unknown, room: string | undefined): readonly unknown[] {
  if (entry.args) return wire as readonly unknown[];
  if (room === undefined || entry.room === undefined || entry.roomInPayload)
    return entry.payload === undefined ? [] : [wire];
  return [entry.payload === undefined ? null : wire, { room } satisfies ServerMeta];
}

function questionsOf(
  audience: Audience,
  event: string,
  payload: unknown,
  options: RequestOptions,
): readonly (Question & { readonly operator: Operator })[] {
  const { runtime } = audience;
  const entry = entryOf(audience, event);
  if (entry.ack === undefined) throw ownFault('UNKNOWN_EVENT', `The event "${event}" asks for no answer.`);
  const wire = encoded(audience, event, entry, payload);
  const timeoutMs = options.timeoutMs ?? entry.timeoutMs ?? runtime.options.timeoutMs;
  return partsOf(audience, entry).map(({ part, rooms }) => ({
    runtime,
    event,
    entry,
    args: argumentsOf(entry, wire, rooms?.[0]),
    timeoutMs,
    operator: operatorOf(part, rooms),
  }));
}
