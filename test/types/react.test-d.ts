import { skipToken, useStore, type RequestState, type SkippedRoom, type StoreValue } from '@sockeye/react';
import { createElement } from 'react';
import { expectTypeOf } from 'vitest';
import {
  BoardProvider,
  useBoard,
  useBoardClient,
  useBoardConnection,
  useBoardEvent,
  useBoardRequest,
  useCardAdded,
  useConfirm,
  useCursorMove,
  type BoardBoardView,
} from '../golden/board/out/board.react.gen.ts';
import type { BoardClient } from '../golden/board/out/board.client.gen.ts';
import type { Card, CardAddError, CardAddPayload } from '../golden/board/out/board.types.gen.ts';
import { client } from './board.ts';

createElement(BoardProvider, { client });
createElement(BoardProvider, { client, connect: false }, 'children');
expectTypeOf(useBoardClient()).toEqualTypeOf<BoardClient>();
expectTypeOf(useBoardConnection()).toEqualTypeOf<StoreValue<BoardClient['connection']>>();
expectTypeOf(useBoardConnection().attempt).toEqualTypeOf<number>();
expectTypeOf(useBoardConnection((now) => now.phase === 'connected')).toEqualTypeOf<boolean>();
expectTypeOf(useStore(client.connection, ({ queued }) => queued, Object.is)).toEqualTypeOf<number>();
expectTypeOf(
  useStore(Math.random() > 2 ? client.connection : undefined, ({ queued }) => queued),
).toEqualTypeOf<number | undefined>();

// A room is told apart by `phase`; one that is skipped has no room.
const board = useBoard({ boardId: 'b' });
expectTypeOf(board).toEqualTypeOf<BoardBoardView>();
board.room.on('card:added', ({ card }) => expectTypeOf(card).toEqualTypeOf<Card>());
if (board.phase === 'joined') expectTypeOf(board.data.cards).toEqualTypeOf<Card[]>();
if (board.phase === 'denied' && board.error.code === 'FORBIDDEN')
  expectTypeOf(board.error.details).toEqualTypeOf<{ room: string } | undefined>();
const perhaps = useBoard(Math.random() > 2 ? { boardId: 'b' } : skipToken);
expectTypeOf(perhaps).toEqualTypeOf<BoardBoardView | SkippedRoom>();

// Events, by name and by hook, anywhere and in a room.
useBoardEvent('notice', ({ text }, meta) => {
  expectTypeOf(text).toEqualTypeOf<string>();
  expectTypeOf(meta.room).toEqualTypeOf<string | undefined>();
});
useBoardEvent('card:added', ({ card }) => expectTypeOf(card).toEqualTypeOf<Card>(), { room: board });
useCardAdded(({ card }) => expectTypeOf(card).toEqualTypeOf<Card>());
useCursorMove(({ x }) => expectTypeOf(x).toEqualTypeOf<number>(), { room: perhaps });
useConfirm(({ question }) => ({ yes: question !== '' }));
useConfirm(async () => ({ yes: true }));

// A request is told apart by `status`.
const add = useBoardRequest('card:add');
expectTypeOf(add).toExtend<RequestState<Card, CardAddError>>();
if (add.status === 'success') expectTypeOf(add.data).toEqualTypeOf<Card>();
if (add.status === 'error' && add.error.code === 'BOARD_FULL')
  expectTypeOf(add.error.details).toEqualTypeOf<{ limit: number } | undefined>();
expectTypeOf(add.send).parameter(0).toEqualTypeOf<CardAddPayload>();
const sent = await add.send({ boardId: 'b', text: 't' }, { whenOffline: 'queue' });
if (sent.ok) expectTypeOf(sent.data).toEqualTypeOf<Card>();
await useBoardRequest('ping').send();
