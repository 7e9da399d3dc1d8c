import type { ClientSession, Connection } from 'mongoose';
import {
  claimLost,
  newId,
  type Appended,
  type NewEntry,
  type Settlement,
  type StoreTransaction,
} from './log.ts';
import type { MongoCommands } from './mongo-commands.ts';
import {
  goneWithOutbox,
  type Carried,
  type FurtherWrite,
  type Luggage,
  type MongoOutbox,
  type Place,
  type Run,
} from './mongo-outbox.ts';

/** The `native` of a transaction of {@link mongoLog}. Everything is written when it commits. */
export interface MongoTransaction {
  /**
   * Writes the transaction's main document. If `run` resolves with false, because the document has changed since it was
   * read, the callback runs again.
   *
   * @param run Receives the fields that the document must contain (for the `$set` of an update or, as `insert`, for a
   * new document), and the `session` to write in, if the server supports transactions.
   */
  write(collection: string, id: unknown, run: Run): void;
  /** Removes the transaction's main document; if none matches `filter`, the callback runs again. */
  remove(collection: string, id: unknown, removal: MongoRemoval): void;
  /**
   * Adds further writes. On a server without transactions, they run right after the main one, and again after a crash,
   * so they must be idempotent.
   */
  also(collection: string, writes: readonly FurtherWrite[]): void;
}

/** Which document to remove. */
export interface MongoRemoval {
  /** Further conditions for the document, besides its `_id`. */
  readonly filter?: Readonly<Record<string, unknown>>;
  /** Fields that the application's queries need to find it: without transactions, they are removed first. */
  readonly hide: readonly string[];
}

/** Options of {@link createMongoTransactions}. */
export interface TransactionParts {
  readonly connection: Connection;
  readonly outbox: MongoOutbox;
  readonly commands: MongoCommands;
  readonly appendAll: (entries: readonly NewEntry[]) => Promise<void>;
  /** Collection of what travels in no document of the application's. */
  readonly ownOutbox: string;
  /** Whether earlier events still wait: these must not overtake them. */
  readonly isBehind: () => boolean;
  /** Lets them go first. */
  readonly catchUp: () => Promise<void>;
  /** Told when something is left to be put where it belongs later. */
  readonly late: () => void;
}

interface Staged {
  readonly entries: NewEntry[];
  readonly settlements: Settlement[];
  readonly further: Extract<Carried, { kind: 'write' }>[];
  write: (Place & { readonly run: Run }) | undefined;
}

type Work = (tx: StoreTransaction) => unknown;

/** No event is told that a new primary could take back. */
const committed = { writeConcern: { w: 'majority' } } as const;

/** The document that decides is not as it was read. */
const overtaken: unique symbol = Symbol('sockeye.overtaken');

/**
 * Runs work in one atomic write: a transaction where the server has them, one document that takes all along
 * otherwise.
 */
export function createMongoTransactions(parts: TransactionParts): (work: Work) => Promise<unknown> {
  const { connection, outbox, commands, appendAll, ownOutbox, isBehind, catchUp, late } = parts;
  let asked: Promise<boolean> | undefined;

  const hasTransactions = (): Promise<boolean> => {
    asked ??= saysTransactions(connection).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };

  /** After the commit: that the log cannot be reached now must not make it look otherwise. */
  const unpack = async (at: Place, { items }: Luggage): Promise<void> => {
    if (items.length === 0) return;
    const holdEvents = isBehind();
    if (holdEvents) late();
    await outbox.unpack(at, items, holdEvents).catch(late);
  };

  const inDocument = async (work: Work): Promise<unknown> => {
    const staged = emptyStage();
    const value = await work(transactionOf(connection, staged));
    const { settlements, further } = staged;
    for (const settlement of settlements) if (!(await commands.owns(settlement))) throw claimLost();
    const entries = keyed(staged);
    if (
      staged.write === undefined &&
      further.length === 0 &&
      (settlements.length > 0 || entries.length < 2)
    ) {
      // What it appends has keys: a command that is carried out again after a crash appends nothing twice.
      if (entries.length > 0) await catchUp();
      await appendAll(entries);
      for (const settlement of settlements) if (!(await commands.settle(settlement))) throw claimLost();
      return value;
    }
    const luggage = outbox.pack([
      ...further,
      ...entries.map((entry): Carried => ({ kind: 'event', entry })),
      ...settlements.map((settlement): Carried => ({ kind: 'answer', settlement })),
    ]);
    const own = newId();
    const { run, ...at } = staged.write ?? {
      collection: ownOutbox,
      id: own,
      run: carrier(connection, ownOutbox, own),
    };
    await outbox.watch(at.collection);
    if ((await run(luggage.set, { insert: luggage.insert, session: undefined })) === false) return overtaken;
    await unpack(at, luggage);
    return value;
  };

  const inTransaction = async (work: Work): Promise<unknown> => {
    let value: unknown;
    let luggage: Luggage = { set: {}, insert: {}, items: [] };
    const own = newId();
    await outbox.watch(ownOutbox);
    const session = await connection.startSession();
    try {
      // The driver repeats the work and the commit where MongoDB says that this may help.
      await session.withTransaction(async () => {
        const staged = emptyStage();
        value = await work(transactionOf(connection, staged));
        for (const settlement of staged.settlements)
          if (!(await commands.settle(settlement, session))) throw claimLost();
        if ((await staged.write?.run({}, { insert: {}, session })) === false) throw new Overtaken();
        for (const { collection, writes } of staged.further)
          await connection.collection(collection).bulkWrite([...writes], { session });
        luggage = outbox.pack(keyed(staged).map((entry): Carried => ({ kind: 'event', entry })));
        if (luggage.items.length > 0) await carrier(connection, ownOutbox, own)({}, { ...luggage, session });
      }, committed);
    } catch (error) {
      if (error instanceof Overtaken) return overtaken;
      throw error;
    } finally {
      await session.endSession();
    }
    await unpack({ collection: ownOutbox, id: own }, luggage);
    return value;
  };

  return async (work) => {
    for (;;) {
      const value = await ((await hasTransactions()) ? inTransaction(work) : inDocument(work));
      if (value !== overtaken) return value;
    }
  };
}

/** Whether a server is part of a replica set, or a router of several: a single one has no transactions. */
async function saysTransactions(connection: Connection): Promise<boolean> {
  const hello = await connection.db!.admin().command({ hello: 1 });
  const isMany = typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid';
  return isMany && typeof hello['logicalSessionTimeoutMinutes'] === 'number';
}

class Overtaken extends Error {}

function emptyStage(): Staged {
  return { entries: [], settlements: [], further: [], write: undefined };
}

function transactionOf(connection: Connection, staged: Staged): StoreTransaction {
  const write: MongoTransaction['write'] = (collection, id, run) => {
    if (staged.write !== undefined)
      throw new TypeError(
        'A transaction of the MongoDB log has one `write` or `remove`. Use `also` for further writes.',
      );
    staged.write = { collection, id, run };
  };
  const native: MongoTransaction = {
    write,
    remove: (collection, id, removal) =>
      write(collection, id, removing(connection, collection, { id, removal })),
    also: (collection, writes) => void staged.further.push({ kind: 'write', collection, writes }),
  };
  return {
    native,
    append: (entry): Appended => {
      const { id = newId() } = entry;
      staged.entries.push({ ...entry, id });
      return { epoch: '', offset: 0, id, room: entry.room, duplicate: false };
    },
    settle: (settlement) => void staged.settlements.push(settlement),
  };
}

/** A document that takes something along stays, unseen, until that has arrived. */
function removing(
  connection: Connection,
  name: string,
  { id, removal }: { readonly id: unknown; readonly removal: MongoRemoval },
): Run {
  const one = { _id: id, ...removal.filter } as never;
  return async (set, { session }) => {
    const collection = connection.collection(name);
    if (Object.keys(set).length === 0)
      return (await collection.deleteOne(one, withSession(session))).deletedCount === 1;
    const hidden = Object.fromEntries(removal.hide.map((field) => [field, '']));
    const { matchedCount } = await collection.updateOne(one, {
      $set: { ...set, ...goneWithOutbox },
      $unset: hidden,
    });
    return matchedCount === 1;
  };
}

/** A document that is there only to take something along. */
function carrier(connection: Connection, name: string, id: string): Run {
  return (_set, { insert, session }) =>
    connection
      .collection<{ _id: string }>(name)
      .insertOne({ _id: id, ...insert, ...goneWithOutbox }, withSession(session));
}

/** Entries with a key each: a command that is carried out again after a crash uses the same ones. */
function keyed({ entries, settlements }: Staged): readonly NewEntry[] {
  const command = settlements[0]?.key;
  return entries.map((entry, n) => {
    const key = command === undefined ? `outbox:${entry.id ?? ''}` : `${command}#${n}`;
    return { ...entry, key: entry.key ?? key };
  });
}

function withSession(session: ClientSession | undefined): { session?: ClientSession } {
  return session === undefined ? {} : { session };
}
