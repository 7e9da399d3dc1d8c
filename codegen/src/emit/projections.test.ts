import { collection, defineContract, event, feed, latest, room } from '@sockeye/contract';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildModel } from '../build-model.ts';
import { modelHash } from '../canonical.ts';
import { parseLock, writeLock } from '../lock.ts';
import { checkNames } from './check-names.ts';

const row = z.object({ id: z.string() });
const base = {
  name: 'shop',
  version: '1.0.0',
  rooms: { shelf: room({ shelf: z.string() }) },
  clientToServer: { open: event({ payload: z.object({ shelf: z.string() }), joins: 'shelf' }) },
  serverToClient: { title: event({ payload: row, room: 'shelf' }), told: event({ payload: row }) },
} as const;

describe('projections of a model', () => {
  const { model } = buildModel(
    defineContract({
      ...base,
      projections: {
        rows: collection({ of: row, key: 'id', upsert: { title: true } }),
        notes: feed({ event: 'told', key: 'id', limit: 5 }),
      },
    }),
  );

  it('belong to the room of their events, or to the client', () => {
    const rooms = Object.entries(model.projections ?? {}).map(([name, { room }]) => [name, room]);
    expect(rooms).toEqual([
      ['notes', undefined],
      ['rows', 'shelf'],
    ]);
  });

  it('change nothing on the wire, and so not the hash', () => {
    expect(modelHash(model)).toBe(modelHash(buildModel(defineContract(base)).model));
  });

  it('survive the lock', () => {
    const lock = parseLock(writeLock(model));
    expect(lock.ok && lock.model.projections).toEqual(model.projections);
  });
});

it.each([
  ['a member of every client', 'connect', 'told'],
  ['an event of the client', 'onTold', 'told'],
  ['a room', 'shelf', 'told'],
  ['a member of every room', 'join', 'title'],
])('refuses a projection with the name of %s', (_what, name, heard) => {
  const { model } = buildModel(
    defineContract({ ...base, projections: { [name]: latest({ event: heard as 'told' }) } }),
  );
  expect(checkNames(model).map(({ id, path }) => [id, path])).toEqual([
    ['name-collision', ['projections', name]],
  ]);
});
