import { describe, expect, it } from 'vitest';
import type { ContractModel } from '../model.ts';
import { checkNames } from './check-names.ts';
import { modelOf, objectNode, plainEvents } from './model.fixture.ts';

const text = { kind: 'string' } as const;
const room = { params: { id: text } };

describe('what generated code cannot name', () => {
  it.each<[string, Partial<ContractModel>, string[]]>([
    [
      'two client events with one identifier',
      { clientToServer: plainEvents('a:b', 'a_b') },
      ['Client event "a_b" and client event "a:b" are both `aB` in generated code.'],
    ],
    [
      'a schema and a payload',
      { types: { SendPayload: text }, clientToServer: { send: { payload: text } } },
      [
        'The payload of client event "send" and the schema with id "SendPayload" are both `SendPayload` in generated code.',
      ],
    ],
    [
      'two schemas',
      { types: { 'api.Task': text, ApiTask: text } },
      [
        'The schema with id "api.Task" and the schema with id "ApiTask" are both `ApiTask` in generated code.',
      ],
    ],
    [
      "a schema and TypeScript's own",
      { types: { Map: text } },
      ['The schema with id "Map" and the `Map` of TypeScript are both `Map` in generated code.'],
    ],
    [
      'two errors',
      { errors: { A_B: { details: text }, A__B: { details: text } } },
      ['The details of error "A__B" and the details of error "A_B" are both `ABDetails` in generated code.'],
    ],
    [
      'an event and a member of every client',
      { clientToServer: plainEvents('close') },
      ['Client event "close" and the `close` of every client are both `close` in generated code.'],
    ],
    [
      'an event that would make a client a promise',
      { clientToServer: plainEvents('then') },
      ['Client event "then" and the `then` of every client are both `then` in generated code.'],
    ],
    [
      'a client event and a listener',
      { clientToServer: plainEvents('on-ping'), serverToClient: plainEvents('ping') },
      ['The listener of server event "ping" and client event "on-ping" are both `onPing` in generated code.'],
    ],
    [
      'a room and everyone',
      { rooms: { all: room } },
      [
        'Room "all" and the `all` of every server are both `all` in generated code.',
        'Room "all" and the `all` of every handler\'s context are both `all` in generated code.',
      ],
    ],
    [
      'a room that would be called as other events are',
      { rooms: { open: room } },
      [
        'The type `ChatOpenEvents` of room "open" and the generated type `ChatOpenEvents` are both `ChatOpenEvents` in generated code.',
      ],
    ],
    [
      'a contract that is called as a type of the runtime',
      { name: 'contract' },
      [
        'The generated type `ContractServer` and the `ContractServer` of `@sockeye/server` are both `ContractServer` in generated code.',
      ],
    ],
    [
      'a digit in front',
      { clientToServer: plainEvents('2fa:verify') },
      [
        'Client event "2fa:verify" becomes `2faVerify` in generated code, which does not begin with a letter.',
      ],
    ],
    [
      'no letter',
      { serverToClient: plainEvents(':-)') },
      ['Server event ":-)" contains no letter, so it cannot become an identifier.'],
    ],
    [
      'a reserved word',
      { clientToServer: plainEvents('delete') },
      ['Client event "delete" becomes `delete` in generated code, which is a reserved word.'],
    ],
    [
      'a room that is no identifier',
      { rooms: { 'work-space': room } },
      ['Room "work-space" is used as a member name in generated code, but is not an identifier.'],
    ],
  ])('%s', (_name, parts, wanted) => {
    expect(checkNames(modelOf(parts)).map(({ message }) => message)).toEqual(wanted);
  });
});

describe('what it can name', () => {
  it.each<[string, Partial<ContractModel>]>([
    [
      'the same event in both directions',
      { clientToServer: plainEvents('ping'), serverToClient: plainEvents('ping') },
    ],
    [
      'an event that joins, whatever clients are called',
      {
        rooms: { lobby: room },
        clientToServer: { connect: { joins: 'lobby', payload: objectNode({ id: text }) } },
      },
    ],
    [
      'an auto-joined room, whatever clients are called',
      { rooms: { request: { ...room, auto: { id: 'id' } } } },
    ],
    ['a code and an event', { errors: { PING: {} }, clientToServer: plainEvents('ping') }],
  ])('%s', (_name, parts) => {
    expect(checkNames(modelOf(parts))).toEqual([]);
  });
});

it('every finding is an error with a place and a way out', () => {
  const [finding] = checkNames(modelOf({ clientToServer: plainEvents('a:b', 'a_b') }));
  expect(finding).toEqual({
    id: 'name-collision',
    level: 'error',
    message: 'Client event "a_b" and client event "a:b" are both `aB` in generated code.',
    hint: 'Rename one of them.',
    contract: 'chat',
    path: ['clientToServer', 'a_b'],
  });
});
