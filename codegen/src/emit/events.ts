import type { ContractModel, EventModel } from '../model.ts';
import { codeName, type DocParts } from './doc-comment.ts';
import { quote, sortedEntries } from './literal.ts';
import { payloadNode } from './positions.ts';

/** Events with their names, in the order of generated files. */
export type NamedEvents = readonly (readonly [name: string, event: EventModel])[];

/** Doc comment of an event, without examples: these go to the payload's type. */
export function eventDocs(
  name: string,
  event: EventModel,
  direction: 'client → server' | 'server → client',
): DocParts {
  const { examples: _, ...docs } = docsOfEvent(event);
  return { ...docs, event: `${name} (${direction}${event.ack ? ', acknowledged' : ''})` };
}

/** The docs that the contract has for an event. */
export function docsOfEvent({ summary, title, description, deprecated, examples }: EventModel): DocParts {
  return {
    ...(summary === undefined ? {} : { summary }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(examples === undefined ? {} : { examples }),
  };
}

/** The payload's type, by `named`; the type `undefined` for an event without a payload. */
export function carried(event: EventModel, named: () => string): string {
  return payloadNode(event) === undefined ? 'undefined' : named();
}

/** Whether a client event has a type of its errors: it has an ack, or joins a room. */
export function mayFail({ ack, joins }: EventModel): boolean {
  return ack !== undefined || joins !== undefined;
}

/** The contract's own error codes of an event, sorted. */
export function declaredCodes(event: EventModel | undefined, { errors }: ContractModel): readonly string[] {
  return [...(event?.errors ?? [])].sort().filter((code) => Object.hasOwn(errors, code));
}

/** Codes as a union type. */
export function codeUnion(codes: readonly string[]): string {
  return codes.map(quote).join(' | ');
}

/** Rooms that a client event joins, sorted, each with that event's name. */
export function joinableRooms(model: ContractModel): readonly (readonly [room: string, event: string])[] {
  return factsOf(model).joinable;
}

/** Whether a room has durable events, and so a log. */
export function hasLog(room: string, model: ContractModel): boolean {
  return factsOf(model).logged.has(room);
}

interface RoomFacts {
  readonly joinable: readonly (readonly [room: string, event: string])[];
  readonly logged: ReadonlySet<string>;
}

/** Facts about rooms, by model. Models never change, and every file asks for them. */
const roomFacts = new WeakMap<ContractModel, RoomFacts>();

function factsOf(model: ContractModel): RoomFacts {
  const known = roomFacts.get(model);
  if (known !== undefined) return known;
  const joinable = sortedEntries(model.clientToServer).flatMap(([name, { joins }]) =>
    joins === undefined ? [] : [[joins, name] as const],
  );
  const logged = Object.values(model.serverToClient).flatMap(({ room, delivery }) =>
    room !== undefined && delivery === 'durable' ? [room] : [],
  );
  const facts = { joinable: joinable.sort(([a], [b]) => (a < b ? -1 : 1)), logged: new Set(logged) };
  roomFacts.set(model, facts);
  return facts;
}

/** Rooms with a log, sorted. */
export function loggedRooms(model: ContractModel): readonly string[] {
  return Object.keys(model.rooms)
    .sort()
    .filter((room) => hasLog(room, model));
}

/** A sentence about the room. */
export function roomSummary(name: string, model: ContractModel): string {
  return model.rooms[name]?.summary ?? `The room ${codeName(name)}.`;
}
