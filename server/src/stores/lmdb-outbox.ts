import { ContractError } from '@sockeye/contract/wire';
import type { RootDatabase } from 'lmdb';
import { lmdbCommands } from './lmdb-commands.ts';
import { committed, isWritable, runInside } from './lmdb-environment.ts';
import type { LmdbTransaction } from './lmdb.ts';
import { claimLost, newId, type Appended, type EventLog, type NewEntry } from './log.ts';
import { singleFlight, within } from './relaying.ts';

/** Options of {@link lmdbOutbox}. */
export interface LmdbOutboxOptions {
  /** The application's environment. The application closes it. */
  readonly root: RootDatabase;
  /** The log that events are appended to. Closed with the outbox. */
  readonly log: EventLog;
  /** How many events may wait; beyond that, transactions that publish end with UNAVAILABLE. Default: 10,000. */
  readonly maxWaiting?: number;
  /** How long a transaction waits until its events are in the log, in milliseconds. Default: 2,000. */
  readonly patienceMs?: number;
  /** How often the outbox is checked for waiting events, in milliseconds. Default: 500. */
  readonly retryMs?: number;
  /** Milliseconds since the Unix epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

interface Waiting {
  readonly entry: NewEntry & Required<Pick<NewEntry, 'id'>>;
  readonly at: number;
}

/** An event and its place in the outbox. */
interface Placed {
  readonly key: number;
  readonly value: Waiting;
}

/** What is appended at once, in entries and in characters. */
const maxBatch = { entries: 100, length: 1_000_000 } as const;

/** How often answers that are over are taken away, in milliseconds. */
const sweepEveryMs = 60_000;

/**
 * Adds an outbox in LMDB to a remote log, such as Redis. A transaction commits the application's writes, the answer
 * to a command and the events together in LMDB; right after it, the events are appended to the log, in order and
 * once, and removed from the outbox.
 *
 * While the log is unreachable, transactions commit and their events wait; `append`, which returns an offset, ends with
 * UNAVAILABLE without any effect. After a crash, waiting events are appended at the next start or by another process on
 * the machine. An event whose append was interrupted is not appended twice if this happens within 24 hours.
 */
export function lmdbOutbox(options: LmdbOutboxOptions): EventLog {
  const { root, log, maxWaiting = 10_000, patienceMs = 2_000, retryMs = 500, now = Date.now } = options;
  const outbox = root.openDB<Waiting, number>({ name: 'log.outbox' });
  const commands = lmdbCommands(root, now);
  let isBehind = false;
  let closing: Promise<void> | undefined;

  const lastPlace = (): number => [...outbox.getKeys({ reverse: true, limit: 1 })][0] ?? 0;
  const count = (): number => (outbox.getStats() as { readonly entryCount: number }).entryCount;

  const put = (entry: NewEntry): Appended => {
    if (count() >= maxWaiting)
      throw new ContractError('UNAVAILABLE', { message: 'Too many events are waiting for the event log.' });
    const { id = newId() } = entry;
    const key = entry.key ?? `outbox:${id}`;
    outbox.putSync(lastPlace() + 1, { entry: { ...entry, id, key }, at: now() });
    return { epoch: '', offset: 0, id, room: entry.room, duplicate: false };
  };

  const take = (from: number, to: number): readonly Placed[] => {
    const batch: Placed[] = [];
    let length = 0;
    for (const one of outbox.getRange({ start: from, end: to + 1, limit: maxBatch.entries })) {
      length += one.value.entry.body.length;
      if (batch.length > 0 && length > maxBatch.length) break;
      batch.push(one);
    }
    return batch;
  };

  /** Appends everything that waits by now. */
  const relay = singleFlight(async (): Promise<void> => {
    /** Rooms whose entries the log refuses: the others' go on, theirs keep their order. */
    const stuck = new Set<string>();
    const newest = lastPlace();
    try {
      for (let from = 0; from <= newest;) {
        const batch = take(from, newest);
        if (batch.length === 0) break;
        from = batch.at(-1)!.key + 1;
        const wanted = batch.filter(({ value }) => !stuck.has(value.entry.room));
        await appendAll(wanted).catch(async (error: unknown) => {
          // Told by the log itself, so that it can be reached: somebody's entries are refused.
          if (error instanceof ContractError) throw error;
          for (const room of new Set(wanted.map(({ value }) => value.entry.room))) {
            const own = wanted.filter(({ value }) => value.entry.room === room);
            await appendAll(own).catch(() => stuck.add(room));
          }
        });
      }
      isBehind = stuck.size > 0;
    } catch (error) {
      isBehind = true;
      throw error;
    }
  });

  const appendAll = async (batch: readonly Placed[]): Promise<void> => {
    if (batch.length === 0) return;
    await log.transaction((tx) => {
      for (const { value } of batch) void tx.append(value.entry);
    });
    const taking = root.transaction(() => {
      // Another process may have taken it out, and the place may be somebody else's by now.
      for (const { key, value } of batch)
        if (outbox.get(key)?.entry.id === value.entry.id) outbox.removeSync(key);
    });
    await committed(taking);
  };

  const quietly = () => relay().catch(() => undefined);
  const retrying = setInterval(() => {
    if (count() > 0) void quietly();
  }, retryMs).unref();
  const sweeping = setInterval(() => {
    void root.transaction(() => commands.sweep()).catch(() => undefined);
  }, sweepEveryMs).unref();
  void quietly();

  return {
    ...log,
    kind: `lmdb+${log.kind}`,
    append: async (entry) => {
      // It must not overtake what waits.
      if (count() > 0) await relay();
      return log.append(entry);
    },
    transaction: async (work) => {
      let isPublishing = false;
      const value = await runInside(root, (assertOpen) =>
        work({
          native: root satisfies LmdbTransaction,
          append: (entry) => {
            assertOpen();
            isPublishing = true;
            return put(entry);
          },
          settle: (settlement) => {
            assertOpen();
            if (!commands.settleInside(settlement)) throw claimLost();
          },
        }),
      );
      // Committed: that the log cannot be reached now must not make it look otherwise.
      if (isPublishing) await (isBehind ? void quietly() : within(patienceMs, quietly()));
      return value;
    },
    claim: commands.claim,
    settle: commands.settle,
    release: commands.release,
    healthy: async () =>
      closing === undefined && (await Promise.all([isWritable(root), log.healthy()])).every(Boolean),
    backlog: async () => {
      try {
        const [oldest] = outbox.getRange({ limit: 1 });
        return { waiting: count(), ...(oldest && { since: oldest.value.at }) };
      } catch {
        return { waiting: 0 };
      }
    },
    close: () =>
      (closing ??= (async () => {
        clearInterval(retrying);
        clearInterval(sweeping);
        await within(patienceMs, quietly());
        await log.close();
        await relay.settled();
        await root.flushed;
      })()),
  };
}
