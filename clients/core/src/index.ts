/**
 * The framework-free core of every generated client. It owns all state: the connection, room leases, the outbox and
 * requests. The framework bindings only manage lifecycles.
 *
 * @module client
 */
export type { ErrorBody, FixedCode, Result } from '@sockeye/contract/wire';
export { failure, success } from '@sockeye/contract/wire';
export type {
  BackoffOptions,
  ClientOptions,
  CollectionOptions,
  InvalidPayload,
  LoadContext,
  TransportOptions,
  ValidateMode,
} from './options.ts';
export type {
  AuthContext,
  Awaitable,
  ClientBase,
  CloseOptions,
  Connection,
  ConnectionPhase,
  ContractMismatch,
  EmitOptions,
  EventMeta,
  ListenOptions,
  RequestOptions,
  RoomBase,
  RoomLease,
  RoomStatus,
  Unsubscribe,
} from './surface.ts';
export type {
  CollectionSnapshot,
  CollectionStore,
  CreateOptions,
  Edit,
  EditResult,
  RunEdit,
} from './projections/collection-store.ts';
export type { ExpiringStore } from './projections/expiring.ts';
export type { FeedSnapshot, FeedStore } from './projections/feed.ts';
export type { LatestStore } from './projections/latest.ts';
export type { PresenceSnapshot, PresenceStore } from './projections/presence.ts';
export type { Scheduler } from './projections/scheduler.ts';
export type {
  ClientStorage,
  CursorStorage,
  OutboxStorage,
  StoredCommand,
  StoredCommands,
  StoredCursor,
  WebStorage,
} from './storage.ts';
export { storedCursors, webStorageCursors, type CursorKeeper } from './durable/cursors.ts';
export { storedOutbox, webStorageOutbox, type OutboxKeeper } from './outbox.ts';
export { ContractError } from './errors.ts';
export type { Lease } from './lease.ts';
export type { Store } from './store.ts';
// For tests and bindings.
export type { RequestState, SendArguments } from './request-state.ts';
export { systemClock, type Clock } from './clock.ts';
export type { SocketAuth, SocketFactory, SocketLike, SocketSettings } from './socket.ts';
export { defineClient } from './define-client.ts';
export type { ClientFeatures } from './features.ts';
