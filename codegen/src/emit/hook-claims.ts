import type { ContractModel } from '../model.ts';
import type { Claim } from './claims.ts';
import { joinableRooms } from './events.ts';
import { sortedEntries } from './literal.ts';
import { hookName, typeName } from './names.ts';

/** Hooks of a React file, no two of which can have the same name. */
export function hookClaims(model: ContractModel): Claim[] {
  const own = ['Client', 'Connection', 'Event', 'Request'].map((noun): Claim => {
    const name = hookName(model.name, noun);
    return { name, what: `the generated hook \`${name}\``, path: ['name'] };
  });
  const rooms = joinableRooms(model).map(([room]): Claim => ({
    name: hookName(room),
    what: `the hook of room ${JSON.stringify(room)}`,
    path: ['rooms', room],
  }));
  const shown = sortedEntries(model.projections ?? {}).map(([name, { room }]): Claim => ({
    name: hookName(room ?? model.name, typeName(name)),
    what: `the hook of projection ${JSON.stringify(name)}`,
    path: ['projections', name],
  }));
  const heard = sortedEntries(model.serverToClient).map(([event]): Claim => ({
    name: hookName(event),
    what: `the hook of server event ${JSON.stringify(event)}`,
    path: ['serverToClient', event],
  }));
  return [...own, ...rooms, ...shown, ...heard];
}
