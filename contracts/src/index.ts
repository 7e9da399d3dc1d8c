/**
 * Declare the events of a Socket.IO application once, in Zod. Everything else (typed servers, typed clients, drift
 * checks) is generated from the value that `defineContract` returns.
 *
 * @module contract
 */
export { defineContract, type Contract, type ContractSpec } from './define.ts';
export { ContractDefinitionError, type DefinitionIssue } from './definition-error.ts';
export {
  event,
  raw,
  type Delivery,
  type EventDefinition,
  type EventSpec,
  type RateLimit,
  type RawAck,
} from './event.ts';
export { downcast, upcast, type Cast, type Downcast, type EarlierForm, type Upcast } from './earlier.ts';
export { room, type History, type RoomDefinition, type RoomOptions, type RoomShape } from './room.ts';
export { errorOf, type ErrorDefinition, type ErrorOptions } from './error-of.ts';
export { bigint, bytes, date, map, namedCodec, set, url, type WireBytes } from './codecs.ts';
export {
  collection,
  expiring,
  feed,
  latest,
  presence,
  type CollectionDefinition,
  type CollectionSpec,
  type ExpiringDefinition,
  type ExpiringSpec,
  type FeedDefinition,
  type FeedSpec,
  type LatestDefinition,
  type LatestSpec,
  type PatchSpec,
  type PresenceDefinition,
  type PresenceSpec,
  type ProjectionDefinition,
} from './projection.ts';
export { zod3, type Zod3Schema } from './zod3.ts';
export type { Duration } from './duration.ts';

// For tool authors.
export { isContract } from './define.ts';
export { durationMs } from './duration.ts';
export { nearest } from './nearest.ts';
export { zod3Key } from './zod3.ts';
export type { BuiltInCodec, CodecTag } from './codecs.ts';
