/**
 * The runtime behind generated servers. It attaches a contract to a Socket.IO server: handlers receive only decoded,
 * validated, authorized input, and every call is answered.
 *
 * @module server
 */
export {
  ContractError,
  type ContractStamp,
  type ErrorBody,
  type FixedCode,
  type Result,
  type StampVerdict,
} from '@sockeye/contract/wire';
export {
  bearerToken,
  jwt,
  type JwtAuthenticate,
  type JwtClaims,
  type JwtOptions,
  type VerifiedToken,
  type VerifyToken,
} from './auth/jwt.ts';
export type { JwtAlgorithm, JwtKeySource } from './auth/jwt-key.ts';
export type { ClientCount, ClientVersions } from './client-versions.ts';
export type { ClientContract } from './contract-policy.ts';
export type { HandlerFailure } from './failure.ts';
export { grant, memberSince, refuse, type Grant, type Membership, type Refusal } from './grant.ts';
export type { DurableOptions } from './durable/options.ts';
export type { EventLog } from './stores/log.ts';
export type { FailArguments, HandlerContext, IdentifiedSocket } from './handler-context.ts';
export type {
  Authenticate,
  Awaitable,
  CloseOptions,
  ContractDecision,
  ContractPolicy,
  ContractServer,
  Handshake,
  Log,
  Observation,
  PayloadLimits,
  RoomAuthorizer,
  ServerOptions,
} from './options.ts';
export type { BackpressureOptions } from './backpressure.ts';
export { presenceClock, type PresenceClock } from './presence/clock.ts';
export { memoryPresence } from './presence/memory.ts';
export type { PresenceOptions } from './presence/options.ts';
export type {
  PresenceChanges,
  PresenceDiff,
  PresenceLink,
  PresenceListener,
  PresencePlace,
  PresenceState,
  PresenceStore,
} from './presence/store.ts';
export type { PresenceTarget, PresentUser } from './presence/target.ts';
export { memoryRates, type RateLimits, type RateStore } from './rate-limits.ts';
export { recommendedServerOptions, type RecommendedOptions } from './recommended-options.ts';
export type {
  DurableRoomTarget,
  DurableSenderTarget,
  LogTransaction,
  PayloadArguments,
  Published,
  PublishOptions,
  RequestOptions,
  RequestTarget,
  RoomTarget,
  SenderTarget,
  Target,
  TransactionTarget,
} from './target.ts';
