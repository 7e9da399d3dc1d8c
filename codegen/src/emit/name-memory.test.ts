import { expect, test } from 'vitest';
import type { ContractModel } from '../model.ts';
import { checkNames } from './check-names.ts';
import { modelOf, objectNode } from './model.fixture.ts';
import { checkNamesAgain } from './name-memory.ts';

const text = { kind: 'string' } as const;
const { rooms, errors, types } = modelOf();
const first = modelOf({
  rooms,
  errors,
  types,
  clientToServer: { 'on-ping': {}, send: { payload: text } },
  serverToClient: { pong: {}, told: { payload: text } },
});
const ack = { kind: 'envelope', data: text } as const;

test.each<[name: string, edit: Partial<ContractModel>]>([
  ['nothing', {}],
  [
    'a payload is another one',
    { clientToServer: { ...first.clientToServer, send: { payload: objectNode({}) } } },
  ],
  ['an event is renamed', { serverToClient: { ping: {}, told: { payload: text } } }],
  ['a payload comes', { clientToServer: { ...first.clientToServer, 'on-ping': { payload: text } } }],
  ['an answer comes', { types: { SendAck: text }, clientToServer: { send: { payload: text, ack } } }],
  ['a type comes', { types: { SendPayload: text } }],
  ['a room comes', { rooms: { all: { params: {} } } }],
  ['an event joins', { clientToServer: { 'on-ping': { joins: 'all' } }, rooms: { all: { params: {} } } }],
])('%s: what is found is what a look at the whole finds', (_name, edit) => {
  const targets = ['server', 'client'] as const;
  for (const model of [first, { ...first, ...edit }, first]) {
    expect(checkNamesAgain(model, targets)).toEqual(checkNames(model, targets));
  }
});

test('an answer that comes beside an equal name is found', () => {
  const before = modelOf({ types: { SendAck: text }, clientToServer: { send: { payload: text } } });
  const after = { ...before, clientToServer: { send: { payload: text, ack } } };
  expect(checkNamesAgain(before, [])).toEqual([]);
  expect(checkNamesAgain(after, [])).toHaveLength(1);
});

test('what was found is taken where nothing but a schema is another one', () => {
  const before = modelOf({ clientToServer: { a: { payload: text, ack } } });
  const after = { ...before, clientToServer: { a: { payload: objectNode({}), ack } } };
  expect(checkNamesAgain(after, [])).not.toBe(checkNamesAgain({ ...before, name: 'other' }, []));
  expect(checkNamesAgain(before, [])).toBe(checkNamesAgain(after, []));
});
