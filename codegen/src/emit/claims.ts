import type { ContractModel } from '../model.ts';
import { joinableRooms, mayFail } from './events.ts';
import { sortedEntries } from './literal.ts';
import {
  errorsType,
  errorType,
  identifier,
  positionName,
  schemaType,
  typeName,
  type Position,
} from './names.ts';
import { positions } from './positions.ts';
import { projectionsOf } from './projections.ts';
import {
  clientMembers,
  contextMembers,
  globalTypes,
  roomMembers,
  runtimeTypes,
  serverMembers,
} from './taken-names.ts';

/** A name in generated code and its owner. */
export interface Claim {
  readonly name: string;
  /** How messages refer to the owner. */
  readonly what: string;
  /** Absent if no contract can change it. */
  readonly path?: readonly string[];
}

/** Members of generated objects, in groups within which names must be unique. */
export function memberClaims(model: ContractModel): Claim[][] {
  const rooms = Object.keys(model.rooms)
    .sort()
    .map((room): Claim => ({
      name: identifier(room),
      what: `room ${JSON.stringify(room)}`,
      path: ['rooms', room],
    }));
  const joinable = new Map(joinableRooms(model));
  return [
    eventClaims(model, 'clientToServer'),
    eventClaims(model, 'serverToClient'),
    [
      ...taken(clientMembers, 'of every client'),
      ...rooms.filter(({ name }) => joinable.has(name)),
      ...clientMethods(model),
      ...projectionClaims(model),
    ],
    ...[...joinable.keys()].map((room) => [
      ...taken(roomMembers, 'of every room'),
      ...projectionClaims(model, room),
    ]),
    [...taken(serverMembers, 'of every server'), ...rooms],
    [...taken(contextMembers, "of every handler's context"), ...rooms],
  ];
}

/** Types of generated files, in groups within which names must be unique. */
export function typeClaims(model: ContractModel): Claim[][] {
  const prefix = typeName(model.name);
  const own = (names: readonly string[]): Claim[] =>
    names.map((name) => ({
      name: prefix + name,
      what: `the generated type \`${prefix}${name}\``,
      path: ['name'],
    }));
  const ofRooms = (suffix: 'DurableEvents' | 'Events' | 'Room'): Claim[] =>
    Object.keys(model.rooms)
      .sort()
      .map((room) => {
        const type = `${prefix}${typeName(room)}${suffix}`;
        return {
          name: type,
          what: `the type \`${type}\` of room ${JSON.stringify(room)}`,
          path: ['rooms', room],
        };
      });
  return [
    [...taken(globalTypes, 'of TypeScript'), ...typesFile(model)],
    [
      ...taken(runtimeTypes.server, 'of `@sockeye/server`'),
      ...own(serverTypes),
      ...ofRooms('Events'),
      ...ofRooms('DurableEvents'),
    ],
    [
      ...taken(runtimeTypes.client, 'of `@sockeye/client`'),
      ...own(clientTypes),
      ...ofRooms('Events'),
      ...ofRooms('Room'),
    ],
  ];
}

const serverTypes = [
  'Context',
  'Handlers',
  'OpenEvents',
  'Replies',
  'Server',
  'ServerOptions',
  'ServerToClient',
  'Targets',
  'Transaction',
] as const;

const clientTypes = ['Client', 'ClientOptions', 'Emits', 'Events', 'Questions', 'Requests'] as const;

function taken(names: readonly string[], where: string): Claim[] {
  return names.map((name) => ({ name, what: `the \`${name}\` ${where}` }));
}

function eventClaims(model: ContractModel, direction: 'clientToServer' | 'serverToClient'): Claim[] {
  const what = direction === 'clientToServer' ? 'client event' : 'server event';
  return Object.keys(model[direction])
    .sort()
    .map((name) => ({
      name: identifier(name),
      what: `${what} ${JSON.stringify(name)}`,
      path: [direction, name],
    }));
}

/** Projections of a room's handle, or of the client. Their names are identifiers as they are. */
function projectionClaims(model: ContractModel, room?: string): Claim[] {
  return projectionsOf(model, room).map(([name]) => ({
    name,
    what: `projection ${JSON.stringify(name)}`,
    path: ['projections', name],
  }));
}

/** Methods of a generated client. Events that join or leave are reached through their room. */
function clientMethods(model: ContractModel): Claim[] {
  const sent = eventClaims(model, 'clientToServer').filter(({ path: [, name = ''] = [] }) => {
    const event = model.clientToServer[name];
    return event?.joins === undefined && event?.leaves === undefined;
  });
  const heard = sortedEntries(model.serverToClient).map(([name, event]): Claim => ({
    name: `${event.ack ? 'answer' : 'on'}${typeName(name)}`,
    what: `the listener of server event ${JSON.stringify(name)}`,
    path: ['serverToClient', name],
  }));
  return [...sent, ...heard];
}

/** Names of the types file and the validators file. Both use the same names. */
function typesFile(model: ContractModel): Claim[] {
  const schemas = Object.keys(model.types)
    .sort()
    .map((id): Claim => ({
      name: schemaType(id),
      what: `the schema with id ${JSON.stringify(id)}`,
      path: ['types', id],
    }));
  const checked = positions(model).map(({ position }): Claim => {
    const [what, group] = places[position.at];
    return {
      name: positionName(position),
      what: `${what} ${JSON.stringify(position.name)}`,
      path: [group, position.name],
    };
  });
  const failures = sortedEntries(model.clientToServer)
    .filter(([, event]) => mayFail(event))
    .map(([name]): Claim => ({
      name: errorType(name),
      what: `the errors of client event ${JSON.stringify(name)}`,
      path: ['clientToServer', name],
    }));
  const errors = { name: errorsType(model.name), what: "the contract's errors", path: ['errors'] };
  return [...schemas, ...checked, ...failures, ...(Object.keys(model.errors).length > 0 ? [errors] : [])];
}

const places = {
  auth: ['the auth of', 'auth'],
  identity: ['the identity of', 'identity'],
  params: ['the parameters of room', 'rooms'],
  details: ['the details of error', 'errors'],
  payload: ['the payload of client event', 'clientToServer'],
  ack: ['the acknowledgement of client event', 'clientToServer'],
  event: ['the payload of server event', 'serverToClient'],
  reply: ['the answer to server event', 'serverToClient'],
  entry: ['the users of projection', 'projections'],
} as const satisfies Record<Position['at'], readonly [string, string]>;
