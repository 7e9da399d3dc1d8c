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
    ['projections.people.room: There is no room "offices".'],
  ],
  [
    'a room that nobody joins',
    { ...right, room: 'hall', list: undefined },
    ['projections.people.room: No client joins room "hall".'],
  ],
  ['no object', { ...right, of: z.string() }, ['projections.people.of: Users need an object schema.']],
  [
    'an unknown key',
    { ...right, key: 'name' },
    ['projections.people.key: There is no field "name" in a user.'],
  ],
  [
    'a key that may be absent',
    { ...right, key: 'mood' },
    ['projections.people.key: Field "mood" of a user may be absent.'],
  ],
  [
    'an unknown event',
    { ...right, list: { onlin: 'users' } },
    ['projections.people.list: The server sends no event "onlin".'],
  ],
  [
    'two lists',
    { ...right, list: { online: 'users', crowd: 'users' } },
    ['projections.people.list: The list is not one event.'],
  ],
  [
    'a list of another room',
    { ...right, list: { everyone: 'users' } },
    ['projections.people.list: "everyone" does not go to room "office".'],
  ],
  [
    'a list that needs more',
    { ...right, list: { crowd: 'users' } },
    ['projections.people.list: Nothing fills field "size" of "crowd".'],
  ],
])('checks a presence projection: %s', (_name, spec, want) => {
  expect(problems(spec)).toEqual(want);
});
