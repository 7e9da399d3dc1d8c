/**
 * One room's log as this node follows it: subscribe first, then read the head, then catch up, then live. An entry is
 * passed on only when its offset is the next one; a lower one is known already, a higher one sends the node back to the
 * log. What proves that nothing is missing is that offsets are contiguous, never the timing of messages.
 *
 * @module feed
 */
import type { Cursor } from '@sockeye/contract/wire';
import type { Commit, EventLog, LogEntry, LogPage } from '../stores/log.ts';
import { unpack } from './pack.ts';

/** An entry as it is sent. */
export interface FeedEntry {
  readonly offset: number;
  readonly id: string;
  readonly event: string;
  /** In wire form. */
  readonly payload: unknown;
  /** Length of the payload's text, which is about its size on the wire. */
  readonly size: number;
  readonly at: number;
}

/** Who is told what becomes of a log. */
export interface FeedListener {
  /** The next entry, and the place before it. `isLive`: it was told when it was committed, not read later. */
  entry(entry: FeedEntry, before: Cursor, isLive: boolean): void;
  /** The log is another one, or went back in time: whatever was followed is void, and goes on after the feed's position. */
  reset(): void;
}

/** One room's log, followed. */
export interface Feed {
  readonly room: string;
  /** The place up to which entries were passed on. */
  readonly position: Cursor;
  /** Resolves when it follows; opens it where that failed before. Rejects when the log cannot be reached. */
  ready(): Promise<void>;
  readonly isReady: boolean;
  /** It may have missed entries, and reads them now. */
  readonly isLooking: boolean;
  /** The entries after a place, where this node still has them all, and the place is the one it knows. */
  recent(after: Pick<Cursor, 'offset' | 'id'>): readonly FeedEntry[] | undefined;
  /**
   * Reads entries before those that are kept, so that {@link recent} knows a place that is not far behind: a node that has
   * just begun has none. One read serves everyone who asks meanwhile, and whoever asks later for what was read.
   */
  reach(after: number): Promise<void>;
  /** Entries after an offset from the log itself; the same read serves everyone who asks meanwhile. */
  page(after: number): Promise<FeedPage>;
  /** Looks whether the log has more. Resolves when it was looked; rejects when the log cannot be reached. */
  look(): Promise<void>;
  /** Compares the log's head with what was passed on when it was asked for. */
  check(head: Cursor, sampled: Cursor): Promise<void>;
  close(): void;
}

/** Part of a log, ready to send. */
export interface FeedPage extends Omit<LogPage, 'entries'> {
  readonly entries: readonly FeedEntry[];
}

/** What {@link createFeed} stands on. */
export interface FeedOptions {
  readonly log: EventLog;
  /** The room's name in the log. */
  readonly room: string;
  readonly listener: FeedListener;
  /** Entries that are kept for those who come back soon. */
  readonly ring: number;
  /** Entries of one read. */
  readonly pageEntries: number;
  /** What has to be known before an entry that came later is passed on. */
  readonly guard?: FeedGuard | undefined;
}

/** Something of which a feed must not be ahead. */
export interface FeedGuard {
  /** Whether any of it may have been missed. */
  isBehind(): boolean;
  /** Resolves when all of it that was committed before is known. Rejects when the log cannot be reached. */
  settle(): Promise<void>;
}

const nowhere: Cursor = { epoch: '', offset: 0, id: '' };

/** Makes a feed; it follows nothing until `ready` is called. */
export function createFeed({ log, room, listener, ring, pageEntries, guard }: FeedOptions): Feed {
  let position = nowhere;
  let kept: FeedEntry[] = [];
  /** Id of the entry before the first that is kept. */
  let idBefore = '';
  let opening: Promise<void> | undefined;
  let isReady = false;
  let isClosed = false;
  let looking: Promise<void> | undefined;
  let wanted = false;
  let stop: (() => void) | undefined;
  const pages = new Map<number, Promise<FeedPage>>();
  let reaching: Promise<void> | undefined;
  /** The lowest place that somebody wants to be known. */
  let wantedFrom = Infinity;

  const take = (entry: FeedEntry, isLive: boolean): void => {
    const before = position;
    position = { epoch: before.epoch, offset: entry.offset, id: entry.id };
    kept.push(entry);
    if (kept.length > ring * 2) {
      const over = kept.length - ring;
      idBefore = kept[over - 1]!.id;
      kept = kept.slice(over);
    }
    listener.entry(entry, before, isLive);
  };

  const restart = ({ epoch, offset, id }: Cursor): void => {
    position = { epoch, offset, id };
    kept = [];
    idBefore = id;
    listener.reset();
  };

  const hear = (commit: Commit | undefined): void => {
    if (!isReady) wanted = true;
    else if (commit === undefined || commit.epoch !== position.epoch) want();
    else if (commit.entry.offset === position.offset + 1 && guard?.isBehind() !== true)
      take(readied(commit.entry), true);
    else if (commit.entry.offset > position.offset) want();
  };

  const want = (): void => void look().catch(() => undefined);

  const look = (): Promise<void> => {
    wanted = true;
    return (looking ??= catchUp().finally(() => (looking = undefined)));
  };

  const catchUp = async (): Promise<void> => {
    while (wanted && !isClosed) {
      wanted = false;
      const sampled = position;
      const page = await log.read(room, sampled.offset, pageEntries);
      if (isClosed) return;
      if (isOther(page, sampled)) {
        restart({ epoch: page.epoch, ...page.head });
        continue;
      }
      if (page.entries.length > 0) await guard?.settle();
      if (isClosed) return;
      for (const entry of page.entries) if (entry.offset === position.offset + 1) take(readied(entry), false);
      if (page.entries.length > 0 && position.offset < page.head.offset) wanted = true;
    }
  };

  const firstKept = (): number => position.offset - kept.length;

  const readBack = async (): Promise<void> => {
    // Who asks in the same turn is served by the same read.
    await Promise.resolve();
    while (wantedFrom < firstKept() && !isClosed) {
      const wanted = wantedFrom;
      wantedFrom = Infinity;
      // Twice as far back as is asked for: who comes next may be further behind.
      const span = Math.min(ring, Math.max(leastBack, 2 * (position.offset - wanted)));
      const isFound = await readFrom(Math.max(0, position.offset - span));
      // The log may begin in between.
      if (!isFound && !(await readFrom(wanted))) return;
    }
  };

  /** Puts the entries after a place before those that are kept; false where the log does not have them all. */
  const readFrom = async (from: number): Promise<boolean> => {
    const [end, { epoch }] = [firstKept(), position];
    const read: LogEntry[] = [];
    let anchor = '';
    while (read.length < end - from) {
      const after = from + read.length;
      const page = await log.read(room, after, Math.min(pageEntries, end - after));
      if (page.epoch !== epoch || page.anchor === undefined || page.entries.length === 0) return false;
      if (after === from) anchor = page.anchor;
      read.push(...page.entries);
    }
    // What is kept may have begun anew meanwhile, or have lost its beginning.
    if (isClosed || position.epoch !== epoch || firstKept() !== end || read.at(-1)?.id !== idBefore)
      return false;
    kept = [...read.map(readied), ...kept];
    idBefore = anchor;
    return true;
  };

  const open = async (): Promise<void> => {
    stop ??= await log.subscribe(room, hear);
    const [head] = await log.heads([room]);
    if (isClosed) return stop();
    position = head!;
    idBefore = position.id;
    isReady = true;
    if (wanted) await look();
  };

  return {
    room,
    get position() {
      return position;
    },
    get isReady() {
      return isReady;
    },
    get isLooking() {
      return looking !== undefined;
    },
    ready: () => (isReady ? resolved : (opening ??= open().finally(() => (opening = undefined)))),
    recent: (after) => {
      if (after.offset === position.offset) return after.id === position.id ? [] : undefined;
      const at = kept.length - (position.offset - after.offset);
      const known = at === 0 ? idBefore : kept[at - 1]?.id;
      return known === after.id ? kept.slice(at) : undefined;
    },
    reach: async (after) => {
      if (after < position.offset - ring) return;
      wantedFrom = Math.min(wantedFrom, after);
      await (reaching ??= readBack().finally(() => {
        reaching = undefined;
        wantedFrom = Infinity;
      }));
    },
    page: (after) => {
      let page = pages.get(after);
      if (page === undefined) {
        page = log
          .read(room, after, pageEntries)
          .then((read) => ({ ...read, entries: read.entries.map(readied) }))
          .finally(() => pages.delete(after));
        pages.set(after, page);
      }
      return page;
    },
    look,
    check: async (head, sampled) => {
      const { epoch, offset, id } = head;
      const wentBack = offset < sampled.offset || (offset === sampled.offset && id !== sampled.id);
      if (epoch === sampled.epoch && !wentBack && offset === sampled.offset) return;
      if (epoch !== sampled.epoch || wentBack || offset > position.offset) await look();
    },
    close: () => {
      isClosed = true;
      stop?.();
    },
  };
}

/** Entries that are read back at least. */
const leastBack = 128;

const resolved = Promise.resolve();

/** Whether a page is not of the log that was followed up to a place. */
function isOther(page: LogPage, sampled: Cursor): boolean {
  return page.epoch !== sampled.epoch || page.head.offset < sampled.offset || page.anchor !== sampled.id;
}

function readied({ offset, id, event, body, at }: LogEntry): FeedEntry {
  return { offset, id, event, payload: unpack(body), size: body.length, at };
}
