import { expect, it } from 'vitest';
import type { ContractModel } from '../model.ts';
import { checkNames } from './check-names.ts';
import { modelOf, objectNode, plainEvents } from './model.fixture.ts';

const notice: Partial<ContractModel> = {
  rooms: { notice: { params: { id: { kind: 'string' } } } },
  clientToServer: { enter: { joins: 'notice', payload: objectNode({ id: { kind: 'string' } }) } },
  serverToClient: plainEvents('notice'),
};

it.each<[string, Partial<ContractModel>, string[]]>([
  [
    'a room and a server event',
    notice,
    [
      'The hook of server event "notice" and the hook of room "notice" are both `useNotice` in generated code.',
    ],
  ],
  [
    'a server event and a hook of the contract',
    { serverToClient: plainEvents('chat:event') },
    [
      'The hook of server event "chat:event" and the generated hook `useChatEvent` are both `useChatEvent` in generated code.',
    ],
  ],
  [
    'a projection of a room and a server event',
    {
      ...notice,
      serverToClient: plainEvents('notice:latest'),
      projections: { latest: { kind: 'latest', event: 'notice:latest', room: 'notice' } },
    },
    [
      'The hook of server event "notice:latest" and the hook of projection "latest" are both `useNoticeLatest` in generated code.',
    ],
  ],
  ['a room that is called like its contract', { ...notice, name: 'notice', serverToClient: {} }, []],
])('%s', (_name, parts, wanted) => {
  expect(checkNames(modelOf(parts), ['react']).map(({ message }) => message)).toEqual(wanted);
});

it('hooks of no concern to other targets', () => {
  expect(checkNames(modelOf(notice), ['client'])).toEqual([]);
});

it.each<[string, Partial<ContractModel>, string[]]>([
  [
    'a room and a server event',
    notice,
    [
      'The inject function of server event "notice" and the inject function of room "notice" are both `injectNotice` in generated code.',
    ],
  ],
  [
    'a server event and a function of the contract',
    { serverToClient: plainEvents('chat:request') },
    [
      'The inject function of server event "chat:request" and the generated inject function `injectChatRequest` are both `injectChatRequest` in generated code.',
    ],
  ],
  [
    'a contract and a type that its file uses',
    { name: 'signal' },
    ['The generated type `Signal` and `Signal` of `@sockeye/angular` are both `Signal` in generated code.'],
  ],
  ['a server event that is called like a hook alone', { serverToClient: plainEvents('chat:client') }, []],
])('for Angular: %s', (_name, parts, wanted) => {
  expect(checkNames(modelOf(parts), ['angular']).map(({ message }) => message)).toEqual(wanted);
});
