import type { RootDatabase } from 'lmdb';
import type { Cursor } from '@sockeye/contract/wire';
import { createCommits } from './commits.ts';
import { lmdbCommands } from './lmdb-commands.ts';
import { committed, isWritable, keyOf, openLmdb, runInside, sweeper } from './lmdb-environment.ts';
import {
  claimLost,
  keyTtlMs,
  newId,
  type Appended,
  type EventLog,
  type LogEntry,
  type LogPage,
  type NewEntry,
  type Retention,
} from './log.ts';

export { committed, isWritable, openLmdb } from './lmdb-environment.ts';
export { lmdbOutbox, type LmdbOutboxOptions } from './lmdb-outbox.ts';

/** Options of {@link lmdbLog}. */
export interface LmdbLogOptions {
  /**
   * The application's own environment, opened with a `maxDbs` that allows four more databases. Transactions can then
   * include the application's writes. The application closes it.
   */
  readonly root?: RootDatabase;
  /** Instead of `root`: the folder of the log's own environment; created if it does not exist. */
  readonly folder?: string;
  /** Milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** The `native` of a transaction of {@link lmdbLog}: the environment, which writes into the open transaction. */
export type LmdbTransaction = RootDatabase;

interface RoomHead extends Cursor {
  /** The newest entry that was taken away: offset 0 and an empty id where none was. */
  readonly floor: { readonly offset: number; readonly id: string };
}

type StoredEntry = Omit<LogEntry, 'offset'>;
type StoredKey = Appended & { readonly until: number };

/** How often keys and answers that are over are taken away, in milliseconds. */
const sweepEveryMs = 60_000;

/**
 * Stores logs in an embedded LMDB database: needs no server, and survives the end of the process. Processes on one
 * machine can share a folder; they find each other's commits every `durable.checkMs`.
 *
 * The callback of a transaction must be synchronous. If it returns a promise, it is rolled back and rejected.
 *
 * @throws Error if the folder cannot be created or opened.
 */
export function lmdbLog({ root: given, folder, now = Date.now }: LmdbLogOptions): EventLog {
  const root = given ?? openOwn(folder);
  const commands = lmdbCommands(root, now);
  const heads = root.openDB<RoomHead, string>({ name: 'log.heads' });
  const entries = root.openDB<StoredEntry, [string, number]>({ name: 'log.entries' });
  const keys = root.openDB<StoredKey, string>({ name: 'log.keys' });
  const sweepKeys = sweeper(keys);
  const commits = createCommits();
  let closing: Promise<void> | undefined;

  /** Inside a write transaction only. */
  const headOf = (room: string): RoomHead => {
    const key = keyOf(room);
    const found = heads.get(key);
    if (found !== undefined) return found;
    const made: RoomHead = { epoch: newId(), offset: 0, id: '', floor: { offset: 0, id: '' } };
    heads.putSync(key, made);
    return made;
  };

  const ensure = async (room: string): Promise<RoomHead> =>
    heads.get(keyOf(room)) ?? committed(root.transaction(() => headOf(room)));

  const append = (entry: NewEntry, told: Told[]): Appended => {
    const { room, event, body, key } = entry;
    const known = key === undefined ? undefined : keys.get(keyOf(key));
    if (known !== undefined && known.until > now()) {
      const { epoch, offset, id } = known;
      return { epoch, offset, id, room: known.room, duplicate: true };
    }
    const before = headOf(room);
    const { epoch } = before;
    const offset = before.offset + 1;
    const made: StoredEntry = { id: entry.id ?? newId(), event, body, at: now() };
    entries.putSync([keyOf(room), offset], made);
    write(room, { ...before, offset, id: made.id }, entry);
    const appended: Appended = { epoch, offset, id: made.id, room, duplicate: false };
    if (key !== undefined) keys.putSync(keyOf(key), { ...appended, until: now() + keyTtlMs });
    told.push({ room, epoch, entry: { offset, ...made } });
    return appended;
  };

  /** Stores a head and takes away what is not to be kept. */
  const write = (room: string, head: RoomHead, { keep, maxAgeMs }: Retention): void => {
    const key = keyOf(room);
    const oldest = now() - maxAgeMs;
    let { floor } = head;
    while (floor.offset < head.offset) {
      const offset = floor.offset + 1;
      const { id = '', at = 0 } = entries.get([key, offset]) ?? {};
      if (offset > head.offset - keep && at >= oldest) break;
      entries.removeSync([key, offset]);
      floor = { offset, id };
    }
    heads.putSync(key, { ...head, floor });
  };

  const tell = (told: readonly Told[]): void => {
    for (const { room, epoch, entry } of told) commits.tell(room, { epoch, entry });
  };

  const forget = () =>
    root.transaction(() => {
      sweepKeys(now());
      commands.sweep();
    });
  const sweeping = setInterval(() => void forget().catch(() => undefined), sweepEveryMs).unref();

  return {
    kind: 'lmdb',
    append: async (entry) => {
      const told: Told[] = [];
      const appended = await committed(root.transaction(() => append(entry, told)));
      tell(told);
      return appended;
    },
    read: async (room, after, limit): Promise<LogPage> => {
      await ensure(room);
      const head = heads.get(keyOf(room))!;
      const { epoch, offset, id } = head;
      const found = { epoch, head: { offset, id } };
      const anchor = anchorOf(head, after, () => entries.get([keyOf(room), after])?.id);
      if (anchor === undefined) return { ...found, anchor, entries: [] };
      const start: [string, number] = [keyOf(room), after + 1];
      const range = entries.getRange({ start, end: [keyOf(room), offset + 1], limit });
      return {
        ...found,
        anchor,
        entries: [...range.map(({ key, value }) => ({ offset: key[1], ...value }))],
      };
    },
    heads: (rooms) =>
      Promise.all(
        rooms.map(async (room): Promise<Cursor> => {
          const { epoch, offset, id } = await ensure(room);
          return { epoch, offset, id };
        }),
      ),
    trim: async (room, retention) => {
      await committed(root.transaction(() => write(room, headOf(room), retention)));
    },
    reset: async (room) => {
      await root.transaction(() => {
        const { floor, offset } = headOf(room);
        for (let at = floor.offset + 1; at <= offset; at += 1) entries.removeSync([keyOf(room), at]);
        heads.removeSync(keyOf(room));
      });
      commits.tell(room, undefined);
    },
    subscribe: async (room, listener) => commits.subscribe(room, listener),
    transaction: async (work) => {
      const told: Told[] = [];
      const value = await runInside(root, (assertOpen) =>
        work({
          native: root satisfies LmdbTransaction,
          append: (entry) => {
            assertOpen();
            return append(entry, told);
          },
          settle: (settlement) => {
            assertOpen();
            if (!commands.settleInside(settlement)) throw claimLost();
          },
        }),
      );
      tell(told);
      return value;
    },
    claim: commands.claim,
    settle: commands.settle,
    release: commands.release,
    healthy: async () => closing === undefined && (await isWritable(root)),
    close: () =>
      (closing ??= (async () => {
        clearInterval(sweeping);
        await root.flushed;
        if (given === undefined) await root.close();
      })()),
  };
}

type Told = { readonly room: string; readonly epoch: string; readonly entry: LogEntry };

function openOwn(folder: string | undefined): RootDatabase {
  if (folder === undefined) throw new Error('lmdbLog needs either root or folder.');
  return openLmdb(folder);
}

function anchorOf(head: RoomHead, after: number, idAt: () => string | undefined): string | undefined {
  if (after === head.offset) return head.id;
  if (after === head.floor.offset) return head.floor.id;
  return after < head.floor.offset || after > head.offset ? undefined : idAt();
}
