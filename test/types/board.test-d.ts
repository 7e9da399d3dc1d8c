import type { CollectionStore } from '@sockeye/client';
import type { ErrorBody, FixedCode, Result } from '@sockeye/contract/wire';
import { expectTypeOf } from 'vitest';
import { createBoardClient, type BoardClient } from '../golden/board/out/board.client.gen.ts';
import {
  createBoardServer,
  type BoardHandlers,
  type BoardServer,
} from '../golden/board/out/board.server.gen.ts';
import type { Card, CardAddError } from '../golden/board/out/board.types.gen.ts';
import { client, ctx, options, server } from './board.ts';

// Payloads and answers are plain types, in application form.
expectTypeOf<Card>().toEqualTypeOf<{
  colour: 'blue' | 'yellow';
  createdAt: Date;
  id: string;
  text: string;
}>();
expectTypeOf(client.cardAdd({ boardId: 'b', text: 't' })).toEqualTypeOf<
  Promise<Result<Card, CardAddError>>
>();
expectTypeOf(client.request('card:add', { boardId: 'b', text: 't' })).toEqualTypeOf<
  Promise<Result<Card, CardAddError>>
>();
expectTypeOf(client.cursorMove({ boardId: 'b', x: 1, y: 2 })).toEqualTypeOf<boolean>();
expectTypeOf(client.emit('cursor:move', { boardId: 'b', x: 1, y: 2 })).toEqualTypeOf<boolean>();
void client.ping();
void client.request('ping', undefined, { timeoutMs: 100 });

// A result is told apart by `ok`, an error by `code`, and details follow the code.
const result = await client.cardAdd({ boardId: 'b', text: 't' });
if (result.ok) expectTypeOf(result.data).toEqualTypeOf<Card>();
else {
  expectTypeOf(result.error.code).toEqualTypeOf<FixedCode | 'BOARD_FULL'>();
  if (result.error.code === 'BOARD_FULL')
    expectTypeOf(result.error.details).toEqualTypeOf<{ limit: number } | undefined>();
}
// An edit shown at once ends with the errors of the request that it makes.
declare const cards: CollectionStore<Card, string>;
const edited = await cards.update('c1', {}, () => client.cardAdd({ boardId: 'b', text: 't' }));
if (edited.ok) expectTypeOf(edited.data).toEqualTypeOf<Card>();
else if (edited.error.code === 'BOARD_FULL')
  expectTypeOf(edited.error.details).toEqualTypeOf<{ limit: number } | undefined>();
expectTypeOf(await cards.remove('c1', () => fetch('/cards/c1'))).toExtend<Result<Response>>();
const lease = client.board({ boardId: 'b' }).join();
const joined = await lease.ready;
if (joined.ok) expectTypeOf(joined.data.cards).toEqualTypeOf<Card[]>();
else if (joined.error.code === 'FORBIDDEN') {
  expectTypeOf(joined.error).toEqualTypeOf<ErrorBody<'FORBIDDEN', { room: string }>>();
}

// Listening, by method and by name, on the client and on a room.
client.onCardAdded(({ card }, meta) => {
  expectTypeOf(card).toEqualTypeOf<Card>();
  expectTypeOf(meta.room).toEqualTypeOf<string | undefined>();
});
client.on('notice', ({ text }) => expectTypeOf(text).toEqualTypeOf<string>());
client.board({ boardId: 'b' }).on('cursor:move', ({ x }) => expectTypeOf(x).toEqualTypeOf<number>());
client.answerConfirm(({ question }) => ({ yes: question !== '' }));
client.answer('confirm', async () => ({ yes: true }));

// The server sends what is bound to a room there, and the rest to everyone or to one.
server.board({ boardId: 'b' }).emit('card:added', { card: {} as Card });
server.board({ boardId: 'b' }, { boardId: 'c' }).volatile.emit('cursor:move', {
  boardId: 'b',
  userId: 'u',
  x: 1,
  y: 2,
});
server.all().emit('notice', { text: 't' });
expectTypeOf(server.socket('id').request('confirm', { question: 'q' })).toEqualTypeOf<
  Promise<Result<{ yes: boolean }>>
>();
ctx
  .board({ boardId: 'b' })
  .exceptSender()
  .emit('card:added', { card: {} as Card });
expectTypeOf(ctx.identity).toEqualTypeOf<{ id: string; name: string }>();
expectTypeOf(ctx.rawSocket.data.identity).toEqualTypeOf<{ id: string; name: string }>();
expectTypeOf(ctx.rawSocket.data.user).toEqualTypeOf<unknown>();

// Handlers answer, fail with a declared code or a fixed one, and may be asynchronous.
const right: BoardHandlers = {
  'board:join': async ({ boardId }, { identity, fail }) =>
    identity.id === boardId ? { cards: [] } : fail('FORBIDDEN', { room: boardId }),
  'card:add': ({ text }, context) => {
    if (text === '') return context.fail('CONFLICT');
    if (text === ' ') return context.fail('BOARD_FULL', { limit: 1 }, 'Too many cards.');
    const stored = {
      id: 'c',
      text,
      colour: 'blue' as const,
      createdAt: new Date(),
      secret: 'stripped on the way out',
    };
    return stored;
  },
  'cursor:move': () => {},
  ping: () => 'pong',
};
expectTypeOf(createBoardServer).returns.toEqualTypeOf<BoardServer>();
expectTypeOf(createBoardClient).returns.toEqualTypeOf<BoardClient>();
createBoardServer({ of: () => undefined }, { ...options, handlers: right });
createBoardClient({ url: 'http://localhost', auth: ({ reason }) => ({ token: reason }) });
