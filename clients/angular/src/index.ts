/**
 * Angular lifecycle around generated clients. All state is the client's; inject functions hold shares in it until the
 * component, or whatever injected them, is destroyed, and show it as signals. Nothing here is decorated, so the package
 * needs no compiler of Angular's. Applications use the generated functions, which are named after their contract.
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
