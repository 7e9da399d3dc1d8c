/**
 * What generated clients import, and nobody else needs to.
 *
 * @module codegen
 */
export type { ContractTable, ErrorBody, FixedCode, Result } from '@sockeye/contract/wire';
export { defineClient } from './define-client.ts';
export type { ClientOptions } from './options.ts';
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
