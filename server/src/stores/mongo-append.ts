import type { Commits } from './commits.ts';
import { keyTtlMs, newId, type Appended, type NewEntry, type Retention } from './log.ts';
import {
  entryId,
  idOf,
  isDuplicate,
  type collectionsOf,
  type NewestEntry,
  type RoomDocument,
} from './mongo-documents.ts';

/** Options of {@link createMongoAppender}. */
export interface AppenderParts {
  readonly collections: ReturnType<typeof collectionsOf>;
  readonly commits: Commits;
  readonly now: () => number;
}

/** Appends to rooms. */
export interface MongoAppender {
  append(entry: NewEntry): Promise<Appended>;
  headOf(room: string): Promise<RoomDocument>;
  /** Gives a room's last entries documents of their own. */
  copy(head: RoomDocument): Promise<void>;
  trim(room: string, retention: Retention): Promise<void>;
}

interface Waiting {
  readonly entry: NewEntry;
  readonly id: string;
  readonly resolve: (made: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/** What one compare-and-set appends, in entries and in characters of their bodies: a document holds 16 MB. */
const maxBatch = { entries: 64, length: 2_000_000 } as const;

/** Creates an appender: one batch a room and process is under way at a time. */
export function createMongoAppender({ collections, commits, now }: AppenderParts): MongoAppender {
  const { rooms, entries, keys } = collections;
  const queues = new Map<string, Waiting[]>();
  /** The newest place of each room whose entries this process knows to be copied. */
  const copied = new Map<string, string>();

  const headOf = async (room: string): Promise<RoomDocument> => {
    const _id = idOf(room);
    const found = await rooms.findOne({ _id });
    if (found !== null) return found;
    const floor = { offset: 0, id: '' };
    try {
      await rooms.insertOne({
        _id,
        room: JSON.stringify(room),
        epoch: newId(),
        offset: 0,
        id: '',
        floor,
        last: [],
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    return headOf(room);
  };

  const copy = async ({ _id, room, epoch, offset, last }: RoomDocument): Promise<void> => {
    const place = `${epoch}:${offset}`;
    if (last.length === 0 || copied.get(_id) === place) return;
    const name = JSON.parse(room) as string;
    const expiresAt = new Date(now() + keyTtlMs);
    await insert(
      entries,
      last.map(({ key: _key, ...entry }) => {
        return { _id: entryId(_id, epoch, entry.offset), room: _id, epoch, ...entry };
      }),
    );
    await insert(
      keys,
      last.flatMap(({ key, offset: at, id }) =>
        key === undefined ? [] : [{ _id: key, room: name, epoch, offset: at, id, expiresAt }],
      ),
    );
    copied.set(_id, place);
  };

  /** Appends one batch, unless another process was first: then false. */
  const attempt = async (room: string, batch: readonly Waiting[]): Promise<boolean> => {
    const head = await headOf(room);
    await copy(head);
    const known = new Map<string, Appended>();
    const wanted = batch.flatMap(({ entry }) => (entry.key === undefined ? [] : [idOf(entry.key)]));
    if (wanted.length > 0) {
      for (const used of await keys.find({ _id: { $in: wanted } }).toArray()) {
        if (used.expiresAt.getTime() <= now()) {
          await keys.deleteOne({ _id: used._id });
          continue;
        }
        const { _id, epoch, offset, id, room: name } = used;
        known.set(_id, { epoch, offset, id, room: name, duplicate: true });
      }
    }
    const { epoch } = head;
    const last: NewestEntry[] = [];
    const made = batch.map(({ entry, id }): Appended => {
      const key = entry.key === undefined ? undefined : idOf(entry.key);
      const duplicate = key === undefined ? undefined : known.get(key);
      if (duplicate !== undefined) return duplicate;
      const offset = head.offset + last.length + 1;
      const { event, body } = entry;
      last.push({ offset, id, event, body, at: now(), ...(key === undefined ? {} : { key }) });
      const appended = { epoch, offset, id, room, duplicate: false };
      if (key !== undefined) known.set(key, { ...appended, duplicate: true });
      return appended;
    });
    const newest = last.at(-1);
    if (newest !== undefined) {
      const keep = Math.min(...batch.map(({ entry }) => entry.keep));
      const floor = await floorAt(head, Math.min(newest.offset - keep, head.offset), last);
      const after = await rooms.findOneAndUpdate(
        { _id: head._id, epoch, offset: head.offset },
        { $set: { offset: newest.offset, id: newest.id, last, floor } },
        { returnDocument: 'after' },
      );
      if (after === null) return false;
      await copy(after);
      if (floor.offset > head.floor.offset) await dropBelow(head, floor.offset);
      for (const { key: _key, ...entry } of last) commits.tell(room, { epoch, entry });
    }
    for (const [index, { resolve }] of batch.entries()) resolve(made[index]!);
    return true;
  };

  const floorAt = async (
    head: RoomDocument,
    offset: number,
    last: readonly NewestEntry[],
  ): Promise<RoomDocument['floor']> => {
    if (offset <= head.floor.offset) return head.floor;
    const own = last.find((entry) => entry.offset === offset);
    const found = own ?? (await entries.findOne({ _id: entryId(head._id, head.epoch, offset) }));
    return { offset, id: found?.id ?? '' };
  };

  const dropBelow = async ({ _id, epoch }: RoomDocument, offset: number): Promise<void> => {
    await entries.deleteMany({ room: _id, epoch, offset: { $lte: offset } });
  };

  const drain = async (room: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      const batch = firstOf(queue);
      try {
        while (!(await attempt(room, batch)));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      queue.splice(0, batch.length);
    }
    queues.delete(room);
  };

  const enqueue = (entry: NewEntry, id: string): Promise<Appended> =>
    new Promise((resolve, reject) => {
      const waiting = { entry, id, resolve, reject };
      const queue = queues.get(entry.room);
      if (queue !== undefined) return void queue.push(waiting);
      const made = [waiting];
      queues.set(entry.room, made);
      void Promise.resolve().then(() => drain(entry.room, made));
    });

  return {
    append: (entry) => enqueue(entry, entry.id ?? newId()),
    headOf,
    copy,
    trim: async (room, { keep, maxAgeMs }) => {
      const head = await headOf(room);
      await copy(head);
      const old = await entries
        .find({ room: head._id, epoch: head.epoch, at: { $lt: now() - maxAgeMs } })
        .sort({ offset: -1 })
        .limit(1)
        .toArray();
      const offset = Math.max(head.offset - keep, old[0]?.offset ?? 0);
      if (offset <= head.floor.offset) return;
      const floor = await floorAt(head, offset, head.last);
      const done = await rooms.updateOne(
        { _id: head._id, epoch: head.epoch, offset: head.offset },
        { $set: { floor } },
      );
      if (done.matchedCount === 1) await dropBelow(head, offset);
    },
  };
}

/** As many as fit into one document, and one at least. */
function firstOf(queue: readonly Waiting[]): readonly Waiting[] {
  let length = 0;
  const tooMany = queue.findIndex(({ entry }, index) => {
    length += entry.body.length;
    return index === maxBatch.entries || (index > 0 && length > maxBatch.length);
  });
  return tooMany < 0 ? queue.slice() : queue.slice(0, tooMany);
}

/** Adds documents, as far as they are not there yet. */
async function insert<Document extends object>(
  collection: {
    insertMany(documents: never): Promise<unknown>;
    insertOne(document: never): Promise<unknown>;
  },
  documents: readonly Document[],
): Promise<void> {
  if (documents.length === 0) return;
  try {
    await collection.insertMany(documents as never);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    for (const document of documents) {
      await collection.insertOne(document as never).catch((fault: unknown) => {
        if (!isDuplicate(fault)) throw fault;
      });
    }
  }
}
