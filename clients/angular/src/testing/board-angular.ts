/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type --
   Tokens are classes by name alone, as in generated code. */
import type { Signal } from '@angular/core';
import type { ClientOptions, Connection, ErrorBody } from '@sockeye/client';
import type { Observable } from 'rxjs';
import {
  createBoardClient,
  type BoardClient,
  type BoardRoom,
} from '../../../core/src/testing/board-client.ts';
import { defineAngular } from '../define-angular.ts';
import { answer, listen, observe, type Handler, type InRoom } from '../listen.ts';
import { requestRef, type RequestRef } from '../request-ref.ts';
import { roomRef, type Reactive, type RoomRef, type RoomState, type SkippedRoom } from '../room-ref.ts';
import type { InjectOptions } from '../site.ts';
import type { SkipToken } from '../skip-token.ts';
import { withService, type SocketServiceBase } from '../socket-service.ts';
import { storeSignal, type SelectOptions } from '../store-signal.ts';

/** The board contract's client, without its payload types. */
export abstract class Board {}
export interface Board extends BoardClient {}

/** What generated code makes of the board contract. */
export const binding = defineAngular<BoardClient, ClientOptions>('Board', Board, createBoardClient);

/** State of the connection. */
export function injectConnection<Selected = Connection>(
  select?: (connection: Connection) => Selected,
  options?: SelectOptions<Selected>,
): Signal<Selected> {
  return storeSignal(binding.at(injectConnection, options), ({ connection }) => connection, select);
}

/** The room of a board. */
export function injectBoard(
  params: Reactive<{ boardId: string } | SkipToken>,
  options?: InjectOptions,
): RoomRef<RoomState<BoardRoom, { title: string }> | SkippedRoom> {
  return roomRef(binding.at(injectBoard, options), 'board', params);
}

/** Any event of the server's. */
export function injectEvent(event: string, handler: Handler, options?: InRoom<BoardRoom>): void {
  listen(binding.at(injectEvent, options), event, handler);
}

/** The same as an Observable. */
export function fromEvent<Payload>(event: string, options?: InRoom<BoardRoom>): Observable<Payload> {
  return observe(binding.at(fromEvent, options), event);
}

/** The server's question. */
export function injectConfirm(handler: Handler): void {
  answer(binding.at(injectConfirm), 'confirm', handler);
}

/** The request that adds a card. */
export function injectCardAdd(options?: InjectOptions): RequestRef<unknown, { id: string }, ErrorBody> {
  return requestRef(binding.at(injectCardAdd, options), 'card:add');
}

/** The board as a service. */
export abstract class BoardService {}
export interface BoardService extends SocketServiceBase<BoardClient> {
  on(event: string, room?: BoardRoom): Observable<{ text: string }>;
  emit(event: string, payload?: unknown): boolean;
  request(event: string, payload?: unknown): Promise<unknown>;
}

/** Provides {@link BoardService}. */
export const withBoardService = () => withService(binding, BoardService);
