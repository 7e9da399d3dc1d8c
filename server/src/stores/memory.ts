import type { Cursor } from '@sockeye/contract/wire';
import { createCommits } from './commits.ts';
import {
  claimLost,
  decideClaim,
  keyTtlMs,
  newId,
  type Appended,
  type EventLog,
  type LogEntry,
  type LogPage,
  type StoreTransaction,
  type NewEntry,
  type Retention,
  type Settlement,
  type StoredCommand,
} from './log.ts';

/** The `native` of a transaction of {@link memoryLog}. */
export interface MemoryTransaction {
  /** Registers a function that undoes a write of the application if the transaction fails. */
  onRollback(undo: () => void): void;
}

const start = { offset: 0, id: '' } as const;

interface RoomLog {
  readonly epoch: string;
  head: { readonly offset: number; readonly id: string };
  /** The newest entry that was taken away: offset 0 and an empty id where none was. */
  floor: { readonly offset: number; readonly id: string };
  /** Oldest first, without gaps. */
  readonly entries: LogEntry[];
}

/**
 * Stores logs in memory, for tests and for a single node: after a restart, logs start new epochs and clients reload.
 * Appends wait for an open transaction.
 *
 * @param now Milliseconds since the Unix epoch. Default: `Date.now`.
 */
export function memoryLog(now: () => number = Date.now): EventLog {
  const rooms = new Map<string, RoomLog>();
  const keys = new Map<string, Appended & { readonly until: number }>();
  const commands = new Map<string, StoredCommand>();
  const commits = createCommits();
  let open: Promise<unknown> | undefined;

  const logOf = (room: string): RoomLog => {
    let log = rooms.get(room);
    if (log === undefined)
      rooms.set(room, (log = { epoch: newId(), head: start, floor: start, entries: [] }));
    return log;
  };

  const append = (entry: NewEntry, id = entry.id ?? newId()): Appended => {
    forget(keys, now());
    const known = entry.key === undefined ? undefined : keys.get(entry.key);
    if (known !== undefined) return { ...cursorOf(known), room: known.room, duplicate: true };
    const { room, event, body, key } = entry;
    const log = logOf(room);
    log.head = { offset: log.head.offset + 1, id };
    const made: LogEntry = { ...log.head, event, body, at: now() };
    log.entries.push(made);
    cut(log, entry, now());
    const appended: Appended = { epoch: log.epoch, ...log.head, room, duplicate: false };
    if (key !== undefined) keys.set(key, { ...appended, until: now() + keyTtlMs });
    commits.tell(room, { epoch: log.epoch, entry: made });
    return appended;
  };

  const owns = ({ key, token }: Omit<Settlement, 'result'>): StoredCommand | undefined => {
    const stored = commands.get(key);
    return stored?.token === token && stored.result === undefined ? stored : undefined;
  };

  const settle = (settlement: Settlement): boolean => {
    const stored = owns(settlement);
    if (stored === undefined) return false;
    const { key, result } = settlement;
    commands.delete(key);
    commands.set(key, { ...stored, result, until: now() + keyTtlMs });
    return true;
  };

  /** Stages everything, so that nothing has to be undone but what the application wrote itself. */
  const run = async <Value>(work: (tx: StoreTransaction) => Value | PromiseLike<Value>): Promise<Value> => {
    const undo: (() => void)[] = [];
    const staged: (() => void)[] = [];
    const extra = new Map<string, number>();
    const native: MemoryTransaction = { onRollback: (step) => void undo.unshift(step) };
    const tx: StoreTransaction = {
      native,
      append: (entry) => {
        const id = entry.id ?? newId();
        staged.push(() => void append(entry, id));
        const known = entry.key === undefined ? undefined : keys.get(entry.key);
        if (known !== undefined) return { ...cursorOf(known), room: known.room, duplicate: true };
        const { epoch, head } = logOf(entry.room);
        const ahead = (extra.get(entry.room) ?? 0) + 1;
        extra.set(entry.room, ahead);
        return { epoch, offset: head.offset + ahead, id, room: entry.room, duplicate: false };
      },
      settle: (settlement) => {
        if (owns(settlement) === undefined) throw claimLost();
        staged.push(() => void settle(settlement));
      },
    };
    try {
      const given = work(tx);
      const value = isPromise(given) ? await given : given;
      for (const step of staged) step();
      return value;
    } catch (error) {
      for (const step of undo) step();
      throw error;
    }
  };

  const turn = async (): Promise<void> => {
    while (open !== undefined) await open.catch(() => undefined);
  };

  return {
    kind: 'memory',
    append: async (entry) => {
      if (open !== undefined) await turn();
      return append(entry);
    },
    read: async (room, after, limit): Promise<LogPage> => {
      const log = logOf(room);
      const { epoch, head, floor, entries } = log;
      const anchor = anchorOf(log, after);
      const from = after - floor.offset;
      return { epoch, head, anchor, entries: anchor === undefined ? [] : entries.slice(from, from + limit) };
    },
    heads: async (names) =>
      names.map((room): Cursor => {
        const { epoch, head } = logOf(room);
        return { epoch, ...head };
      }),
    trim: async (room, retention) => cut(logOf(room), retention, now()),
    reset: async (room) => {
      rooms.delete(room);
      commits.tell(room, undefined);
    },
    subscribe: async (room, listener) => commits.subscribe(room, listener),
    transaction: async (work) => {
      if (open !== undefined) await turn();
      const running = run(work);
      open = running;
      try {
        return await running;
      } finally {
        if (open === running) open = undefined;
      }
    },
    claim: async (bid) => {
      forget(commands, now());
      const { key, digest, token, leaseMs } = bid;
      const claim = decideClaim(commands.get(key), bid, now());
      if (claim.kind === 'mine') commands.set(key, { digest, token, until: now() + leaseMs });
      return claim;
    },
    settle: async (settlement) => settle(settlement),
    release: async (key, token) => {
      if (owns({ key, token }) !== undefined) commands.delete(key);
    },
    healthy: async () => true,
    close: async () => {},
  };
}

/** What is known of the place after which to read; undefined where the entries after it are not all there. */
function anchorOf({ head, floor, entries }: RoomLog, after: number): string | undefined {
  if (after === head.offset) return head.id;
  return after === floor.offset ? floor.id : entries[after - floor.offset - 1]?.id;
}

function cut(log: RoomLog, { keep, maxAgeMs }: Retention, now: number): void {
  const { entries } = log;
  let gone = Math.max(0, entries.length - keep);
  while (gone < entries.length && entries[gone]!.at < now - maxAgeMs) gone += 1;
  const [last] = entries.splice(0, gone).slice(-1);
  if (last !== undefined) log.floor = { offset: last.offset, id: last.id };
}

function cursorOf({ epoch, offset, id }: Cursor): Cursor {
  return { epoch, offset, id };
}

/** Drops what is over from the front; whatever was kept longest is over first. */
function forget(kept: Map<string, { readonly until: number; readonly result?: string }>, now: number): void {
  for (const [key, { until }] of kept) {
    if (until > now) return;
    kept.delete(key);
  }
}

function isPromise<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof (value as PromiseLike<Value> | undefined)?.then === 'function';
}
