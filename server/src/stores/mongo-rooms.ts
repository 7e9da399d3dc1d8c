import type { Cursor } from '@sockeye/contract/wire';
import { createCommits } from './commits.ts';
import type { EventLog, LogPage, NewEntry } from './log.ts';
import { createMongoAppender } from './mongo-append.ts';
import { idOf, type collectionsOf } from './mongo-documents.ts';

/** The logs of rooms, in collections of a database. */
export interface MongoRooms extends Pick<
  EventLog,
  'append' | 'read' | 'heads' | 'trim' | 'reset' | 'subscribe'
> {
  /** Appends in order; entries of one room at once. */
  appendAll(entries: readonly NewEntry[]): Promise<void>;
  /** Looks for appends of other processes to rooms that are followed. */
  poll(): Promise<void>;
}

/** Options of {@link mongoRooms}. */
export interface MongoRoomParts {
  readonly collections: ReturnType<typeof collectionsOf>;
  /** When the collections' indexes are there. */
  readonly indexed: Promise<void>;
  readonly now: () => number;
}

/** Keeps logs in collections. No transaction is needed: an append is one compare-and-set of the room's document. */
export function mongoRooms({ collections, indexed, now }: MongoRoomParts): MongoRooms {
  const { rooms, entries } = collections;
  const commits = createCommits();
  const appender = createMongoAppender({ collections, commits, now });
  const seen = new Map<string, number>();
  const names = new Map<string, string>();

  return {
    append: async (entry) => {
      await indexed;
      return appender.append(entry);
    },
    appendAll: async (all) => {
      await indexed;
      await Promise.all(all.map((entry) => appender.append(entry)));
    },
    poll: async () => {
      const wanted = [...names.keys()];
      if (wanted.length === 0) return;
      for (const { _id, offset } of await rooms.find({ _id: { $in: wanted } }).toArray()) {
        if (offset !== seen.get(_id)) commits.tell(names.get(_id) ?? '', undefined);
        seen.set(_id, offset);
      }
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
  };
}
