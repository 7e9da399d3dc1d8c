/**
 * Imports of generated clients. You do not need them in your own code.
 *
 * @module codegen
 */
export type { ContractTable, ErrorBody, FixedCode, Result } from '@sockeye/contract/wire';
export { answers } from './answers.ts';
export { batches } from './batches.ts';
export { once } from './commands.ts';
export { defineClient } from './define-client.ts';
export { durable } from './durable/logs.ts';
export type { ClientOptions, CollectionOptions } from './options.ts';
export { collection } from './projections/collection.ts';
export type { CollectionStore } from './projections/collection-store.ts';
export { expiring, type ExpiringStore } from './projections/expiring.ts';
export { feed, type FeedStore } from './projections/feed.ts';
export { latest, type LatestStore } from './projections/latest.ts';
export { projections } from './projections/projection.ts';
export { presence, type PresenceStore } from './projections/presence.ts';
export { rooms } from './rooms.ts';
export type {
  AuthContext,
  Awaitable,
  ClientBase,
  EmitOptions,
  EventMeta,
  ListenOptions,
  RequestOptions,
  RoomBase,
  Unsubscribe,
} from './surface.ts';
