/**
 * Presence of several nodes in Redis 7 or later. A node registers users under a lease that it renews. Any node ends the
 * leases of dead nodes, each in one script, so only one node does it. Times are those of Redis.
 *
 * @module redis-presence
 */
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { presenceClock, type PresenceClock } from '../presence/clock.ts';
import type {
  PresenceChanges,
  PresenceLink,
  PresenceListener,
  PresenceState,
  PresenceStore,
} from '../presence/store.ts';
import { presenceScripts } from './redis-presence-scripts.ts';

/** Options of {@link redisPresence}. */
export interface RedisPresenceOptions {
  /** A connection to Redis 7; presence opens two more like it. The application closes this one. */
  readonly redis: Redis;
  /** Prefix of all keys and channels. Default: `sockeye:`. */
  readonly prefix?: string | undefined;
  /** How long the users of a silent node stay present, in milliseconds. Default: 4,000. */
  readonly leaseMs?: number | undefined;
  /** Default: the system clock. */
  readonly clock?: PresenceClock | undefined;
}

/** As much of ioredis as scripts need. */
interface Commands {
  presenceHold(...args: (string | number)[]): Promise<[string, ...string[]]>;
  presenceBeat(...args: (string | number)[]): Promise<[string, string, ...string[]]>;
  presenceRead(...args: (string | number)[]): Promise<[string, string, ...string[]]>;
  presenceFind(...args: (string | number)[]): Promise<string[]>;
  presenceRetire(...args: (string | number)[]): Promise<string>;
}

/** Creates a {@link PresenceStore} for nodes that share a Redis. While Redis is unreachable, it rejects immediately. */
export function redisPresence(options: RedisPresenceOptions): PresenceStore & { close(): Promise<void> } {
  const { redis, prefix = 'sockeye:', leaseMs = 4_000, clock = presenceClock } = options;
  // Answers that come too late are asked for again by the next beat, so nothing has to wait in a queue.
  const retryStrategy = (attempt: number): number => Math.min(attempt * 50, 500);
  const settings = { maxRetriesPerRequest: null, retryStrategy, lazyConnect: false };
  const subscriber = redis.duplicate(settings);
  const commands = redis.duplicate({
    ...settings,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: leaseMs / 2,
  });
  const scripts = presenceScripts as Readonly<Record<string, { lua: string; numberOfKeys: number }>>;
  for (const [name, script] of Object.entries(scripts)) commands.defineCommand(name, script);
  const channels = new Map<string, (message: string) => void>();
  for (const each of [commands, subscriber]) each.on('error', () => undefined);
  subscriber.on('message', (channel: string, message: string) => channels.get(channel)?.(message));
  const closers = new Set<() => void>();

  return {
    leaseMs,
    open: (scope, listener) => {
      const root = `{${prefix}presence:${scope}}`;
      const isReady = (): boolean => commands.status === 'ready';
      const shared = {
        leaseMs,
        clock,
        subscriber,
        channels,
        commands: commands as unknown as Commands,
        isReady,
      };
      const link = openLink({ root, listener, ...shared });
      closers.add(() => link.stop());
      return link;
    },
    close: async () => {
      for (const stop of closers) stop();
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

interface LinkSetup {
  /** Begins every key of the scope; one hash slot, as one script touches several of them. */
  readonly root: string;
  readonly leaseMs: number;
  readonly clock: PresenceClock;
  readonly listener: PresenceListener;
  readonly commands: Commands;
  readonly isReady: () => boolean;
  readonly subscriber: Redis;
  readonly channels: Map<string, (message: string) => void>;
}

function openLink(setup: LinkSetup): PresenceLink & { stop(): void } {
  const { root, leaseMs, clock, listener, commands, subscriber, channels, isReady } = setup;
  const beatMs = Math.min(leaseMs / 3, 750);
  const followed = new Set<string>();
  /** A node that was given up comes back as another one. */
  let node = randomUUID();
  let registered = false;
  /** Redis's time minus this machine's. */
  let offset = 0;
  let reachableSince = Infinity;
  let cancelBeat: (() => void) | undefined;
  let stopped = false;

  const channelOf = (room: string): string => `${root}:room:${room}`;

  /**
   * Renews the lease, or takes a new one. Leases of others are ended only by who could have heard of them long enough,
   * and only as of the moment when it asked: Redis itself may have been stopped since.
   */
  async function renew(rooms: readonly string[]): Promise<void> {
    const asked = clock.now();
    const endBefore = asked - reachableSince >= leaseMs ? Math.floor(asked + offset) : 0;
    const epoch = registered ? randomUUID() : 'new';
    const [lease, time, ...places] = await commands.presenceBeat(
      root,
      node,
      leaseMs,
      epoch,
      endBefore,
      ...rooms,
    );
    offset = Number(time) - clock.now();
    reachableSince = Math.min(reachableSince, asked);
    registered = lease === 'ok';
    if (!registered) forgotten();
    rooms.forEach((room, index) => {
      const [at = '', seq = '0'] = (places[index] ?? '').split(' ');
      listener.onPlace(room, { epoch: at, seq: Number(seq) });
    });
  }

  async function beat(): Promise<void> {
    cancelBeat?.();
    try {
      await renew([...followed]);
      listener.onReach(true);
    } catch {
      reachableSince = Infinity;
      if (!stopped) listener.onReach(false);
    }
    if (!stopped) cancelBeat = clock.after(beatMs, () => void beat());
  }

  function forgotten(): void {
    registered = false;
    node = randomUUID();
    listener.onForgotten();
  }

  function hear(room: string, message: string): void {
    const [epoch, seq, joins, leaves, changes] = JSON.parse(message) as [
      string,
      number,
      unknown,
      unknown,
      unknown,
    ];
    listener.onDiff({
      room,
      epoch,
      seq,
      joins: pairs(list(joins)),
      leaves: list(leaves),
      changes: pairs(list(changes)),
    });
  }

  if (isReady()) void beat();
  else cancelBeat = clock.after(beatMs, () => void beat());

  return {
    hold: async (room, { joins, leaves, changes }: PresenceChanges) => {
      if (!registered) await renew([]);
      const asked = node;
      const told = [joins.size, leaves.length, ...flat(joins), ...leaves, ...flat(changes)];
      const [answer, ...arrived] = await commands.presenceHold(root, asked, room, randomUUID(), ...told);
      if (answer !== 'lost') return arrived;
      if (asked === node) forgotten();
      throw new Error('The lease of this node in the presence store has expired.');
    },
    follow: async (room) => {
      followed.add(room);
      const channel = channelOf(room);
      channels.set(channel, (message) => hear(room, message));
      if (subscriber.status !== 'ready') throw new Error('Redis is unreachable.');
      await subscriber.subscribe(channel);
    },
    unfollow: (room) => {
      followed.delete(room);
      channels.delete(channelOf(room));
      if (subscriber.status === 'ready') subscriber.unsubscribe(channelOf(room)).catch(() => undefined);
    },
    read: async (room): Promise<PresenceState> => {
      const [epoch, seq, ...users] = await commands.presenceRead(root, room);
      return { epoch, seq: Number(seq), users: pairs(users) };
    },
    find: async (key) => {
      const found = await commands.presenceFind(root, key);
      return [...pairs(found)].map(([room, text]) => ({ room, text }));
    },
    retire: async (graceMs) => {
      stopped = true;
      cancelBeat?.();
      await commands.presenceRetire(root, node, graceMs);
    },
    stop: () => {
      stopped = true;
      cancelBeat?.();
    },
  };
}

function flat(texts: ReadonlyMap<string, string>): string[] {
  return [...texts].flat();
}

/** Redis writes an empty list as an object. */
function list(value: unknown): string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}

function pairs(values: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let index = 0; index + 1 < values.length; index += 2) map.set(values[index]!, values[index + 1]!);
  return map;
}
