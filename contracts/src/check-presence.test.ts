import { expect, it } from 'vitest';
import * as z from 'zod';
import { checkDefinition } from './check-definition.ts';
import type { ContractSpec } from './define.ts';
import { event } from './event.ts';
import { presence, type PresenceSpec } from './projection.ts';
import { room } from './room.ts';

const user = z.object({ id: z.string(), mood: z.string().optional() });
const right: PresenceSpec = { room: 'office', of: user, key: 'id', list: { online: 'users' } };

function problems(spec: object): readonly string[] {
  const contract = {
    name: 'office',
    version: '1.0.0',
    rooms: { office: room({ office: z.string() }), hall: room({ hall: z.string() }) },
    clientToServer: { enter: event({ payload: z.object({ office: z.string() }), joins: 'office' }) },
    serverToClient: {
      online: event({ payload: z.object({ office: z.string(), users: z.array(user) }), room: 'office' }),
      crowd: event({
        payload: z.object({ office: z.string(), users: z.array(user), size: z.int() }),
        room: 'office',
      }),
      everyone: event({ payload: z.object({ users: z.array(user) }) }),
    },
    projections: { people: presence(spec as PresenceSpec) },
  } as unknown as ContractSpec;
  return checkDefinition(contract).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

it.each([
  ['all that there is', right, []],
  ['no list', { ...right, list: undefined }, []],
  [
    'an unknown room',
    { ...right, room: 'offices', list: undefined },
    ['projections.people.room: Unknown room "offices".'],
  ],
  [
    'a room that nobody joins',
    { ...right, room: 'hall', list: undefined },
    ['projections.people.room: No event joins room "hall".'],
  ],
  [
    'no object',
    { ...right, of: z.string() },
    ['projections.people.of: The schema of a user is not an object schema.'],
  ],
  [
    'an unknown key',
    { ...right, key: 'name' },
    ['projections.people.key: Field "name" does not exist in a user.'],
  ],
  [
    'a key that may be absent',
    { ...right, key: 'mood' },
    ['projections.people.key: Field "mood" of a user is optional.'],
  ],
  [
    'an unknown event',
    { ...right, list: { onlin: 'users' } },
    ['projections.people.list: The server sends no event "onlin".'],
  ],
  [
    'two lists',
    { ...right, list: { online: 'users', crowd: 'users' } },
    ['projections.people.list: list must contain exactly one event.'],
  ],
  [
    'a list of another room',
    { ...right, list: { everyone: 'users' } },
    ['projections.people.list: "everyone" does not go to room "office".'],
  ],
  [
    'a list that needs more',
    { ...right, list: { crowd: 'users' } },
    ['projections.people.list: Field "size" of "crowd" is neither the list nor a parameter of the room.'],
  ],
])('checks a presence projection: %s', (_name, spec, want) => {
  expect(problems(spec)).toEqual(want);
});
