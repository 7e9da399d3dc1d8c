import { INVALID, roomName, type EventEntry } from '@sockeye/contract/wire';
import type { BroadcastOperator, DefaultEventsMap } from 'socket.io';
import { ownFault } from './outgoing.ts';
import type { Runtime } from './runtime.ts';

/** Whom a target means. */
export interface Audience {
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

/** What Socket.IO broadcasts with. */
export type Operator = BroadcastOperator<DefaultEventsMap, unknown>;

/**
 * A socket id or room name, checked because `undefined` would mean everyone.
 *
 * @throws ContractError INVALID_PAYLOAD for anything but a string.
 */
export function checkedId(id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  throw ownFault('INVALID_PAYLOAD', `A socket id or room name must be a string, not ${typeof id}.`);
}

/**
 * Name of a room, as Socket.IO knows it.
 *
 * @throws ContractError INVALID_PAYLOAD if the parameters are missing or invalid.
 */
export function checkedName(
  runtime: Runtime,
  room: string,
  params: Readonly<Record<string, unknown>>,
): string {
  const entry = runtime.table.rooms[room]!;
  if (entry.validator === undefined || entry.validator.encode(params) !== INVALID)
    return roomName(room, entry.params, params);
  throw ownFault(
    'INVALID_PAYLOAD',
    `The parameters of room "${room}" are missing or invalid. It needs: ${entry.params.join(', ')}.`,
  );
}

/** One broadcast: to the rooms, as far as the audience allows. */
export interface Part {
  readonly part: Audience;
  readonly rooms: readonly string[] | undefined;
}

/**
 * The broadcasts of an event: one, unless each room has to receive its own name; even then, nobody receives the event
 * twice.
 */
export function partsOf(audience: Audience, entry: EventEntry): readonly Part[] {
  const { rooms } = audience;
  if (rooms === undefined || rooms.length === 1 || entry.roomInPayload || entry.args)
    return [{ part: audience, rooms }];
  return rooms.map((name, index) => ({
    part: { ...audience, except: [...audience.except, ...rooms.slice(0, index)] },
    rooms: [name],
  }));
}

/** Reaches an audience, or some rooms of it. */
export function operatorOf(audience: Audience, rooms: readonly string[] | undefined): Operator {
  const { namespace } = audience.runtime;
  const members = audience.only === undefined ? atLeastOne(rooms) : oneOf(audience, audience.only, rooms);
  const operator = members === undefined ? namespace.except([]) : namespace.to([...members]);
  return (audience.except.length === 0 ? operator : operator.except([...audience.except])) as Operator;
}

/** A room without members: Socket.IO interprets an empty list of rooms as everyone. */
const nobody: readonly string[] = [' '];

function atLeastOne(rooms: readonly string[] | undefined): readonly string[] | undefined {
  return rooms?.length === 0 ? nobody : rooms;
}

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
