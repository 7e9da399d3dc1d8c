/**
 * Imports of generated React files. You do not need them in your own code.
 *
 * @module codegen
 */
export type { Awaitable, Connection, EventMeta } from '@sockeye/client';
export {
  defineReact,
  type InRoom,
  type Listens,
  type ProviderProps,
  type ReactHooks,
} from './define-react.ts';
export type { SkipToken } from './skip-token.ts';
export type { RequestView } from './use-request.ts';
export type { RoomView, SkippedRoom } from './use-seat.ts';
export type { StoreValue } from './use-store.ts';
