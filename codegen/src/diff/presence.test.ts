import { defineContract, event, latest, presence, room } from '@sockeye/contract';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from '../build-model.ts';
import { modelHash } from '../canonical.ts';
import type { ContractModel } from '../model.ts';
import { compare } from './compare.ts';
import { judge } from './judge.ts';

const base = {
  name: 'x',
  version: '1.0.0',
  identity: z.object({ id: z.string() }),
  rooms: { board: room({ boardId: z.string() }) },
  clientToServer: { join: event({ payload: z.object({ boardId: z.string() }), joins: 'board' }) },
  serverToClient: { moved: event({ payload: z.object({ at: z.int() }), room: 'board' }) },
} as const;

const withPeople = (of: z.ZodObject): ContractModel =>
  buildModel(
    defineContract({ ...base, projections: { people: presence({ room: 'board', of, key: 'id' } as never) } }),
  ).model;

const named = withPeople(z.object({ id: z.string(), name: z.string() }));
const nameless = withPeople(z.object({ id: z.string() }));

test('what a server tells of who is present is part of what both ends must agree on', () => {
  expect(modelHash(named)).not.toBe(modelHash(nameless));
  expect(judge(compare(named, nameless), 'clients-lag')).toMatchObject([
    { path: 'projections.people.of.name', clients: 'breaking', level: 'breaking' },
  ]);
  expect(judge(compare(nameless, named), 'clients-lag').map(({ level }) => level)).not.toContain('breaking');
});

test('state that clients make themselves is not', () => {
  const plain = buildModel(defineContract(base)).model;
  const kept = buildModel(
    defineContract({ ...base, projections: { last: latest({ event: 'moved', pick: 'at' }) } }),
  ).model;
  expect(modelHash(kept)).toBe(modelHash(plain));
});
