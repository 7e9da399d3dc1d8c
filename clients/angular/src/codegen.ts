/**
 * Imports of generated Angular files. You do not need them in your own code.
 *
 * @module codegen
 */
export type { EnvironmentProviders, Signal } from '@angular/core';
export type { Awaitable, Connection, EmitOptions, EventMeta, RequestOptions, Result } from '@sockeye/client';
export type { Observable } from 'rxjs';
export { defineAngular, type AngularBinding } from './define-angular.ts';
export type { Feature } from './feature.ts';
export { answer, listen, observe, type InRoom, type Listens } from './listen.ts';
export { requestRef, type RequestRef } from './request-ref.ts';
export {
  roomIn,
  roomRef,
  type Reactive,
  type RoomRef,
  type RoomState,
  type SkippedRoom,
} from './room-ref.ts';
export type { ClientSite, InjectOptions } from './site.ts';
export type { SkipToken } from './skip-token.ts';
export { withService, type SocketServiceBase } from './socket-service.ts';
export { storeSignal, type SelectOptions, type StoreValue } from './store-signal.ts';
