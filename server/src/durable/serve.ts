/**
 * Durable events on one node: a feed for each room with members on this node, a follower for each connection in it, and
 * one timer that compares what was delivered with the log. This detects messages lost between nodes, a store that was
 * unreachable, and a store that went back in time.
 *
 * Entries are never sent through Socket.IO's adapter: every node sends them to its own connections.
 *
 * @module durable
 */
import { ContractError, type EventEntry, type RoomParams, type ServerMeta } from '@sockeye/contract/wire';
import { formOf, lowered } from '../earlier-forms.ts';
import { logError, logWarning } from '../report.ts';
import { sessionOf, type Runtime } from '../runtime.ts';
import type { Session } from '../session.ts';
import type { EventLog } from '../stores/log.ts';
import { watchRooms } from '../watch-rooms.ts';
import { waitingPackets } from './drained.ts';
import { createEvictions, type Evictions } from './evictions.ts';
import { createFeed, type Feed, type FeedEntry } from './feed.ts';
import { createFollower, type Follower } from './follower.ts';
import { createGate } from './gate.ts';
import { permitOf } from './permit.ts';
import { placeOf } from './place.ts';
import { revoke } from './evict.ts';

/** Durable events of one contract on one node. */
export interface Durable {
  readonly log: EventLog;
  readonly evictions: Evictions;
  /**
   * The follower of a connection that is in a room or about to enter it, marked with the current position of the room's
   * log; undefined for a room without a log.
   */
  hold(session: Session, room: string): Follower | undefined;
  /** Resolves when a follower's feed is ready. Rejects with UNAVAILABLE if the log is unreachable. */
  ready(follower: Follower): Promise<void>;
  /** Starts a follower as soon as its feed is ready, however long that takes. */
  begin(follower: Follower, since: Parameters<Follower['start']>[0]): void;
  /** Removes a connection that did not enter the room. */
  release(follower: Follower): void;
  /** Name of a room in the log, which several contracts may share. */
  logName(room: string): string;
  /** Whether the last access to the log succeeded. */
  reachable(): boolean;
  close(): void;
}

interface Served {
  readonly feed: Feed;
  readonly kind: string;
  readonly params: RoomParams;
  readonly followers: Map<string, Follower>;
  /** Followers that wait for the feed, with their cursors. */
  readonly waiting: Map<Follower, Parameters<Follower['start']>[0]>;
  /** Number of checks since the last member was here. */
  idleChecks: number;
  trimmedAt: number;
}

/** How often expired entries are removed from rooms with members, in milliseconds. */
const trimEveryMs = 60_000;

/** Serves the durable events of a contract; undefined for a contract without any. */
export function serveDurable(runtime: Runtime): Durable | undefined {
  const { eventLog: log, durable: rule, backpressure } = runtime.options;
  if (log === undefined) return undefined;
  const { namespace, table } = runtime;
  const gate = createGate(rule.maxReplays);
  const rooms = new Map<string, Served>();
  const pageEntries = Math.max(1, Math.min(500, Math.floor(backpressure.maxPackets / 2)));
  const pageBytes = Math.min(256_000, Math.floor(backpressure.maxBytes / 4));
  let isReachable = true;

  const logName = (room: string): string => `${table.contract.contract}:${room}`;
  // No room of a contract starts with a space.
  const evictions = createEvictions(runtime, {
    log,
    name: logName(' evictions'),
    pageEntries,
    gate,
    followerOf: (room, id) => rooms.get(room)?.followers.get(id),
  });

  const serve = (room: string): Served | undefined => {
    let served = rooms.get(room);
    if (served !== undefined) return served;
    const place = placeOf(table, room);
    if (place?.entry.log === undefined) return undefined;
    const { kind, params } = place;
    const followers = new Map<string, Follower>();
    const feed = createFeed({
      log,
      room: logName(room),
      ring: rule.ring,
      pageEntries,
      guard: evictions,
      listener: {
        entry: (entry, before) => {
          const live: Follower[] = [];
          for (const follower of followers.values()) {
            if (follower.state !== 'live') continue;
            if (isBehind(follower.session, entry.size)) follower.pause(before);
            else live.push(follower);
          }
          if (live.length > 0) fanOut(live, entry, room);
        },
        reset: () => {
          for (const follower of [...followers.values()]) follower.reset();
        },
      },
    });
    served = { feed, kind, params, followers, waiting: new Map(), idleChecks: 0, trimmedAt: 0 };
    rooms.set(room, served);
    return served;
  };

  const isBehind = (session: Session, size: number): boolean => {
    const length = waitingPackets(session);
    return length * 2 >= backpressure.maxPackets || length * size * 2 > backpressure.maxBytes;
  };

  const metaOf = (feed: Feed, room: string, { offset, id }: FeedEntry): ServerMeta => {
    return { room, epoch: feed.position.epoch, offset, id };
  };

  const fanOut = (live: readonly Follower[], entry: FeedEntry, room: string): void => {
    const event = runtime.outgoing.get(entry.event);
    const { feed } = live[0]!;
    const meta = metaOf(feed, room, entry);
    if (event?.versions !== undefined) {
      for (const follower of live) sendOne(follower, entry, { event, meta });
      return;
    }
    const ids = live.map(({ session }) => session.socket.id);
    namespace.local.to(ids).emit(entry.event, entry.payload, meta);
  };

  const sendOne = (
    { session }: Follower,
    entry: FeedEntry,
    { event, meta }: { readonly event: EventEntry | undefined; readonly meta: ServerMeta },
  ): void => {
    try {
      session.socket.emit(entry.event, formFor(session, entry, event), meta);
    } catch (error) {
      logError(runtime.options, { event: entry.event, err: error }, 'a durable event could not be sent');
    }
  };

  const send = (follower: Follower, entries: readonly FeedEntry[]): void => {
    for (const entry of entries) {
      const event = runtime.outgoing.get(entry.event);
      sendOne(follower, entry, { event, meta: metaOf(follower.feed, follower.room, entry) });
    }
  };

  const ready = async (served: Served): Promise<void> => {
    try {
      await served.feed.ready();
    } catch (error) {
      outage(error);
      throw unavailable(error);
    }
    for (const [follower, since] of served.waiting) {
      served.waiting.delete(follower);
      follower.start(since).catch(outage);
    }
  };

  const begin: Durable['begin'] = (follower, since) => {
    const served = rooms.get(follower.room);
    if (served === undefined) return;
    served.waiting.set(follower, since);
    ready(served).catch(() => undefined);
  };

  const hold: Durable['hold'] = (session, room) => {
    const served = serve(room);
    if (served === undefined) return undefined;
    const { socket } = session;
    let follower = served.followers.get(socket.id);
    if (follower === undefined) {
      const { feed, kind, params } = served;
      follower = createFollower({
        session,
        feed,
        room,
        kind,
        params,
        rule: table.rooms[kind]!.log!,
        gate,
        send,
        permit: permitOf,
        revoke: (gone, code) => revoke(gone.session, gone.room, code),
        pageEntries,
        pageBytes,
      });
      served.followers.set(socket.id, follower);
    }
    if (served.feed.isReady) follower.mark();
    return follower;
  };

  const remove = (room: string, id: string): void => {
    evictions.left(room, id);
    const served = rooms.get(room);
    const follower = served?.followers.get(id);
    if (served === undefined || follower === undefined) return;
    follower.end();
    served.followers.delete(id);
    served.waiting.delete(follower);
  };

  /** A connection that enters a room outside the contract's joins receives its durable events from then on. */
  const entered = (room: string, id: string): void => {
    evictions.entered(room, id);
    if (room === id || rooms.get(room)?.followers.has(id)) return;
    const socket = namespace.sockets.get(id);
    const session = socket && sessionOf(runtime, socket);
    const follower = session && hold(session, room);
    if (follower !== undefined) begin(follower, undefined);
  };

  const outage = (error: unknown): void => {
    if (isReachable) logWarning(runtime.options, { err: error }, 'the event log is unreachable');
    isReachable = false;
  };

  const check = async (): Promise<void> => {
    await evictions.check();
    for (const [room, served] of rooms) {
      served.idleChecks = served.followers.size > 0 ? 0 : served.idleChecks + 1;
      if (served.idleChecks <= rule.idleChecks) continue;
      served.feed.close();
      rooms.delete(room);
    }
    const all = [...rooms.values()];
    for (const served of all) if (!served.feed.isReady) await ready(served);
    const sampled = all.map(({ feed }) => feed.position);
    const heads = await log.heads(all.map(({ feed }) => feed.room));
    for (const [index, served] of all.entries()) {
      await served.feed.check(heads[index]!, sampled[index]!);
      for (const follower of served.followers.values()) follower.resume();
      if (Date.now() - served.trimmedAt < trimEveryMs) continue;
      served.trimmedAt = Date.now();
      await log.trim(served.feed.room, table.rooms[served.kind]!.log!);
    }
    isReachable = true;
  };

  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const tick = (): void => {
    if (isClosed) return;
    timer = setTimeout(() => void check().catch(outage).finally(tick), rule.checkMs);
    timer.unref();
  };
  tick();
  watchRooms(namespace, { entered, left: remove });

  return {
    log,
    evictions,
    hold,
    ready: async ({ room }) => {
      const served = rooms.get(room);
      if (served !== undefined) await ready(served);
    },
    begin,
    release: ({ room, session }) => {
      if (!session.socket.rooms.has(room)) remove(room, session.socket.id);
    },
    logName,
    reachable: () => isReachable,
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      evictions.close();
      for (const { feed, followers } of rooms.values()) {
        for (const follower of followers.values()) follower.end();
        feed.close();
      }
      rooms.clear();
    },
  };
}

/** The payload in the form that the client of a connection uses. */
function formFor(session: Session, entry: FeedEntry, event: EventEntry | undefined): unknown {
  const form = event === undefined ? undefined : formOf(event, session);
  if (form?.payload === undefined || event?.payload === undefined) return entry.payload;
  return lowered(form.payload, event.payload, { wire: entry.payload, subject: `event "${entry.event}"` });
}

/** The error of a call that needs the log while it is unreachable. */
export function unavailable(cause: unknown): ContractError {
  if (cause instanceof ContractError && cause.code === 'UNAVAILABLE') return cause;
  return new ContractError('UNAVAILABLE', { message: 'The event log is unreachable.', cause });
}
