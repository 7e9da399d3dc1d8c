import type { BoardClient, BoardRoom } from '../../../core/src/testing/board-client.ts';
import { defineReact } from '../define-react.ts';
import type { SkipToken } from '../skip-token.ts';
import type { RequestView } from '../use-request.ts';
import type { RoomView, SkippedRoom } from '../use-seat.ts';

/** Hooks of the board contract, without its payload types. */
export const Board = defineReact<BoardClient>('Board');

/** A board, where it stands. */
export type BoardView = RoomView<BoardRoom, { title: string }> | SkippedRoom;

/** The room of a board. */
export function useBoard(params: { boardId: string } | SkipToken): BoardView {
  return Board.useRoom('board', params);
}

/** The request that adds a card. */
export function useCardAdd(): RequestView<unknown, unknown> {
  return Board.useRequest('card:add');
}
