import type { Connection } from 'mongoose';
import type { Cursor } from '@sockeye/contract/wire';
import { createCommits } from './commits.ts';
import {
  claimLost,
  decideClaim,
  keyTtlMs,
  newId,
  type Appended,
  type EventLog,
  type LogPage,
  type NewEntry,
  type Settlement,
  type StoreTransaction,
} from './log.ts';
import { createMongoAppender } from './mongo-append.ts';
import { collectionsOf, idOf, isDuplicate } from './mongo-documents.ts';
import { createMongoOutbox, type OutboxItem } from './mongo-outbox.ts';

/** Options of {@link mongoLog}. */
export interface MongoLogOptions {
  /** Mongoose's connection; it stays the application's to close. */
  readonly connection: Connection;
  /** What the names of the log's collections begin with. Default: `sockeye_`. */
  readonly prefix?: string;
  /** Collections whose documents are written in transactions: what a crash left in them is published at the start. */
  readonly outboxes?: readonly string[];
  /** How often rooms that are followed are looked at for appends of other processes, in milliseconds. Default: 250. */
  readonly pollMs?: number;
  /** Milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** Mongoose's number for a connection that is up. */
const connected = 1;

/** What {@link mongoLog} offers inside a transaction. */
export interface MongoTransaction {
  /**
   * Writes one document when the transaction commits. `outbox` holds the fields to add to its `$set`: the events travel
   * in the document, so that one atomic write is enough, on a single server too; a relay then gives them their offsets.
   */
  write(collection: string, run: (outbox: Readonly<Record<string, string>>) => Promise<unknown>): void;
}

/**
 * Keeps logs in MongoDB. No transaction of the database's is needed: an append is one compare-and-set of the room's
 * document, and an application's write carries its events in its own document until they are in the log.
 *
 * Commits of other processes are found by looking, every `pollMs`.
 */
export function mongoLog(options: MongoLogOptions): EventLog {
  const { connection, prefix = 'sockeye_', pollMs = 250, now = Date.now } = options;
  const collections = collectionsOf(connection, prefix);
  const { rooms, entries, keys, commands } = collections;
  const commits = createCommits();
  const appender = createMongoAppender({ collections, commits, now });
  const outbox = createMongoOutbox(connection, (entry) => appender.append(entry));
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  let closing: Promise<void> | undefined;
  const indexed = Promise.all([
    entries.createIndex({ room: 1, epoch: 1, offset: 1 }),
    keys.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }),
    commands.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }),
  ]).then(
    () => undefined,
    () => undefined,
  );
  const started = indexed.then(() => outbox.relayAll(options.outboxes ?? []));
  started.catch(() => undefined);

  const poll = async (): Promise<void> => {
    await outbox.retry();
    const wanted = [...names.keys()];
    if (wanted.length === 0) return;
    for (const { _id, offset } of await rooms.find({ _id: { $in: wanted } }).toArray()) {
      if (offset !== seen.get(_id)) commits.tell(names.get(_id) ?? '', undefined);
      seen.set(_id, offset);
    }
  };
  let isPolling = false;
  const polling = setInterval(() => {
    if (isPolling) return;
    isPolling = true;
    void poll()
      .catch(() => undefined)
      .finally(() => (isPolling = false));
  }, pollMs).unref();

  const owns = async ({ key, token }: Omit<Settlement, 'result'>): Promise<boolean> => {
    const stored = await commands.findOne({ _id: idOf(key) });
    return stored?.token === token && stored.result === undefined;
  };

  const settle = async ({ key, token, result }: Settlement): Promise<boolean> => {
    if (!(await owns({ key, token }))) return false;
    const until = now() + keyTtlMs;
    const done = await commands.updateOne(
      { _id: idOf(key), token },
      { $set: { result, until, expiresAt: new Date(until) } },
    );
    return done.matchedCount === 1;
  };

  return {
    kind: 'mongo',
    append: async (entry) => {
      await indexed;
      return appender.append(entry);
    },
    read: async (room, after, limit): Promise<LogPage> => {
      const head = await appender.headOf(room);
      await appender.copy(head);
      const { epoch, offset, id, floor } = head;
      const page = { epoch, head: { offset, id } };
      if (after > offset || after < floor.offset) return { ...page, anchor: undefined, entries: [] };
      const found = await entries
        .find({ room: head._id, epoch, offset: { $gte: after, $lte: offset } })
        .sort({ offset: 1 })
        .limit(limit + 1)
        .toArray();
      const anchor =
        after === offset ? id : after === floor.offset ? floor.id : found.find((e) => e.offset === after)?.id;
      const rest = anchor === undefined ? [] : found.filter((each) => each.offset > after).slice(0, limit);
      return {
        ...page,
        anchor,
        entries: rest.map(({ offset: at, id: entry, event, body, at: when }) => {
          return { offset: at, id: entry, event, body, at: when };
        }),
      };
    },
    heads: (wanted) =>
      Promise.all(
        wanted.map(async (room): Promise<Cursor> => {
          const { epoch, offset, id } = await appender.headOf(room);
          return { epoch, offset, id };
        }),
      ),
    trim: (room, retention) => appender.trim(room, retention),
    reset: async (room) => {
      await rooms.deleteOne({ _id: idOf(room) });
      await entries.deleteMany({ room: idOf(room) });
      commits.tell(room, undefined);
    },
    subscribe: async (room, listener) => {
      const id = idOf(room);
      names.set(id, room);
      const stop = commits.subscribe(room, listener);
      return () => {
        stop();
        if ([...commits.rooms].includes(room)) return;
        names.delete(id);
        seen.delete(id);
      };
    },
    transaction: async (work) => {
      const staged: { readonly entry: NewEntry; readonly id: string }[] = [];
      const settlements: Settlement[] = [];
      const writes: Parameters<MongoTransaction['write']>[] = [];
      const native: MongoTransaction = {
        write: (...write) => {
          if (writes.length > 0) throw new TypeError('A transaction of the MongoDB log writes one document.');
          writes.push(write);
        },
      };
      const tx: StoreTransaction = {
        native,
        append: (entry): Appended => {
          const id = newId();
          staged.push({ entry, id });
          return { epoch: '', offset: 0, id, room: entry.room, duplicate: false };
        },
        settle: (settlement) => void settlements.push(settlement),
      };
      const value = await work(tx);
      await indexed;
      for (const settlement of settlements) if (!(await owns(settlement))) throw claimLost();
      // A command that crashed half way is carried out again: its events must not be.
      const command = settlements[0]?.key;
      const items = staged.map(({ entry, id }, n): OutboxItem => {
        const key = command === undefined ? `outbox:${id}` : `${command}#${n}`;
        return { id, entry: { ...entry, key: entry.key ?? key } };
      });
      const [write] = writes;
      if (write === undefined) await appender.appendAll(items);
      else await outbox.write(write[0], items, write[1]);
      for (const settlement of settlements) await settle(settlement);
      return value;
    },
    claim: async (bid) => {
      await indexed;
      const { digest, token, leaseMs } = bid;
      const _id = idOf(bid.key);
      for (;;) {
        const stored = (await commands.findOne({ _id })) ?? undefined;
        const claim = decideClaim(stored, bid, now());
        if (claim.kind !== 'mine') return claim;
        const until = now() + leaseMs;
        const made = { _id, digest, token, until, expiresAt: new Date(until + keyTtlMs) };
        try {
          if (stored === undefined) await commands.insertOne(made);
          else {
            const taken = await commands.replaceOne({ _id, token: stored.token, until: stored.until }, made);
            if (taken.matchedCount === 0) continue;
          }
          return claim;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }
    },
    settle,
    release: async (key, token) => {
      if (await owns({ key, token })) await commands.deleteOne({ _id: idOf(key), token });
    },
    healthy: async () => {
      if (closing !== undefined || Number(connection.readyState) !== connected) return false;
      return connection
        .db!.admin()
        .ping()
        .then(
          () => true,
          () => false,
        );
    },
    close: () =>
      (closing ??= (async () => {
        clearInterval(polling);
        await started.catch(() => undefined);
      })()),
  };
}
