/**
 * Where durable events are stored: one log per room, with entries counted from 1 without gaps. Durable delivery uses
 * only this interface, so any database with an atomic write can implement it.
 *
 * A store guarantees: an append is atomic and gets the next offset of its room; subscribers hear of an append after
 * its commit or not at all, never before; a page is consistent; a command's answer and the appends of one transaction
 * are committed together or not at all. A subscription may miss commits, so compare {@link EventLog.heads} from time
 * to time.
 *
 * @module log
 */
import { randomBytes } from 'node:crypto';
import { ContractError, type Cursor } from '@sockeye/contract/wire';
import type { Awaitable } from '../options.ts';

/** How much of a room's log is kept. */
export interface Retention {
  /** Number of newest entries to keep. */
  readonly keep: number;
  /** Maximum age of entries, in milliseconds. */
  readonly maxAgeMs: number;
}

/** An event to append. */
export interface NewEntry extends Retention {
  readonly room: string;
  readonly event: string;
  /** The payload in wire form, as text; a store does not read or change it. */
  readonly body: string;
  /** A second append with the same key within {@link keyTtlMs} has no effect, whatever its room. */
  readonly key?: string | undefined;
  /** The entry's id, see {@link newId}. Default: a new id. */
  readonly id?: string;
}

/** How long the key of an entry and the answer to a command are kept, in milliseconds: 24 hours. */
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

/** The position of an append. In a transaction, `epoch` is empty and `offset` 0 if the store knows them only later. */
export interface Appended extends Cursor {
  readonly room: string;
  /** The key was used before: nothing was appended, and this is the position of the first append. */
  readonly duplicate: boolean;
}

/** Part of a log, read atomically. */
export interface LogPage {
  readonly epoch: string;
  /** The newest entry's offset and id; 0 and an empty id if there never was one. */
  readonly head: { readonly offset: number; readonly id: string };
  /**
   * Id of the entry at the requested offset, after which the page begins; empty at 0. Undefined if entries after that
   * offset are missing, or if there is no such entry.
   */
  readonly anchor: string | undefined;
  /** The entries after that offset, in order; none if `anchor` is undefined. */
  readonly entries: readonly LogEntry[];
}

/** A committed append. */
export interface Commit {
  readonly epoch: string;
  readonly entry: LogEntry;
}

/** Called with each commit in a room; without an argument if some may have been missed. */
export type LogListener = (commit: Commit | undefined) => void;

/** A request to execute a command. */
export interface Bid {
  readonly key: string;
  /** Digest of the payload: the same key with another digest is a conflict. */
  readonly digest: string;
  /** Identifies the bidder, see {@link newId}; the same when it bids again. */
  readonly token: string;
  /** In milliseconds. */
  readonly leaseMs: number;
}

/** Who may execute a command. */
export type Claim =
  /** The bidder, until its lease ends. */
  | { readonly kind: 'mine' }
  /** Another bidder has the claim. */
  | { readonly kind: 'busy'; readonly digest: string }
  /** Nobody: the command took effect, and this is its answer. */
  | { readonly kind: 'done'; readonly digest: string; readonly result: string };

/** The answer to a finished command. */
export interface Settlement {
  readonly key: string;
  /** The token of the claim. */
  readonly token: string;
  /** The answer in wire form, as text. */
  readonly result: string;
}

/** One atomic write in progress. */
export interface StoreTransaction {
  /**
   * The database's own handle, for writes of the application: see each store. They are committed together with the
   * appends, or not at all.
   */
  readonly native: unknown;
  /** Appends when the transaction commits. */
  append(entry: NewEntry): Awaitable<Appended>;
  /** Stores a command's answer when the transaction commits. Fails the transaction if the claim was lost. */
  settle(settlement: Settlement): Awaitable<void>;
}

/** Events that are committed but not in the log yet. */
export interface Backlog {
  readonly waiting: number;
  /** When the oldest of them was committed, in milliseconds since the Unix epoch; absent if none waits. */
  readonly since?: number;
}

/** A store of durable events. */
export interface EventLog {
  /** For logs and health pages: `memory`, `lmdb`, `redis`, `mongo`. */
  readonly kind: string;
  append(entry: NewEntry): Promise<Appended>;
  /** At most `limit` entries after an offset. Creates the log of a room that has none. */
  read(room: string, after: number, limit: number): Promise<LogPage>;
  /** The newest position of each room, in the order of `rooms`. Creates the logs of rooms that have none. */
  heads(rooms: readonly string[]): Promise<readonly Cursor[]>;
  /** Removes the entries that are not to be kept. */
  trim(room: string, retention: Retention): Promise<void>;
  /** Deletes a room's log and starts a new epoch: all clients reload. */
  reset(room: string): Promise<void>;
  /**
   * Reports commits of this process and, if the store supports it, of others. Active when the promise resolves: later
   * commits are reported, unless the connection fails.
   */
  subscribe(room: string, listener: LogListener): Promise<() => void>;
  /**
   * Runs `work` and commits what it appended, settled and wrote through `native`; if it throws, all is rolled back.
   *
   * `work` may run more than once if the database reports a conflict.
   */
  transaction<Value>(work: (tx: StoreTransaction) => Awaitable<Value>): Promise<Value>;
  /**
   * Claims a command for `leaseMs`; after that, others may take it over. A bid with the token of the claim renews the
   * lease, so a bid whose answer was lost can be repeated.
   */
  claim(bid: Bid): Promise<Claim>;
  /** Stores a command's answer for {@link keyTtlMs}. False if the claim was lost; then nothing is stored. */
  settle(settlement: Settlement): Promise<boolean>;
  /** Releases a claim, so that the command can be retried at once. */
  release(key: string, token: string): Promise<void>;
  /** Whether reads and writes work. Never rejects. */
  healthy(): Promise<boolean>;
  /** Waiting events, if the application's writes are in another database than the log. Never rejects. */
  backlog?(): Promise<Backlog>;
  /** Finishes pending writes and closes what the store opened itself. Can be called twice. */
  close(): Promise<void>;
}

/** A new entry id, epoch or token: 16 random letters. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}

/** The error of a transaction whose command another node has taken over. */
export function claimLost(): ContractError {
  return new ContractError('UNAVAILABLE', { message: 'Another attempt has taken over this command.' });
}

/** What a store keeps for a command. */
export interface StoredCommand {
  readonly digest: string;
  readonly token: string;
  /** When the lease ends or the answer is dropped, in milliseconds since the Unix epoch. */
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
