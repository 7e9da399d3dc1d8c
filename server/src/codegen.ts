/**
 * For generated server code only.
 *
 * @module codegen
 */
export type { ContractTable, ErrorBody, FixedCode } from '@sockeye/contract/wire';
export { defineServer, type SocketServer } from './define-server.ts';
export { earlierForms } from './earlier-forms.ts';
export type { HandlerFailure } from './failure.ts';
export type { HandlerContext } from './handler-context.ts';
export type { Authenticate, Awaitable, ContractServer, RoomAuthorizer, ServerOptions } from './options.ts';
export type { Commit, EventLog } from './stores/log.ts';
export type {
  DurableRoomTarget,
  DurableSenderTarget,
  LogTransaction,
  RequestTarget,
  RoomTarget,
  SenderTarget,
  Target,
  TransactionTarget,
} from './target.ts';
export type { PresenceTarget, PresentUser } from './presence/target.ts';
export { zod } from './zod-validator.ts';
