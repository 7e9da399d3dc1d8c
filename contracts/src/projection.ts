import type * as z from 'zod';
import type { Duration } from './duration.ts';

/** How a client finds the row that an event changes. */
export interface PatchSpec {
  /** Field of the payload that holds the row's key. */
  readonly key: string;
  /** Field of the payload that holds the changed fields, and no others. */
  readonly changes: string;
  /** Field of the payload that holds the row's version after the change. */
  readonly version?: string;
}

/** What a {@link collection} is made of. */
export interface CollectionSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Schema of a row. */
  readonly of: z.ZodObject;
  /** Field of a row that tells rows apart. */
  readonly key: string;
  /** Field of a row that counts up with every change; an event with a lower one is late and does nothing. */
  readonly version?: string;
  /** Events that carry a whole row, each with the field of its payload that holds it; `true` for the payload itself. */
  readonly upsert?: Readonly<Record<string, string | true>>;
  /** Events that carry some fields of a row. */
  readonly patch?: Readonly<Record<string, PatchSpec>>;
  /** Events that take a row away, each with the field of its payload that holds the key. */
  readonly remove?: Readonly<Record<string, string>>;
}

/** What an {@link expiring} projection is made of. */
export interface ExpiringSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Server event whose payloads are kept. */
  readonly event: string;
  /** Field of the payload that tells entries apart; the newest of a key stays. */
  readonly key: string;
  /** How long an entry lives after its last event, by the receiver's clock. */
  readonly ttl: Duration;
  /** Events that end an entry early, each with the field of its payload that holds the key. */
  readonly clear?: Readonly<Record<string, string>>;
}

/** What a {@link latest} projection is made of. */
export interface LatestSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Server event whose payloads are kept. */
  readonly event: string;
  /** Field of the payload to keep. Default: the payload itself. */
  readonly pick?: string;
}

/** What a {@link feed} is made of. */
export interface FeedSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Server event whose payloads are kept. */
  readonly event: string;
  /** Field of the payload that tells items apart; an item that comes twice is kept once. */
  readonly key: string;
  /** How many items are kept, the newest first. */
  readonly limit: number;
}

/** What a {@link presence} projection is made of. */
export interface PresenceSpec {
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** Room whose users are told; one that a client's event joins. */
  readonly room: string;
  /** Schema of a user, as others see it. */
  readonly of: z.ZodObject;
  /** Field of a user that tells users apart: two connections with the same one are two tabs of one user. */
  readonly key: string;
  /**
   * Event that tells clients which were not generated the whole list after every change, with the field of its
   * payload that holds the list; its other fields are the room's parameters. Default: such clients are told nothing.
   */
  readonly list?: Readonly<Record<string, string>>;
}

/** State that generated clients keep from a contract's events. */
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
 * Rows that events create, change and remove, with optimistic edits on top.
 *
 * @example collection({ of: Task, key: 'id', upsert: { 'task:created': 'task' }, remove: { 'task:deleted': 'taskId' } })
 */
export function collection<const Spec extends CollectionSpec>(spec: Spec): CollectionDefinition<Spec> {
  return { kind: 'collection', spec };
}

/**
 * Entries that go away by themselves, such as who is typing.
 *
 * @example expiring({ event: 'user:typing', key: 'userId', ttl: '4s' })
 */
export function expiring<const Spec extends ExpiringSpec>(spec: Spec): ExpiringDefinition<Spec> {
  return { kind: 'expiring', spec };
}

/**
 * The newest value of an event, such as who is online.
 *
 * @example latest({ event: 'online_users', pick: 'users' })
 */
export function latest<const Spec extends LatestSpec>(spec: Spec): LatestDefinition<Spec> {
  return { kind: 'latest', spec };
}

/**
 * The last items of an event with a count of unread ones, such as notifications.
 *
 * @example feed({ event: 'notification', key: 'id', limit: 100 })
 */
export function feed<const Spec extends FeedSpec>(spec: Spec): FeedDefinition<Spec> {
  return { kind: 'feed', spec };
}

/**
 * Who is in a room, per user and not per connection; the server keeps it, with no event of the contract's own.
 *
 * @example presence({ room: 'workspace', of: OnlineUser, key: 'id', list: { online_users: 'users' } })
 */
export function presence<const Spec extends PresenceSpec>(spec: Spec): PresenceDefinition<Spec> {
  return { kind: 'presence', spec };
}
