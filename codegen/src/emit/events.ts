import type { ContractModel, EventModel } from '../model.ts';
import { codeName, type DocParts } from './doc-comment.ts';
import { quote, sortedEntries } from './literal.ts';
import { payloadNode } from './positions.ts';

/** Events with their names, in the order of generated files. */
export type NamedEvents = readonly (readonly [name: string, event: EventModel])[];

/** What the doc comment of an event says; examples are of its payload, and stand there. */
export function eventDocs(
  name: string,
  event: EventModel,
  direction: 'client → server' | 'server → client',
): DocParts {
  const { examples: _, ...docs } = docsOfEvent(event);
  return { ...docs, event: `${name} (${direction}${event.ack ? ', acknowledged' : ''})` };
}

/** What the contract itself says of an event. */
export function docsOfEvent({ summary, title, description, deprecated, examples }: EventModel): DocParts {
  return {
    ...(summary === undefined ? {} : { summary }),
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(examples === undefined ? {} : { examples }),
  };
}

/** Type of what an event carries, by `named`; `undefined`, the type, for an event that carries nothing. */
export function carried(event: EventModel, named: () => string): string {
  return payloadNode(event) === undefined ? 'undefined' : named();
}

/** Whether a client's event has a type of its errors: somebody waits for its end. */
export function mayFail({ ack, joins }: EventModel): boolean {
  return ack !== undefined || joins !== undefined;
}

/** The contract's own codes that an event may end with, sorted. */
export function declaredCodes(event: EventModel | undefined, { errors }: ContractModel): readonly string[] {
  return [...(event?.errors ?? [])].sort().filter((code) => Object.hasOwn(errors, code));
}

/** Codes as a union type. */
export function codeUnion(codes: readonly string[]): string {
  return codes.map(quote).join(' | ');
}

/** Rooms that a client's event joins, sorted, each with the name of that event. */
export function joinableRooms(model: ContractModel): readonly (readonly [room: string, event: string])[] {
  return factsOf(model).joinable;
}

/** Whether durable events are bound to a room, so that it has a log. */
export function hasLog(room: string, model: ContractModel): boolean {
  return factsOf(model).logged.has(room);
}

interface RoomFacts {
  readonly joinable: readonly (readonly [room: string, event: string])[];
  readonly logged: ReadonlySet<string>;
}

/** What events say of rooms. Models never change, and every file asks again and again. */
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

/** What a room is, in a sentence. */
export function roomSummary(name: string, model: ContractModel): string {
  return model.rooms[name]?.summary ?? `The room ${codeName(name)}.`;
}
