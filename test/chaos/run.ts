/**
 * One chaos run: writers send commands, subscribers take down what they are handed, faults strike, and in the end the
 * judge compares. The same seed gives the same faults at the same moments, though not the same interleavings.
 *
 * @module run
 */
import type { Lease } from '@sockeye/client';
import { redisLog } from '@sockeye/server/stores/redis';
import { Redis } from 'ioredis';
import { createRandom, type Random } from '../hostile/random.ts';
import {
  check,
  expectedDeliveries,
  type Delivered,
  type Evidence,
  type Guest,
  type Stored,
  type View,
  type Violation,
} from './checker.ts';
import { pickFault, type Fault } from './faults.ts';
import type { Ledger, LedgerClient } from './ledger.ts';
import { createWorld, type World } from './world.ts';

/** What is run, and for how long. */
export interface RunOptions {
  readonly ledger: Ledger;
  /** Path of `redis-server`. */
  readonly redisProgram: string;
  readonly seed: number;
  readonly seconds: number;
  readonly nodes: number;
  readonly subscribers: number;
  /** Commands a second, all writers together. */
  readonly rate: number;
  /** Between the beginnings of two faults, at random between these. */
  readonly faultEveryMs: readonly [least: number, most: number];
  /** What happens, instead of faults that are taken at random. Default: {@link pickFault}. */
  readonly pick?: ((random: Random) => Fault) | undefined;
  /** Told what happens. */
  readonly tell: (line: string) => void;
}

/** What came of a run. */
export interface RunReport {
  readonly violations: readonly Violation[];
  /** By kind. */
  readonly faults: Readonly<Record<string, number>>;
  readonly sent: number;
  readonly acknowledged: number;
  /** Commands that ended with an error, by code. */
  readonly failed: Readonly<Record<string, number>>;
  readonly expected: number;
  readonly delivered: number;
  /** Evictions that were written down. */
  readonly evicted: number;
  /** From the end of the last fault to the moment when every subscriber had everything, in milliseconds. */
  readonly convergedMs: number;
}

const books = ['a', 'b', 'c', 'd'];
const writers = 6;
/** Who is put out of his book in the course of a run. */
const guests = 8;
/** How long to wait for answers and deliveries after the last fault, in milliseconds. */
const patienceMs = 30_000;

interface Subscriber {
  readonly view: View & { readonly delivered: Delivered[] };
  readonly client: LedgerClient;
}

/** Runs once. */
export async function run(options: RunOptions): Promise<RunReport> {
  const { ledger, seed, tell } = options;
  const random = createRandom(Math.imul(seed, 0x9e3779b1));
  const visitors: (Guest & { until: number })[] = [];
  await using world = await createWorld({
    redisProgram: options.redisProgram,
    program: ledger.program,
    nodes: options.nodes,
    doors: 3,
    settings: { lingerMs: 10 },
    hear: (word) => {
      if (word.kind !== 'evicted') return;
      const guest = visitors.find(({ subscriber }) => subscriber === word.user);
      if (guest !== undefined) guest.until = Math.min(guest.until, word.head);
    },
  });
  const connect = (user: string, index: number): LedgerClient =>
    ledger.createClient({
      url: `http://127.0.0.1:${world.doors[index % world.doors.length]!.port}`,
      auth: () => ({ user }),
      backoff: { minMs: 50, maxMs: 500 },
      connectTimeoutMs: 2_000,
      queueLimit: 100_000,
    });
  const clients: LedgerClient[] = [];
  const subscribers = await Promise.all(
    Array.from({ length: options.subscribers }, async (_, index): Promise<Subscriber> => {
      const client = connect(`s${index}`, index);
      clients.push(client);
      return { client, view: await subscribe(client, `s${index}`, books[index % books.length]!) };
    }),
  );
  const writing = startWriters(options.rate, (index) => {
    const client = connect(`w${index}`, index);
    clients.push(client);
    return client;
  });
  for (let index = 0; index < guests; index++) {
    const client = connect(`v${index}`, index);
    clients.push(client);
    const view = await subscribe(client, `v${index}`, books[index % books.length]!);
    visitors.push({ ...view, until: Infinity });
  }
  const stopEvicting = evictOneByOne(world, visitors, options.seconds);
  const struck = await strike(world, options, random);
  stopEvicting();
  const quietAt = performance.now();
  await writing.stop();
  tell(`quiet; ${writing.acknowledged.length} of ${writing.sent.length} commands acknowledged`);

  const logs = await readLogs(world);
  const complete = (): boolean =>
    subscribers.every(
      ({ view }) => new Set(view.delivered.map(({ offset }) => offset)).size >= logs[view.room]!.length,
    );
  while (!complete() && performance.now() - quietAt < patienceMs) await pause(50);
  const convergedMs = Math.round(performance.now() - quietAt);
  // A late duplicate would come in this time.
  await pause(500);
  const evidence: Evidence = {
    logs,
    views: subscribers.map(({ view }) => view),
    guests: visitors,
    acknowledged: writing.acknowledged,
    sent: writing.sent,
  };
  for (const client of clients) client.close();
  return {
    violations: check(evidence),
    faults: struck,
    sent: writing.sent.length,
    acknowledged: writing.acknowledged.length,
    failed: writing.failed,
    expected: expectedDeliveries(evidence),
    delivered: evidence.views.reduce((sum, { delivered }) => sum + delivered.length, 0),
    evicted: visitors.filter(({ until }) => until < Infinity).length,
    convergedMs,
  };
}

async function subscribe(
  client: LedgerClient,
  subscriber: string,
  bookId: string,
): Promise<Subscriber['view']> {
  client.connect();
  const book = client.book({ bookId });
  const view = { subscriber, room: book.name, from: 0, delivered: [] as Delivered[] };
  book.on('entry:added', ({ value }, { offset = -1, id = '' }) => view.delivered.push({ offset, id, value }));
  const joined = await book.join().ready;
  if (!joined.ok) throw new Error(`${subscriber} could not join: ${joined.error.code}`);
  return view;
}

/** Lets one node after the other put a guest out, spread over a run. */
function evictOneByOne(world: World, all: readonly Guest[], seconds: number): () => void {
  const left = [...all.entries()];
  const timer = setInterval(
    () => {
      const next = left.shift();
      if (next === undefined) return;
      const [index, { subscriber, room }] = next;
      const bookId = room.slice('book:'.length);
      world.nodes[index % world.nodes.length]!.order({ kind: 'evict', bookId, user: subscriber });
    },
    (seconds * 1_000) / (all.length + 1),
  );
  return () => clearInterval(timer);
}

interface Writing {
  readonly sent: readonly string[];
  readonly acknowledged: readonly string[];
  readonly failed: Readonly<Record<string, number>>;
  /** Sends no more and waits for what is under way. */
  readonly stop: () => Promise<void>;
}

function startWriters(rate: number, connect: (index: number) => LedgerClient): Writing {
  const sent: string[] = [];
  const acknowledged: string[] = [];
  const failed: Record<string, number> = {};
  const pending = new Set<Promise<void>>();
  const leases: Lease[] = [];
  const team = Array.from({ length: writers }, (_, index) => {
    const client = connect(index);
    leases.push(client.connect());
    return client;
  });
  const write = (index: number): void => {
    const value = `w${index}-${sent.length}`;
    sent.push(value);
    const bookId = books[sent.length % books.length]!;
    const done = team[index]!.entryAdd({ bookId, value }, { timeoutMs: patienceMs }).then((result) => {
      if (result.ok) acknowledged.push(value);
      else failed[result.error.code] = (failed[result.error.code] ?? 0) + 1;
      pending.delete(done);
    });
    pending.add(done);
  };
  const startedAt = performance.now();
  const ticking = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * rate);
    while (sent.length < due) write(sent.length % writers);
  }, 10);
  return {
    sent,
    acknowledged,
    failed,
    stop: async () => {
      clearInterval(ticking);
      await Promise.all(pending);
    },
  };
}

async function strike(
  world: World,
  { seconds, faultEveryMs: [least, most], pick = (some) => pickFault(some), tell }: RunOptions,
  random: Random,
): Promise<Readonly<Record<string, number>>> {
  const struck: Record<string, number> = {};
  const running = new Set<Promise<void>>();
  const endAt = performance.now() + seconds * 1_000;
  await pause(1_000);
  while (performance.now() < endAt) {
    const fault = pick(random);
    struck[fault.kind] = (struck[fault.kind] ?? 0) + 1;
    tell(fault.kind);
    const over = fault.strike(world, random).finally(() => running.delete(over));
    running.add(over);
    await pause(least + random.below(most - least + 1));
  }
  await Promise.all(running);
  return struck;
}

async function readLogs(world: World): Promise<Readonly<Record<string, readonly Stored[]>>> {
  const redis = new Redis({ port: world.redis.port, host: '127.0.0.1' });
  const log = redisLog({ redis, patienceMs });
  const logs: Record<string, readonly Stored[]> = {};
  for (const book of books) {
    const entries: Stored[] = [];
    for (;;) {
      const page = await log.read(`ledger:book:${book}`, entries.length, 1_000);
      if (page.entries.length === 0) break;
      for (const { offset, id, body } of page.entries)
        entries.push({ offset, id, value: (JSON.parse(body) as { value: string }).value });
    }
    logs[`book:${book}`] = entries;
  }
  await log.close();
  redis.disconnect();
  return logs;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
