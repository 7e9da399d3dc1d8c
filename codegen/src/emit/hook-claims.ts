import type { ContractModel } from '../model.ts';
import { injectName, stateType } from './angular-names.ts';
import type { Claim } from './claims.ts';
import { joinableRooms } from './events.ts';
import { sortedEntries } from './literal.ts';
import { hookName, typeName } from './names.ts';
import { angularTypes } from './taken-names.ts';

/** How the functions of a binding are named, and how messages refer to one. */
interface Binding {
  readonly what: string;
  readonly name: (of: string, noun?: string) => string;
  /** Functions of the contract itself, by noun. */
  readonly nouns: readonly string[];
}

/** Hooks of a React file. Their names must be unique. */
export function hookClaims(model: ContractModel): Claim[] {
  return functionClaims(model, {
    what: 'hook',
    name: hookName,
    nouns: ['Client', 'Connection', 'Event', 'Request'],
  });
}

/** Functions and types of an Angular file, in groups within which names must be unique. */
export function injectClaims(model: ContractModel): Claim[][] {
  const prefix = typeName(model.name);
  const own = ['', 'Client', 'ClientOptions', 'Emits', 'Events', 'Requests', 'SocketService'];
  const rooms = joinableRooms(model).flatMap(([room]) =>
    [stateType(model.name, room), `${prefix}${typeName(room)}Room`].map((name): Claim => ({
      name,
      what: `the type \`${name}\` of room ${JSON.stringify(room)}`,
      path: ['rooms', room],
    })),
  );
  return [
    functionClaims(model, {
      what: 'inject function',
      name: injectName,
      nouns: ['Connection', 'Event', 'Request'],
    }),
    [
      ...angularTypes.map((name): Claim => ({ name, what: `\`${name}\` of \`@sockeye/angular\`` })),
      ...own.map((noun): Claim => ({
        name: prefix + noun,
        what: `the generated type \`${prefix}${noun}\``,
        path: ['name'],
      })),
      ...rooms,
    ],
  ];
}

function functionClaims(model: ContractModel, { what, name, nouns }: Binding): Claim[] {
  const own = nouns.map((noun): Claim => {
    const made = name(model.name, noun);
    return { name: made, what: `the generated ${what} \`${made}\``, path: ['name'] };
  });
  const rooms = joinableRooms(model).map(([room]): Claim => ({
    name: name(room),
    what: `the ${what} of room ${JSON.stringify(room)}`,
    path: ['rooms', room],
  }));
  const shown = sortedEntries(model.projections ?? {}).map(([projection, { room }]): Claim => ({
    name: name(room ?? model.name, typeName(projection)),
    what: `the ${what} of projection ${JSON.stringify(projection)}`,
    path: ['projections', projection],
  }));
  const heard = sortedEntries(model.serverToClient).map(([event]): Claim => ({
    name: name(event),
    what: `the ${what} of server event ${JSON.stringify(event)}`,
    path: ['serverToClient', event],
  }));
  return [...own, ...rooms, ...shown, ...heard];
}
