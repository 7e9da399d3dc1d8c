import type * as z from 'zod';
import type { Duration } from './duration.ts';

/** How a {@link collection} applies an event that changes some fields of a row. */
export interface PatchSpec {
  /** Field of the payload that holds the row's key. */
  readonly key: string;
  /** Field of the payload that holds the changed fields, and no others. */
  readonly changes: string;
  /** Field of the payload that holds the row's version after the change. */
  readonly version?: string;
}

/** Options of a {@link collection}. */
export interface CollectionSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Schema of a row. */
  readonly of: z.ZodObject;
  /** Field that identifies a row. */
  readonly key: string;
  /** Field of a row that increases with every change; an event with a lower version is late and ignored. */
  readonly version?: string;
  /** Events that contain a whole row, each with the payload field that holds it; `true` for the payload itself. */
  readonly upsert?: Readonly<Record<string, string | true>>;
  /** Events that contain the changed fields of a row. */
  readonly patch?: Readonly<Record<string, PatchSpec>>;
  /** Events that remove a row, each with the payload field that holds its key. */
  readonly remove?: Readonly<Record<string, string>>;
}

/** Options of an {@link expiring} projection. */
export interface ExpiringSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Server event whose payloads are kept. */
  readonly event: string;
  /** Field of the payload that identifies an entry; the newest payload of each key is kept. */
  readonly key: string;
  /** How long an entry is kept after its last event, by the client's clock. */
  readonly ttl: Duration;
  /** Events that remove an entry early, each with the payload field that holds its key. */
  readonly clear?: Readonly<Record<string, string>>;
}

/** Options of a {@link latest} projection. */
export interface LatestSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Server event whose payloads are kept. */
  readonly event: string;
  /** Field of the payload to keep. Default: the payload itself. */
  readonly pick?: string;
}

/** Options of a {@link feed}. */
export interface FeedSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Server event whose payloads are kept. */
  readonly event: string;
  /** Field of the payload that identifies an item; an item received twice is kept once. */
  readonly key: string;
  /** How many items are kept, newest first. */
  readonly limit: number;
}

/** Options of a {@link presence} projection. */
export interface PresenceSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Room whose users are listed; a client event must join it. */
  readonly room: string;
  /** Schema of a user, as others see it. */
  readonly of: z.ZodObject;
  /** Field that identifies a user: two connections with the same key are two tabs of one user. */
  readonly key: string;
  /**
   * Event that sends the whole list after a change to clients that were not generated, with the payload field that
   * holds the list. The payload's other fields are the room's parameters. Default: such clients receive nothing.
   */
  readonly list?: Readonly<Record<string, string>>;
}

/** State that generated clients derive from a contract's events. */
export type ProjectionDefinition =
  CollectionDefinition | ExpiringDefinition | LatestDefinition | FeedDefinition | PresenceDefinition;

export interface CollectionDefinition<Spec extends CollectionSpec = CollectionSpec> {
  readonly kind: 'collection';
  readonly spec: Spec;
}
export interface ExpiringDefinition<Spec extends ExpiringSpec = ExpiringSpec> {
  readonly kind: 'expiring';
  readonly spec: Spec;
}
export interface LatestDefinition<Spec extends LatestSpec = LatestSpec> {
  readonly kind: 'latest';
  readonly spec: Spec;
}
export interface PresenceDefinition<Spec extends PresenceSpec = PresenceSpec> {
  readonly kind: 'presence';
  readonly spec: Spec;
}
export interface FeedDefinition<Spec extends FeedSpec = FeedSpec> {
  readonly kind: 'feed';
  readonly spec: Spec;
}

/**
 * Rows that events create, change and remove, plus optimistic edits.
 *
 * @example collection({ of: Task, key: 'id', upsert: { 'task:created': 'task' }, remove: { 'task:deleted': 'taskId' } })
 */
export function collection<const Spec extends CollectionSpec>(spec: Spec): CollectionDefinition<Spec> {
  return { kind: 'collection', spec };
}

/**
 * The newest payload of each key, for `ttl` after its last event, such as who is typing.
 *
 * @example expiring({ event: 'user:typing', key: 'userId', ttl: '4s' })
 */
export function expiring<const Spec extends ExpiringSpec>(spec: Spec): ExpiringDefinition<Spec> {
  return { kind: 'expiring', spec };
}

/**
 * The newest payload of an event, or one field of it, such as the current build.
 *
 * @example latest({ event: 'build:finished', pick: 'status' })
 */
export function latest<const Spec extends LatestSpec>(spec: Spec): LatestDefinition<Spec> {
  return { kind: 'latest', spec };
}

/**
 * The last `limit` payloads of an event, newest first, with a count of unread ones, such as notifications.
 *
 * @example feed({ event: 'notification', key: 'id', limit: 100 })
 */
export function feed<const Spec extends FeedSpec>(spec: Spec): FeedDefinition<Spec> {
  return { kind: 'feed', spec };
}

/**
 * Who is in a room, per user rather than per connection; the server maintains it without an event in the contract.
 *
 * @example presence({ room: 'workspace', of: OnlineUser, key: 'id', list: { online_users: 'users' } })
 */
export function presence<const Spec extends PresenceSpec>(spec: Spec): PresenceDefinition<Spec> {
  return { kind: 'presence', spec };
}
