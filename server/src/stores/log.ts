/**
 * Where durable events are kept: one log for each room, whose entries are counted from 1 without gaps. Everything
 * else about durable delivery stands on this port, so that any database with an atomic write can carry it.
 *
 * What a store promises: an append is atomic and gets the next offset of its room; what was appended is told to every
 * subscriber once it is committed, or not at all, never before; a page is consistent in itself; what is kept of a
 * command and what was appended in one transaction stand or fall together. A subscription may miss commits: whoever
 * relies on it compares {@link EventLog.heads} now and then.
 *
 * @module log
 */
import { randomBytes } from 'node:crypto';
import { ContractError, type Cursor } from '@sockeye/contract/wire';
import type { Awaitable } from '../options.ts';

/** How much of a room's log is kept. */
export interface Retention {
  /** Newest entries that stay. */
  readonly keep: number;
  /** Entries older than this go, in milliseconds. */
  readonly maxAgeMs: number;
}

/** An event to append. */
export interface NewEntry extends Retention {
  readonly room: string;
  readonly event: string;
  /** The payload in wire form, as text; a store neither reads nor changes it. */
  readonly body: string;
  /** A second append under the same key within {@link keyTtlMs} appends nothing, whatever its room. */
  readonly key?: string | undefined;
  /** What it is to be called, see {@link newId}. Default: a new id. */
  readonly id?: string;
}

/** An entry's key may be used again after so many milliseconds, and a command's answer is forgotten: 24 hours. */
export const keyTtlMs = 86_400_000;

/** One entry of a room's log. */
export interface LogEntry {
  readonly offset: number;
  readonly id: string;
  readonly event: string;
  readonly body: string;
  /** When it was appended, in milliseconds since the Unix epoch, on the clock of the store or of the appending node. */
  readonly at: number;
}

/** Where an append went. In a transaction `epoch` is empty and `offset` 0 where the store knows them only after it. */
export interface Appended extends Cursor {
  readonly room: string;
  /** The key was used before: nothing was appended, and this is where the first append went. */
  readonly duplicate: boolean;
}

/** Part of a log, read at one moment. */
export interface LogPage {
  readonly epoch: string;
  /** The newest entry's offset and id; 0 and an empty id where there never was one. */
  readonly head: { readonly offset: number; readonly id: string };
  /**
   * Id of the entry at the offset that the page was asked to begin after; empty at 0. Undefined where what follows that
   * offset is no longer complete, or where there is no such entry.
   */
  readonly anchor: string | undefined;
  /** The entries after that offset, in order; none where `anchor` is undefined. */
  readonly entries: readonly LogEntry[];
}

/** An append that was committed. */
export interface Commit {
  readonly epoch: string;
  readonly entry: LogEntry;
}

/** Told of commits in a room; without one when some may have been missed. */
export type LogListener = (commit: Commit | undefined) => void;

/** A wish to work on a command. */
export interface Bid {
  readonly key: string;
  /** Of what the command says: the same key with another digest is another command. */
  readonly digest: string;
  /** The bidder's own, see {@link newId}; the same when it bids again. */
  readonly token: string;
  /** In milliseconds. */
  readonly leaseMs: number;
}

/** Who may work on a command. */
export type Claim =
  /** The bidder, until its lease ends. */
  | { readonly kind: 'mine' }
  /** Someone else does. */
  | { readonly kind: 'busy'; readonly digest: string }
  /** Nobody: it took effect, and this is its answer. */
  | { readonly kind: 'done'; readonly digest: string; readonly result: string };

/** The end of a command. */
export interface Settlement {
  readonly key: string;
  /** Of the claim. */
  readonly token: string;
  /** The answer in wire form, as text. */
  readonly result: string;
}

/** One atomic write under way. */
export interface StoreTransaction {
  /**
   * What the database calls its transaction, for writes of the application's own: see each store. They are committed
   * together with the appends, or not at all.
   */
  readonly native: unknown;
  /** Appends when the transaction commits. */
  append(entry: NewEntry): Awaitable<Appended>;
  /** Keeps a command's answer when the transaction commits. Fails the transaction where the claim was lost. */
  settle(settlement: Settlement): Awaitable<void>;
}

/** Events that are committed, but not in the log yet: they wait for it. */
export interface Backlog {
  readonly waiting: number;
  /** When the oldest of them was committed, in milliseconds since the Unix epoch; absent where none waits. */
  readonly since?: number;
}

/** A store of durable events. */
export interface EventLog {
  /** For logs and health pages: `memory`, `lmdb`, `redis`, `mongo`. */
  readonly kind: string;
  append(entry: NewEntry): Promise<Appended>;
  /** At most `limit` entries after an offset. Begins the log of a room that has none. */
  read(room: string, after: number, limit: number): Promise<LogPage>;
  /** The newest place of each room, in the order of `rooms`. Begins the logs of rooms that have none. */
  heads(rooms: readonly string[]): Promise<readonly Cursor[]>;
  /** Takes away what is not to be kept. */
  trim(room: string, retention: Retention): Promise<void>;
  /** Forgets a room's log and begins a new epoch: everyone has to load anew. */
  reset(room: string): Promise<void>;
  /**
   * Tells of commits of this process and, where the store can, of others. Active once the promise resolves: whatever
   * commits later is told, unless the connection fails.
   */
  subscribe(room: string, listener: LogListener): Promise<() => void>;
  /**
   * Runs `work` and commits what it appended, settled and wrote through `native`; nothing of it is kept when it throws.
   *
   * Work may run more than once where the database reports a conflict.
   */
  transaction<Value>(work: (tx: StoreTransaction) => Awaitable<Value>): Promise<Value>;
  /**
   * Asks for a command, for `leaseMs`; then anyone may take it over. A bid with the token that has it prolongs the lease,
   * so that a bid whose answer was lost can be repeated.
   */
  claim(bid: Bid): Promise<Claim>;
  /** Keeps a command's answer for {@link keyTtlMs}. False where the claim was lost meanwhile, and nothing was kept. */
  settle(settlement: Settlement): Promise<boolean>;
  /** Gives a claim back, so that the command can be tried again at once. */
  release(key: string, token: string): Promise<void>;
  /** Whether reads and writes work. Never rejects. */
  healthy(): Promise<boolean>;
  /** What waits, where the application's writes are in another database than the log. Never rejects. */
  backlog?(): Promise<Backlog>;
  /** Finishes pending writes and lets go of what the store opened itself. May be called twice. */
  close(): Promise<void>;
}

/** A new entry id, epoch or token: 16 letters that no one else has. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}

/** Fails a transaction whose command someone else has taken over. */
export function claimLost(): ContractError {
  return new ContractError('UNAVAILABLE', { message: 'Another attempt at this command has overtaken it.' });
}

/** What a store keeps of a command. */
export interface StoredCommand {
  readonly digest: string;
  readonly token: string;
  /** When the lease ends, or the answer is forgotten, in milliseconds since the Unix epoch. */
  readonly until: number;
  /** Absent while it runs. */
  readonly result?: string;
}

/** Decides a claim, so that every store decides alike. `mine` is to be written. */
export function decideClaim(stored: StoredCommand | undefined, bid: Bid, now: number): Claim {
  if (stored === undefined || stored.until <= now) return { kind: 'mine' };
  const { digest, result, token } = stored;
  if (result !== undefined) return { kind: 'done', digest, result };
  return token === bid.token ? { kind: 'mine' } : { kind: 'busy', digest };
}
