import type { Result } from '@sockeye/contract/wire';
import { answers } from '../answers.ts';
import { batches } from '../batches.ts';
import { once } from '../commands.ts';
import { defineClient } from '../define-client.ts';
import { durable } from '../durable/logs.ts';
import type { Handler } from '../event-hub.ts';
import type { ClientOptions } from '../options.ts';
import { projections } from '../projections/projection.ts';
import { rooms } from '../rooms.ts';
import type {
  ClientBase,
  EmitOptions,
  ListenOptions,
  RequestOptions,
  RoomBase,
  Unsubscribe,
} from '../surface.ts';
import { boardTable } from './board-table.ts';

type Listen = (event: string, handler: Handler, options?: ListenOptions) => Unsubscribe;

/** A room of the board contract, without its payload types. */
export interface BoardRoom extends RoomBase<object, { title: string }> {
  readonly on: Listen;
}

/** The board client, without its payload types. */
export interface BoardClient extends ClientBase {
  readonly on: Listen;
  readonly answer: Listen;
  readonly emit: (event: string, payload?: unknown, options?: EmitOptions) => boolean;
  readonly request: (event: string, payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;
  readonly board: (params: { boardId: string }) => BoardRoom;
  readonly theatreSeat: (params: { row: string; place: number }) => BoardRoom;
  readonly cardAdd: (payload: unknown, options?: RequestOptions) => Promise<Result<unknown>>;
  readonly cursorMove: (payload: unknown, options?: EmitOptions) => boolean;
  readonly onCardAdded: (handler: Handler, options?: ListenOptions) => Unsubscribe;
  readonly answerConfirm: (handler: Handler, options?: ListenOptions) => Unsubscribe;
}

/** Makes a client of the board contract. */
export const createBoardClient = defineClient<ClientOptions, BoardClient>(boardTable, {
  answers,
  batches,
  durable,
  once,
  projections,
  rooms,
});
