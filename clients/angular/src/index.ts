/**
 * Inject functions and signals for generated clients. The client owns all state; inject functions hold leases until
 * their injection context is destroyed, and return signals. Nothing here is decorated, so the package is not compiled
 * by Angular's compiler. Applications use the generated functions, which are named after their contract.
 *
 * @module angular
 */
export { skipToken, type SkipToken } from './skip-token.ts';
export { injectStore, type SelectOptions, type StoreValue } from './store-signal.ts';
export { withConnectWhile, type Feature } from './feature.ts';
export type { InjectOptions } from './site.ts';
export type { InRoom } from './listen.ts';
export type { RequestState, SendArguments } from '@sockeye/client';
export type { RequestRef } from './request-ref.ts';
export type { GivenRoom, Reactive, RoomRef, RoomState, SkippedRoom } from './room-ref.ts';
export type { SocketServiceBase } from './socket-service.ts';
