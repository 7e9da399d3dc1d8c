import { inject, type Signal } from '@angular/core';
import { injectStore, skipToken, type RequestState } from '@sockeye/angular';
import type { Connection } from '@sockeye/client';
import type { Observable } from 'rxjs';
import { expectTypeOf } from 'vitest';
import {
  Board,
  BoardSocketService,
  fromBoardEvent,
  injectBoard,
  injectBoardConnection,
  injectBoardEvent,
  injectBoardRequest,
  injectCardAdded,
  injectConfirm,
  injectCursorMove,
  provideBoard,
  withBoardSocketService,
  type BoardBoardState,
} from '../golden/board/out/board.angular.gen.ts';
import type { BoardClient } from '../golden/board/out/board.client.gen.ts';
import type { Card, CardAddError, CardAddPayload } from '../golden/board/out/board.types.gen.ts';

provideBoard({ auth: () => ({ token: 't' }) });
provideBoard(() => ({ auth: async () => ({ token: 't' }) }), withBoardSocketService());
const client = inject(Board);
expectTypeOf(client).toExtend<BoardClient>();
expectTypeOf(injectBoardConnection()).toEqualTypeOf<Signal<Connection>>();
expectTypeOf(injectBoardConnection((now) => now.phase === 'connected')).toEqualTypeOf<Signal<boolean>>();
expectTypeOf(injectStore(client.connection, ({ queued }) => queued)).toEqualTypeOf<Signal<number>>();

// A room is told apart by `phase`; one that is skipped has no room.
const board = injectBoard(() => ({ boardId: 'b' }));
expectTypeOf(board.state).toEqualTypeOf<Signal<BoardBoardState>>();
board.room().on('card:added', ({ card }) => expectTypeOf(card).toEqualTypeOf<Card>());
expectTypeOf(board.data()?.cards).toEqualTypeOf<Card[] | undefined>();
const perhaps = injectBoard(() => (Math.random() > 2 ? { boardId: 'b' } : skipToken));
expectTypeOf(perhaps.room()?.name).toEqualTypeOf<string | undefined>();
injectBoard({ boardId: 'b' });
injectBoard(skipToken);

// Events, by name and by function, anywhere and in a room.
injectBoardEvent('notice', ({ text }, meta) => {
  expectTypeOf(text).toEqualTypeOf<string>();
  expectTypeOf(meta.room).toEqualTypeOf<string | undefined>();
});
injectBoardEvent('card:added', ({ card }) => expectTypeOf(card).toEqualTypeOf<Card>(), { room: board });
injectCardAdded(({ card }) => expectTypeOf(card).toEqualTypeOf<Card>());
injectCursorMove(({ x }) => expectTypeOf(x).toEqualTypeOf<number>(), { room: perhaps });
injectConfirm(async () => ({ yes: true }));
export const notices = fromBoardEvent('notice');
fromBoardEvent('card:added', { room: perhaps }).subscribe(({ card }) =>
  expectTypeOf(card).toEqualTypeOf<Card>(),
);

// A request is told apart by `status`.
const add = injectBoardRequest('card:add');
expectTypeOf(add.state).toEqualTypeOf<Signal<RequestState<Card, CardAddError>>>();
expectTypeOf(add.error).toEqualTypeOf<Signal<CardAddError | undefined>>();
expectTypeOf(add.data()).toEqualTypeOf<Card | undefined>();
expectTypeOf(add.send).parameter(0).toEqualTypeOf<CardAddPayload>();
export const sent = await add.send({ boardId: 'b', text: 't' }, { whenOffline: 'queue' });
await injectBoardRequest('ping').send();

// The service.
const service = inject(BoardSocketService);
expectTypeOf(service.on('notice')).toEqualTypeOf<Observable<{ text: string }>>();
service.on('card:added', client.board({ boardId: 'b' }));
expectTypeOf(service.connection$).toEqualTypeOf<Observable<Connection>>();
expectTypeOf(service.client).toEqualTypeOf<BoardClient>();
service.emit('cursor:move', { boardId: 'b', x: 1, y: 2 });
expectTypeOf(await service.request('card:add', { boardId: 'b', text: 't' })).toEqualTypeOf<typeof sent>();
