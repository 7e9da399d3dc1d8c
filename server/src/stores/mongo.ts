import type { Connection } from 'mongoose';
import { newId, type EventLog, type NewEntry } from './log.ts';
import { mongoCommands } from './mongo-commands.ts';
import { collectionsOf } from './mongo-documents.ts';
import { createMongoOutbox } from './mongo-outbox.ts';
import { mongoRooms } from './mongo-rooms.ts';
import { createMongoTransactions } from './mongo-transaction.ts';
import { singleFlight } from './relaying.ts';

export { withoutOutbox, type FurtherWrite } from './mongo-outbox.ts';
export type { MongoRemoval, MongoTransaction } from './mongo-transaction.ts';

/** Options of {@link mongoLog}. */
export interface MongoLogOptions {
  /** A Mongoose connection. The application closes it. */
  readonly connection: Connection;
  /** Another log for the events, such as Redis; closed with this one. Default: collections of the same database. */
  readonly log?: EventLog;
  /** Prefix of the log's collections. Default: `sockeye_`. */
  readonly prefix?: string;
  /** Collections that transactions write to: events that a crash left in their documents are published at the start. */
  readonly outboxes?: readonly string[];
  /** How often followed rooms are checked for appends of other processes, in milliseconds. Default: 250. */
  readonly pollMs?: number;
  /** How often to check for events that a crash of another process has left, in milliseconds. Default: 5,000. */
  readonly relayMs?: number;
  /** Milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** Mongoose's number for a connection that is up. */
const connected = 1;

/** What is younger than this, in milliseconds, may still be on its way by the process that wrote it. */
const underWayMs = 2_000;

/**
 * Stores logs, commands and outgoing events in MongoDB. On a replica set, a transaction is a MongoDB transaction. A
 * single server has none: there, the events, the answer to a command and further writes are stored in the document of
 * the transaction's `write` or `remove`, and moved out of it right after the commit.
 *
 * Commits of other processes are found by polling, every `pollMs`.
 */
export function mongoLog(options: MongoLogOptions): EventLog {
  const { connection, prefix = 'sockeye_', pollMs = 250, relayMs = 5_000, now = Date.now } = options;
  const collections = collectionsOf(connection, prefix);
  const { entries, keys, commands: stored } = collections;
  const indexed = Promise.all([
    entries.createIndex({ room: 1, epoch: 1, offset: 1 }),
    keys.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }),
    stored.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 }),
  ]).then(
    () => undefined,
    () => undefined,
  );
  const own = mongoRooms({ collections, indexed, now });
  const { log = own } = options;
  const appendAll = async (all: readonly NewEntry[]): Promise<void> => {
    if (!('transaction' in log)) return own.appendAll(all);
    if (all.length > 0) await log.transaction((tx) => all.forEach((entry) => void tx.append(entry)));
  };
  const commands = mongoCommands({ commands: stored, now, beforeTakeOver: () => relay() });
  const ownOutbox = `${prefix}outbox`;
  const outbox = createMongoOutbox({
    connection,
    collections: [...(options.outboxes ?? []), ownOutbox],
    appendAll,
    settle: (settlement) => commands.settle(settlement),
    newId,
    now,
  });
  /** Something could not be put where it belongs: what comes after it must not overtake it. */
  let [isBehind, left] = [false, 0];
  const relay = singleFlight(async () => {
    const before = left;
    await outbox.relay();
    isBehind = left !== before;
  });
  const catchUp = async (): Promise<void> => {
    if (isBehind) await relay();
  };
  const transact = createMongoTransactions({
    connection,
    outbox,
    commands,
    appendAll,
    ownOutbox,
    isBehind: () => isBehind,
    catchUp,
    late: () => {
      isBehind = true;
      left += 1;
    },
  });
  const quietly = (work: () => Promise<unknown>) => work().catch(() => undefined);
  const started = quietly(() => indexed.then(relay));
  let closing: Promise<void> | undefined;

  const poll = singleFlight(async () => {
    await catchUp();
    await own.poll();
  });
  const polling = setInterval(() => void quietly(poll), pollMs).unref();
  const relaying = setInterval(() => void quietly(() => outbox.relay(underWayMs)), relayMs).unref();

  return {
    ...log,
    kind: log === own ? 'mongo' : `mongo+${options.log?.kind ?? ''}`,
    append: async (entry) => {
      await catchUp();
      return log.append(entry);
    },
    transaction: async <Value>(work: Parameters<typeof transact>[0]) => {
      await indexed;
      return (await transact(work)) as Value;
    },
    claim: async (bid) => {
      await indexed;
      return commands.claim(bid);
    },
    settle: (settlement) => commands.settle(settlement),
    release: commands.release,
    healthy: async () => {
      if (closing !== undefined || Number(connection.readyState) !== connected) return false;
      try {
        await connection.db!.admin().ping();
        return (await options.log?.healthy()) ?? true;
      } catch {
        return false;
      }
    },
    backlog: () => outbox.backlog().catch(() => ({ waiting: 0 })),
    close: () =>
      (closing ??= (async () => {
        clearInterval(polling);
        clearInterval(relaying);
        await started;
        await Promise.all([poll.settled(), relay.settled()]);
        await options.log?.close();
      })()),
  };
}
