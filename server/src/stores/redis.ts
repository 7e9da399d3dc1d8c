import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { ContractError, type Cursor } from '@sockeye/contract/wire';
import type { Redis } from 'ioredis';
import { createCommits } from './commits.ts';
import {
  claimLost,
  keyTtlMs,
  newId,
  type Appended,
  type EventLog,
  type LogEntry,
  type LogPage,
  type NewEntry,
  type Settlement,
  type StoreTransaction,
} from './log.ts';
import {
  claimScript,
  commitScript,
  readScript,
  releaseScript,
  resetScript,
  trimScript,
} from './redis-scripts.ts';

/** Options of {@link redisLog}. */
export interface RedisLogOptions {
  /** A connection to Redis 7; the log opens two more like it. The application closes this one. */
  readonly redis: Redis;
  /** Prefix of all keys and channels. Default: `sockeye:`. */
  readonly prefix?: string;
  /** How long to wait for a lost connection before a call ends with UNAVAILABLE, in milliseconds. Default: 2,000. */
  readonly patienceMs?: number;
  /** Milliseconds since the Unix epoch. Default: the clock of Redis. */
  readonly now?: () => number;
}

/** The `native` of a transaction of {@link redisLog}. */
export interface RedisTransaction {
  /**
   * Adds a command to the script that commits. Its result is not returned. Redis has no rollback: a command that fails,
   * such as one on a key of another type, aborts the script, but earlier commands keep their effect.
   */
  call(command: string, ...words: readonly (string | number)[]): void;
}

/**
 * Stores logs in Redis streams, for several nodes: one Lua script appends, trims, stores the key and publishes. Commits
 * are as durable as Redis's persistence: use `appendfsync everysec` or `always`.
 *
 * Redis Cluster is not supported, because the script computes its keys; Sentinel is.
 */
export function redisLog(options: RedisLogOptions): EventLog {
  const { redis, prefix = 'sockeye:', patienceMs = 2_000, now } = options;
  // A command whose answer was lost must not be sent again: it may have been carried out.
  const writer = redis.duplicate({ autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 });
  const subscriber = redis.duplicate({ maxRetriesPerRequest: null });
  const [writerReady, subscriberReady] = [patient(writer, patienceMs), patient(subscriber, patienceMs)];
  const commits = createCommits();
  const listening = new Map<string, number>();
  let closing: Promise<void> | undefined;

  for (const connection of [writer, subscriber]) connection.on('error', () => undefined);
  subscriber.on('ready', () => {
    for (const room of [...commits.rooms]) commits.tell(room, undefined);
  });
  subscriber.on('message', (channel: string, message: string) =>
    commits.tell(channel.slice(prefix.length + 'log:'.length), commitIn(message)),
  );

  const run = async (script: string, words: readonly (string | number)[]): Promise<unknown> => {
    if (closing !== undefined) throw unavailable();
    await writerReady();
    try {
      return await call(writer, script, [prefix, ...words]);
    } catch (error) {
      throw isReply(error) ? error : unavailable(error);
    }
  };

  const clock = (): string => (now === undefined ? '' : String(now()));

  const commit = async ({ settlements, commands, appends }: Staged): Promise<readonly Appended[]> => {
    const words = [
      clock(),
      settlements.length,
      commands.length,
      appends.length,
      ...settlements.flatMap(({ key, token, result }) => [safe(key), token, result, keyTtlMs]),
      ...commands.flatMap((command) => [command.length, ...command]),
      ...appends.flatMap(({ entry, id }) => {
        const { room, key, event, body, keep, maxAgeMs } = entry;
        const key_ = key === undefined ? '' : safe(key);
        return [safe(room), JSON.stringify(room), key_, id, event, body, keep, maxAgeMs, newId(), keyTtlMs];
      }),
    ];
    const made = await run(commitScript, words);
    if (made === 'lost') throw claimLost();
    return (made as MadeReply[]).map(([room, epoch, offset, id, duplicate]) => {
      return { epoch, offset, id, room: JSON.parse(room) as string, duplicate: duplicate === 1 };
    });
  };

  return {
    kind: 'redis',
    append: async (entry) => {
      const [made] = await commit({
        settlements: [],
        commands: [],
        appends: [{ entry, id: entry.id ?? newId() }],
      });
      return made!;
    },
    read: async (room, after, limit): Promise<LogPage> => {
      const reply = (await run(readScript, [safe(room), after, limit, newId()])) as ReadReply;
      const [epoch, offset, id, isKnown, anchor, entries] = reply;
      return {
        epoch,
        head: { offset, id },
        anchor: isKnown === 1 ? anchor : undefined,
        entries: entries.map(entryOf),
      };
    },
    heads: async (rooms) =>
      Promise.all(
        rooms.map(async (room): Promise<Cursor> => {
          const reply = (await run(readScript, [safe(room), -1, 0, newId()])) as ReadReply;
          return { epoch: reply[0], offset: reply[1], id: reply[2] };
        }),
      ),
    trim: async (room, { keep, maxAgeMs }) => {
      await run(trimScript, [safe(room), keep, maxAgeMs, clock()]);
    },
    reset: async (room) => {
      await run(resetScript, [safe(room)]);
    },
    subscribe: async (room, listener) => {
      const name = safe(room);
      const channel = `${prefix}log:${name}`;
      const stop = commits.subscribe(name, listener);
      listening.set(channel, (listening.get(channel) ?? 0) + 1);
      const leave = () => {
        stop();
        const left = listening.get(channel)! - 1;
        if (left > 0) return void listening.set(channel, left);
        listening.delete(channel);
        if (closing === undefined) subscriber.unsubscribe(channel).catch(() => undefined);
      };
      try {
        await subscriberReady();
        await subscriber.subscribe(channel);
      } catch (error) {
        leave();
        throw unavailable(error);
      }
      return leave;
    },
    transaction: async (work) => {
      const staged: Staged = { settlements: [], commands: [], appends: [] };
      const native: RedisTransaction = {
        call: (command, ...words) => void staged.commands.push([command, ...words]),
      };
      const tx: StoreTransaction = {
        native,
        append: (entry) => {
          const id = entry.id ?? newId();
          staged.appends.push({ entry, id });
          return { epoch: '', offset: 0, id, room: entry.room, duplicate: false };
        },
        settle: (settlement) => void staged.settlements.push(settlement),
      };
      const value = await work(tx);
      await commit(staged);
      return value;
    },
    claim: async ({ key, digest, token, leaseMs }) => {
      const reply = await run(claimScript, [safe(key), digest, token, Math.ceil(leaseMs)]);
      if (reply === null) return { kind: 'mine' };
      const [theirs, isDone, result] = reply as [string, number, string];
      return isDone === 1 ? { kind: 'done', digest: theirs, result } : { kind: 'busy', digest: theirs };
    },
    settle: async (settlement) => {
      try {
        await commit({ settlements: [settlement], commands: [], appends: [] });
        return true;
      } catch (error) {
        if (error instanceof ContractError && error.message === claimLost().message) return false;
        throw error;
      }
    },
    release: async (key, token) => {
      await run(releaseScript, [safe(key), token]);
    },
    healthy: async () => {
      if (closing !== undefined) return false;
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, patienceMs, false).unref());
      const pinged = writerReady().then(() => writer.ping());
      return Promise.race([
        late,
        pinged.then(
          () => true,
          () => false,
        ),
      ]);
    },
    close: () =>
      (closing ??= (async () => {
        const isUp = writer.status === 'ready';
        if (isUp) await writer.quit().catch(() => undefined);
        writer.disconnect();
        subscriber.disconnect();
      })()),
  };
}

interface Staged {
  readonly settlements: Settlement[];
  readonly commands: (readonly (string | number)[])[];
  readonly appends: { readonly entry: NewEntry; readonly id: string }[];
}

type MadeReply = readonly [roomText: string, epoch: string, offset: number, id: string, duplicate: number];
type StreamReply = readonly [id: string, fields: readonly string[]];
type ReadReply = readonly [
  epoch: string,
  offset: number,
  id: string,
  isKnown: number,
  anchor: string,
  entries: readonly StreamReply[],
];

const shas = new Map<string, string>();

async function call(redis: Redis, script: string, words: readonly (string | number)[]): Promise<unknown> {
  let sha = shas.get(script);
  if (sha === undefined) shas.set(script, (sha = createHash('sha1').update(script).digest('hex')));
  try {
    return await redis.evalsha(sha, 0, ...words);
  } catch (error) {
    if (!String(error).includes('NOSCRIPT')) throw error;
    return redis.eval(script, 0, ...words);
  }
}

/** Waits until a connection is there, once for all who wait. */
function patient(redis: Redis, patienceMs: number): () => Promise<void> {
  let waiting: Promise<void> | undefined;
  const wait = async (): Promise<void> => {
    if (redis.status === 'wait') redis.connect().catch(() => undefined);
    try {
      await once(redis, 'ready', { signal: AbortSignal.timeout(patienceMs) });
    } catch (error) {
      throw unavailable(error);
    } finally {
      waiting = undefined;
    }
  };
  return async () => {
    if (redis.status !== 'ready') await (waiting ??= wait());
  };
}

function entryOf([name, [, id, , event, , body, , at]]: StreamReply): LogEntry {
  return { offset: Number.parseInt(name, 10), id: id!, event: event!, body: body!, at: Number(at) };
}

function commitIn(message: string) {
  const end = message.indexOf('\n');
  if (end < 0) return undefined;
  const head = JSON.parse(message.slice(0, end)) as [string, number, string, number, string];
  const [epoch, offset, id, at, event] = head;
  return { epoch, entry: { offset, id, event, body: message.slice(end + 1), at } };
}

/** Lone surrogates do not survive UTF-8, and a name of any length would cost it again with every key. */
function safe(name: string): string {
  if (/^[\w:.%-]{1,200}$/.test(name)) return name;
  return `#${createHash('sha256').update(JSON.stringify(name)).digest('base64url')}`;
}

/** Whether Redis itself answered with an error: then nothing is wrong with the connection. */
function isReply(error: unknown): boolean {
  return (error as Error | undefined)?.name === 'ReplyError';
}

function unavailable(cause?: unknown): ContractError {
  return new ContractError('UNAVAILABLE', { message: 'The event log is unreachable.', cause });
}
