/**
 * One room's log on this node: subscribe first, then read the head, then catch up, then live. An entry is delivered
 * only if its offset is the next one; a lower one is known already, a higher one makes the node read the log.
 * Contiguous offsets prove that nothing is missing, never the timing of messages.
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

/** Receives the entries of a log. */
export interface FeedListener {
  /** The next entry, and the position before it. `isLive`: it was received on its commit, not read later. */
  entry(entry: FeedEntry, before: Cursor, isLive: boolean): void;
  /**
   * The log was replaced or went back in time: earlier entries are void, and the feed continues after its position.
   */
  reset(): void;
}

/** Follows one room's log. */
export interface Feed {
  readonly room: string;
  /** The position up to which entries were delivered. */
  readonly position: Cursor;
  /** Resolves when the feed follows the log; tries again if that failed before. Rejects if the log is unreachable. */
  ready(): Promise<void>;
  readonly isReady: boolean;
  /** It may have missed entries, and is reading them. */
  readonly isLooking: boolean;
  /** The entries after a position, if this node still has all of them and knows the position. */
  recent(after: Pick<Cursor, 'offset' | 'id'>): readonly FeedEntry[] | undefined;
  /**
   * Reads entries before those in memory, so that {@link recent} knows positions that are not far behind: a node that
   * has just started has none. Concurrent callers share one read, whose entries also serve later callers.
   */
  reach(after: number): Promise<void>;
  /** Reads entries after an offset from the log; concurrent callers share one read. */
  page(after: number): Promise<FeedPage>;
  /** Checks whether the log has more. Resolves after the check; rejects if the log is unreachable. */
  look(): Promise<void>;
  /** Compares the log's head with the position at the time of the request. */
  check(head: Cursor, sampled: Cursor): Promise<void>;
  close(): void;
}

/** Part of a log, ready to send. */
export interface FeedPage extends Omit<LogPage, 'entries'> {
  readonly entries: readonly FeedEntry[];
}

/** Options of {@link createFeed}. */
export interface FeedOptions {
  readonly log: EventLog;
  /** The room's name in the log. */
  readonly room: string;
  readonly listener: FeedListener;
  /** Number of entries in memory, for clients that reconnect soon. */
  readonly ring: number;
  /** Entries of one read. */
  readonly pageEntries: number;
  /** What has to be known before a later entry is delivered. */
  readonly guard?: FeedGuard | undefined;
}

/** Something that a feed must not get ahead of. */
export interface FeedGuard {
  /** Whether any of it may have been missed. */
  isBehind(): boolean;
  /** Resolves when everything committed before is known. Rejects if the log is unreachable. */
  settle(): Promise<void>;
}

const nowhere: Cursor = { epoch: '', offset: 0, id: '' };

/** Creates a feed; it follows nothing until `ready` is called. */
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
