/**
 * One connection in one room with a log: held while its join is decided, then replaying from its cursor, then live. It
 * goes live in the tick in which it has caught up with the feed, so that no entry is lost between replay and live.
 *
 * @module follower
 */
import { control, type Cursor, type LogRule, type LogStart, type RoomParams } from '@sockeye/contract/wire';
import type { Session } from '../session.ts';
import type { Feed, FeedEntry } from './feed.ts';
import type { Gate } from './gate.ts';
import { drained } from './drained.ts';

/**
 * Whether a connection may continue to read. `since`: when it became a member, in milliseconds since the Unix epoch.
 */
export type Permit =
  | { readonly kind: 'allowed'; readonly since: number | undefined }
  | { readonly kind: 'denied'; readonly code: string }
  /** The authorizer failed. */
  | { readonly kind: 'unknown' };

/** Dependencies of a follower. */
export interface FollowerParts {
  readonly session: Session;
  readonly feed: Feed;
  readonly room: string;
  /** Name of the room in the contract, and its parameters. */
  readonly kind: string;
  readonly params: RoomParams;
  readonly rule: LogRule;
  readonly gate: Gate;
  /** Sends entries to this connection alone. */
  readonly send: (follower: Follower, entries: readonly FeedEntry[]) => void;
  /** Checks again whether the connection is a member. */
  readonly permit: (follower: Follower) => Promise<Permit>;
  /** Evicts the connection from the room and notifies it. */
  readonly revoke: (follower: Follower, code: string) => void;
  /** Limits of one page: entries, and approximate bytes. */
  readonly pageEntries: number;
  readonly pageBytes: number;
}

/** One connection in one room with a log. */
export interface Follower extends Pick<FollowerParts, 'session' | 'room' | 'kind' | 'params' | 'feed'> {
  /** `held`: nothing is sent. `replaying`: catching up with the feed. `live`: caught up. `over`: ended. */
  readonly state: 'held' | 'replaying' | 'live' | 'over';
  /** The client follows the log and receives its start position. */
  readonly isTold: boolean;
  /** When the connection became a member, in milliseconds since the Unix epoch, if known. */
  memberSince: number | undefined;
  /** Notes the feed's position: a client that starts without a cursor begins there. */
  mark(): void;
  /**
   * Starts or restarts: with a cursor or null for a client that follows the log, with undefined for one that does not.
   * Resolves when the start position was sent to the client; the replay continues in the background.
   */
  start(since: Cursor | null | undefined): Promise<void>;
  /** Stops sending after `position` until the connection has received what waits for it. */
  pause(position: Cursor): void;
  /** Continues where it had to stop. */
  resume(): void;
  /** Sends nothing until it is decided whether the connection may stay. */
  doubt(answered: Promise<void>): void;
  /** The feed was reset. */
  reset(): void;
  end(): void;
}

/** Creates the follower of a connection that is about to enter a room. */
export function createFollower(parts: FollowerParts): Follower {
  const { session, feed, room, rule, gate } = parts;
  let state: Follower['state'] = 'held';
  let isTold = false;
  let marked: Cursor | undefined;
  let position: Cursor = feed.position;
  /** Counts starts: pending work of an earlier start is void. */
  let run = 0;
  let doubted: Promise<void> | undefined;

  const go = (from: Cursor): void => {
    position = from;
    state = 'replaying';
    void replay(run, true);
  };

  const tell = (from: Cursor, recovered: boolean): void => {
    const start: LogStart = { room, ...from, head: feed.position.offset, recovered };
    session.socket.emit(control.log, start);
  };

  /** Starts without the earlier entries. */
  const beginAt = (from: Cursor): void => {
    if (isTold) tell(from, false);
    go(from);
  };

  const replay = async (mine: number, isPermitted: boolean): Promise<void> => {
    let mayRead = isPermitted;
    try {
      while (mine === run && state === 'replaying') {
        if (doubted !== undefined) {
          const answered = doubted;
          await answered;
          if (doubted === answered) doubted = undefined;
          continue;
        }
        if (position.epoch !== feed.position.epoch) return beginAt(feed.position);
        if (position.offset >= feed.position.offset) return void (state = 'live');
        if (!mayRead && !(await mayGoOn())) return;
        if (mine !== run || state !== 'replaying') return;
        mayRead = false;
        const entries = await next(position);
        if (mine !== run || state !== 'replaying') return;
        if (entries === undefined) return beginAt(feed.position);
        // Nothing that the feed has not delivered yet: it would be sent twice.
        const page = pageOf(entries, parts).filter(({ offset }) => offset <= feed.position.offset);
        if (page.length === 0) {
          await feed.look();
          if (mine === run && entries.length === 0 && state === 'replaying') return beginAt(feed.position);
          continue;
        }
        const last = page[page.length - 1]!;
        position = { epoch: position.epoch, offset: last.offset, id: last.id };
        parts.send(follower, page);
        await drained(session);
      }
    } catch {
      // The log is unreachable; `resume` is called when it is reachable again.
      if (mine === run && state === 'replaying') stalled = true;
    }
  };
  let stalled = false;

  const mayGoOn = async (): Promise<boolean> => {
    const permit = await parts.permit(follower);
    if (permit.kind === 'denied') parts.revoke(follower, permit.code);
    if (permit.kind === 'unknown') throw new Error('the authorizer failed');
    return permit.kind === 'allowed';
  };

  /** Entries after a position; undefined if the log no longer has all of them. */
  const next = async (after: Cursor): Promise<readonly FeedEntry[] | undefined> => {
    const recent = feed.recent(after);
    if (recent !== undefined) return recent;
    const leave = await gate.enter();
    try {
      await feed.reach(after.offset);
      const reached = feed.recent(after);
      if (reached !== undefined) return reached;
      const page = await feed.page(after.offset);
      return page.epoch === after.epoch && page.anchor === after.id ? page.entries : undefined;
    } finally {
      leave();
    }
  };

  /** Whether everything after a cursor is available, and the client may read it. */
  const canServe = async (since: Cursor): Promise<boolean> => {
    if (since.epoch !== feed.position.epoch) return false;
    if (since.offset > feed.position.offset) await feed.look();
    if (since.epoch !== feed.position.epoch || since.offset > feed.position.offset) return false;
    const entries = await next(since);
    if (entries === undefined) return false;
    const first = entries[0];
    return rule.history === 'full' || first === undefined || first.at >= (follower.memberSince ?? Infinity);
  };

  const follower: Follower = {
    session,
    feed,
    room,
    kind: parts.kind,
    params: parts.params,
    memberSince: undefined,
    get state() {
      return state;
    },
    get isTold() {
      return isTold;
    },
    mark: () => (marked = feed.position),
    start: async (since) => {
      if (state === 'over') return;
      const mine = (run += 1);
      const from = marked ?? feed.position;
      marked = undefined;
      if (state === 'live' && since === undefined) return;
      isTold = since !== undefined;
      stalled = false;
      state = 'held';
      try {
        const recovered = since !== undefined && since !== null && (await canServe(since));
        if (mine !== run || follower.state === 'over') return;
        if (!recovered) return beginAt(from.epoch === feed.position.epoch ? from : feed.position);
        tell(since, true);
        go(since);
      } catch (error) {
        if (mine === run && follower.state === 'held') {
          // If even this fails, the client restarts when the log is reachable again.
          state = 'replaying';
          position = { ...from, epoch: '' };
          stalled = true;
        }
        throw error;
      }
    },
    pause: (after) => {
      if (state !== 'live') return;
      state = 'replaying';
      position = after;
      const mine = (run += 1);
      void drained(session).then(() => replay(mine, true));
    },
    resume: () => {
      if (!stalled || state !== 'replaying') return;
      stalled = false;
      void replay(run, false);
    },
    doubt: (answered) => {
      doubted = answered;
      if (state !== 'live' && state !== 'replaying') return;
      if (state === 'live') position = feed.position;
      state = 'replaying';
      stalled = false;
      void replay((run += 1), true);
    },
    reset: () => {
      if (state === 'over' || state === 'held') return;
      run += 1;
      stalled = false;
      beginAt(feed.position);
    },
    end: () => {
      state = 'over';
      run += 1;
    },
  };
  return follower;
}

/** As many entries as fit into a page, but at least one. */
function pageOf(
  entries: readonly FeedEntry[],
  { pageEntries, pageBytes }: Pick<FollowerParts, 'pageEntries' | 'pageBytes'>,
): readonly FeedEntry[] {
  let sum = 0;
  const end = entries.findIndex(({ size }, index) => (sum += size) > pageBytes && index > 0);
  return entries.slice(0, end < 0 ? pageEntries : Math.min(end, pageEntries));
}
