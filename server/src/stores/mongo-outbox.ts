import { mongo, type ClientSession, type Connection } from 'mongoose';
import type { NewEntry, Settlement } from './log.ts';

/** A write of the application's own that belongs to another: the same however often it is repeated. */
export type FurtherWrite = mongo.AnyBulkWriteOperation;

/** What goes with a document until it is where it belongs. */
export type Carried =
  | { readonly kind: 'write'; readonly collection: string; readonly writes: readonly FurtherWrite[] }
  /** With an id and a key, so that it is appended once however often it is relayed. */
  | { readonly kind: 'event'; readonly entry: NewEntry }
  | { readonly kind: 'answer'; readonly settlement: Settlement };

/** What a write takes along, as it has to be written. */
export interface Luggage {
  /** To be added to the `$set` of an update. */
  readonly set: Readonly<Record<string, unknown>>;
  /** To be added to a document that is inserted. */
  readonly insert: Readonly<Record<string, unknown>>;
  readonly items: readonly (readonly [id: string, item: Carried])[];
}

/** A document. */
export interface Place {
  readonly collection: string;
  readonly id: unknown;
}

/** Things that travel in documents, in one atomic write with them. */
export interface MongoOutbox {
  pack(items: readonly Carried[]): Luggage;
  /**
   * Puts what a document brought where it belongs, and takes it out of the document.
   *
   * @param holdEvents Leaves events where they are. Default: false.
   */
  unpack(at: Place, items: Luggage['items'], holdEvents?: boolean): Promise<void>;
  /** Does that for documents that were written at least so long ago, the oldest first. Default: for all. */
  relay(olderThanMs?: number): Promise<void>;
  /** How many documents carry something, and since when. */
  backlog(): Promise<{ readonly waiting: number; readonly since?: number }>;
  /** A collection whose documents may carry something, from now on. */
  watch(collection: string): Promise<void>;
}

/** Options of {@link createMongoOutbox}. */
export interface MongoOutboxParts {
  readonly connection: Connection;
  readonly collections: readonly string[];
  /** In order. */
  readonly appendAll: (entries: readonly NewEntry[]) => Promise<void>;
  readonly settle: (settlement: Settlement) => Promise<unknown>;
  readonly newId: () => string;
  readonly now: () => number;
}

/** What travels, by id; when it was written; and whether the document is to go with it. */
const fields = { held: 'sockeyeOutbox', since: 'sockeyeSince', gone: 'sockeyeGone' } as const;

interface Carrier {
  readonly _id: unknown;
  readonly sockeyeOutbox?: Readonly<Record<string, string>>;
  readonly sockeyeSince: number;
}

/** A document as it is without what it may carry. */
export function withoutOutbox<Document extends object>(document: Document): Document {
  const { sockeyeOutbox: _held, sockeyeSince: _since, ...rest } = document as Partial<Carrier>;
  return rest as Document;
}

/** What is set in a document that is to go once what it carries has arrived. */
export const goneWithOutbox: Readonly<Record<string, unknown>> = { [fields.gone]: true };

/** Creates the outbox of an application's collections. */
export function createMongoOutbox(parts: MongoOutboxParts): MongoOutbox {
  const { connection, appendAll, settle, newId, now } = parts;
  const watched = new Map<string, Promise<void>>();

  const watch = (name: string): Promise<void> => {
    const known = watched.get(name);
    if (known !== undefined) return known;
    const index = connection.collection(name).createIndex({ [fields.since]: 1 }, { sparse: true });
    const done = index.then(
      () => undefined,
      () => undefined,
    );
    watched.set(name, done);
    return done;
  };
  for (const name of parts.collections) void watch(name);

  const takeOut = async (name: string, _id: unknown, packed: Luggage['items']): Promise<void> => {
    if (packed.length === 0) return;
    const collection = connection.collection(name);
    const taken = Object.fromEntries(packed.map(([id]) => [`${fields.held}.${id}`, '']));
    await collection.updateOne({ _id } as never, { $unset: taken });
    const empty = { _id, [fields.held]: {} };
    const { deletedCount } = await collection.deleteOne({ ...empty, ...goneWithOutbox } as never);
    if (deletedCount === 0)
      await collection.updateOne(empty as never, { $unset: { [fields.held]: '', [fields.since]: '' } });
  };

  const unpack: MongoOutbox['unpack'] = async (at, packed, holdEvents = false) => {
    const { collection: name, id } = at;
    const others = packed.filter(([, item]) => item.kind !== 'event');
    for (const [, item] of others) {
      if (item.kind === 'write') await connection.collection(item.collection).bulkWrite([...item.writes]);
      if (item.kind === 'answer') await settle(item.settlement);
    }
    const events = packed.flatMap(([, item]) => (item.kind === 'event' ? [item.entry] : []));
    let done: Luggage['items'] = others;
    try {
      if (!holdEvents) await appendAll(events);
      if (!holdEvents || events.length === 0) done = packed;
    } finally {
      await takeOut(name, id, done);
    }
  };

  const carriers = async (until: number) => {
    const all = [...watched.keys()].map(async (name) => {
      await watch(name);
      const found = await connection
        .collection(name)
        .find({ [fields.since]: { $lte: until } })
        .toArray();
      return found.map((carrier) => ({ name, carrier: carrier as unknown as Carrier }));
    });
    const found = (await Promise.all(all)).flat();
    return found.sort((a, b) => a.carrier.sockeyeSince - b.carrier.sockeyeSince);
  };

  return {
    pack: (items) => {
      const packed = items.map((item) => [newId(), item] as const);
      const texts = packed.map(([id, item]) => [id, textOf(item)] as const);
      if (texts.length === 0) return { set: {}, insert: {}, items: [] };
      const since = { [fields.since]: now() };
      return {
        set: { ...since, ...Object.fromEntries(texts.map(([id, text]) => [`${fields.held}.${id}`, text])) },
        insert: { ...since, [fields.held]: Object.fromEntries(texts) },
        items: packed,
      };
    },
    unpack,
    relay: async (olderThanMs = 0) => {
      let refused: unknown;
      for (const { name, carrier } of await carriers(now() - olderThanMs)) {
        const items = Object.entries(carrier.sockeyeOutbox ?? {});
        try {
          const packed = items.map(([id, text]) => [id, itemOf(text)] as const);
          await unpack({ collection: name, id: carrier._id }, packed);
        } catch (error) {
          // Where MongoDB itself says no, others can go on; where it or the log is away, nothing must be overtaken.
          if (!isRefusal(error)) throw error;
          refused ??= error;
        }
      }
      if (refused !== undefined) throw refused as Error;
    },
    backlog: async () => {
      const found = await carriers(Number.MAX_SAFE_INTEGER);
      const [oldest] = found;
      return { waiting: found.length, ...(oldest && { since: oldest.carrier.sockeyeSince }) };
    },
    watch,
  };
}

/** What a write runs with: the session of its transaction, where the server has transactions. */
export type Run = (
  set: Luggage['set'],
  more: { readonly insert: Luggage['insert']; readonly session: ClientSession | undefined },
) => Promise<unknown>;

/** Dates, ids of objects and numbers come back as they were. */
function textOf(item: Carried): string {
  return mongo.BSON.EJSON.stringify(item, { relaxed: false });
}

function itemOf(text: string): Carried {
  return mongo.BSON.EJSON.parse(text) as Carried;
}

/** Whether a server answered, and refused. */
function isRefusal(error: unknown): boolean {
  return ['MongoServerError', 'MongoBulkWriteError'].includes((error as Error | undefined)?.name ?? '');
}
