import type { Diagnostic } from '../diagnostics.ts';
import type { ContractModel } from '../model.ts';
import { joinableRooms } from './events.ts';
import { sortedEntries } from './literal.ts';
import { errorsType, errorType, identifier, positionName, schemaType, typeName } from './names.ts';
import { positions } from './positions.ts';
import {
  clientMembers,
  contextMembers,
  globalTypes,
  reservedWords,
  runtimeTypes,
  serverMembers,
} from './taken-names.ts';

/**
 * Whether generated code can name everything that a contract names: two things with one name, names that are taken, and
 * names that are none, each as an error that tells both sides. The same event in both directions is fine.
 */
export function checkNames(model: ContractModel): Diagnostic[] {
  const unusable = named(model).flatMap((each) => unusableName(model, each));
  if (unusable.length > 0) return unusable;
  const found = scopes(model).flatMap((scope) => collisions(model, scope));
  const seen = new Set<string>();
  return found.filter(({ message }) => !seen.has(message) && seen.add(message));
}

/** Something that a contract names. */
interface Named {
  readonly name: string;
  /** How a message calls it. */
  readonly what: string;
  readonly path: readonly string[];
}

function named(model: ContractModel): Named[] {
  const list = (group: 'rooms' | 'errors' | 'clientToServer' | 'serverToClient', what: string) =>
    Object.keys(model[group])
      .sort()
      .map((name) => ({ name, what: `${what} ${JSON.stringify(name)}`, path: [group, name] }));
  return [
    { name: model.name, what: `contract ${JSON.stringify(model.name)}`, path: ['name'] },
    ...list('rooms', 'room'),
    ...list('errors', 'error'),
    ...list('clientToServer', 'client event'),
    ...list('serverToClient', 'server event'),
  ];
}

function unusableName(model: ContractModel, { name, what, path }: Named): Diagnostic[] {
  const report = (id: string, message: string, hint: string): Diagnostic[] => [
    { id, level: 'error', message: sentence(message), hint, contract: model.name, path },
  ];
  const made = identifier(name);
  if (name === '__proto__')
    return report(
      'name-reserved',
      `${what} is a key that JavaScript keeps for itself.`,
      'Give it another name.',
    );
  if (made === '')
    return report(
      'name-unusable',
      `${what} has no letter to make an identifier of.`,
      'Give it a name with letters.',
    );
  if (/^\p{Nd}|^\p{M}/u.test(made)) {
    return report(
      'name-unusable',
      `${what} would be \`${made}\` in generated code, which begins with a digit.`,
      'Begin its name with a letter.',
    );
  }
  if (path[0] === 'rooms' && made !== name) {
    return report(
      'name-unusable',
      `${what} is a member of generated code, and no identifier.`,
      `Name it \`${made}\`.`,
    );
  }
  if (path[0] !== 'errors' && path[0] !== 'name' && reservedWords.has(made)) {
    return report(
      'name-reserved',
      `${what} would be \`${made}\` in generated code, which is a reserved word.`,
      'Give it another name, such as one with a topic: `task:delete`.',
    );
  }
  return [];
}

/** A name, and whose it is. */
interface Claim {
  readonly name: string;
  readonly what: string;
  /** Absent for what no contract can change. */
  readonly path?: readonly string[];
}

/** Names that must differ from each other. */
function scopes(model: ContractModel): Claim[][] {
  const taken = (names: readonly string[], what: string): Claim[] =>
    names.map((name) => ({ name, what: `${what} \`${name}\`` }));
  const prefix = typeName(model.name);
  const own = (names: readonly string[]): Claim[] =>
    names.map((name) => ({
      name: prefix + name,
      what: `the generated type \`${prefix}${name}\``,
      path: ['name'],
    }));
  const rooms = Object.keys(model.rooms).sort();
  const roomMembers = rooms.map((room): Claim => ({
    name: identifier(room),
    what: `room ${JSON.stringify(room)}`,
    path: ['rooms', room],
  }));
  const roomTypes = (suffix: string) =>
    rooms.map((room): Claim => ({
      name: `${prefix}${typeName(room)}${suffix}`,
      what: `the events of room ${JSON.stringify(room)}`,
      path: ['rooms', room],
    }));
  const joinable = new Map(joinableRooms(model));
  return [
    events(model, 'clientToServer'),
    events(model, 'serverToClient'),
    [
      ...taken(clientMembers, 'member of every client,'),
      ...roomMembers.filter(({ name }) => joinable.has(name)),
      ...clientMethods(model),
    ],
    [...taken(serverMembers, 'member of every server,'), ...roomMembers],
    [...taken(contextMembers, 'member of every handler context,'), ...roomMembers],
    [...taken(globalTypes, 'type of TypeScript,'), ...typeClaims(model)],
    [
      ...taken(runtimeTypes.server, 'type of `@sockeye/server`,'),
      ...own([
        'OpenEvents',
        'ServerToClient',
        'Replies',
        'Targets',
        'Context',
        'Handlers',
        'ServerOptions',
        'Server',
      ]),
      ...roomTypes('Events'),
    ],
    [
      ...taken(runtimeTypes.client, 'type of `@sockeye/client`,'),
      ...own(['Emits', 'Requests', 'Events', 'Questions', 'Client', 'ClientOptions']),
      ...roomTypes('Events'),
      ...roomTypes('Room'),
    ],
  ];
}

function events(model: ContractModel, direction: 'clientToServer' | 'serverToClient'): Claim[] {
  const what = direction === 'clientToServer' ? 'client event' : 'server event';
  return Object.keys(model[direction])
    .sort()
    .map((name) => ({
      name: identifier(name),
      what: `${what} ${JSON.stringify(name)}`,
      path: [direction, name],
    }));
}

/** Methods of a generated client. Events that join or leave are reached through their room. */
function clientMethods(model: ContractModel): Claim[] {
  const sent = events(model, 'clientToServer').filter(({ path }) => {
    const event = model.clientToServer[path?.[1] ?? ''];
    return event?.joins === undefined && event?.leaves === undefined;
  });
  const heard = sortedEntries(model.serverToClient).map(([name, event]): Claim => ({
    name: `${event.ack ? 'answer' : 'on'}${typeName(name)}`,
    what: `the listener of server event ${JSON.stringify(name)}`,
    path: ['serverToClient', name],
  }));
  return [...sent, ...heard];
}

/** Names of the types file and of the validators file, which are the same where both have one. */
function typeClaims(model: ContractModel): Claim[] {
  const schemas = sortedEntries(model.types).map(([id]): Claim => ({
    name: schemaType(id),
    what: `the schema with id ${JSON.stringify(id)}`,
    path: ['types', id],
  }));
  const checked = positions(model).map(({ position }): Claim => ({
    name: positionName(position),
    what: `the generated type of ${places[position.at].what} ${JSON.stringify(position.name)}`,
    path: [...places[position.at].path, position.name],
  }));
  const failures = Object.keys(model.clientToServer)
    .sort()
    .map((name): Claim => ({
      name: errorType(name),
      what: `the generated type of the errors of ${JSON.stringify(name)}`,
      path: ['clientToServer', name],
    }));
  const errors: Claim = {
    name: errorsType(model.name),
    what: "the generated type of the contract's errors",
    path: ['errors'],
  };
  return [...schemas, ...checked, ...failures, errors];
}

const places = {
  auth: { what: 'the auth of', path: ['auth'] },
  identity: { what: 'the identity of', path: ['identity'] },
  params: { what: 'the parameters of room', path: ['rooms'] },
  details: { what: 'the details of error', path: ['errors'] },
  payload: { what: 'the payload of client event', path: ['clientToServer'] },
  ack: { what: 'the acknowledgement of', path: ['clientToServer'] },
  event: { what: 'the payload of server event', path: ['serverToClient'] },
  reply: { what: 'the answer to', path: ['serverToClient'] },
} as const;

function collisions(model: ContractModel, claims: readonly Claim[]): Diagnostic[] {
  const first = new Map<string, Claim>();
  return claims.flatMap((claim): Diagnostic[] => {
    const other = first.get(claim.name);
    if (other === undefined) {
      first.set(claim.name, claim);
      return [];
    }
    return [
      {
        id: 'name-collision',
        level: 'error',
        message: sentence(`${claim.what} and ${other.what} are both \`${claim.name}\` in generated code.`),
        hint: 'Rename one of them.',
        contract: model.name,
        ...(claim.path === undefined ? {} : { path: claim.path }),
      },
    ];
  });
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
