/**
 * A crowd that comes back to a node that has just been started, each with a cursor of its own, while entries go on being
 * written: what the log is asked for, how long it takes until everyone is live, and how long the node's event loop stands.
 *
 * @module storm
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Cursor } from '@sockeye/contract/wire';
import { redisLog } from '@sockeye/server/stores/redis';
import { Redis } from 'ioredis';
import { createRandom } from '../hostile/random.ts';
import { startRedis } from '../store/redis-server.ts';
import type { Crowd, CrowdReport } from './crowd.ts';
import type { Ledger } from './ledger.ts';
import type { Figures, NodeOrder, NodeSettings } from './world.ts';

/** Who comes, and to what. */
export interface StormOptions {
  readonly ledger: Ledger;
  /** Path of `redis-server`. */
  readonly redisProgram: string;
  readonly seed: number;
  readonly clients: number;
  readonly books: number;
  /** Entries that were written while they were away, in each book; everyone has missed some of them, at random. */
  readonly missed: number;
}

/** What came of it. */
export interface StormReport extends CrowdReport, Figures {}

/** Processes that the clients are spread over. */
const crowds = 2;

/** Raises one storm. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const { ledger, seed, clients, books, missed } = options;
  const random = createRandom(Math.imul(seed, 0x9e3779b1));
  await using redis = await startRedis(options.redisProgram);
  const connection = new Redis(redis.url);
  const log = redisLog({ redis: connection });
  const children: ChildProcess[] = [];
  const launch = async (program: string, args: readonly string[]) => {
    const child = fork(program, args, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    children.push(child);
    return [child, (await once(child, 'message'))[0] as { readonly port?: number }] as const;
  };
  try {
    const write = (book: number, value: string): Promise<Cursor> =>
      log.append({
        room: `ledger:book:b${book}`,
        event: 'entry:added',
        body: JSON.stringify({ bookId: `b${book}`, value }),
        keep: 10_000,
        maxAgeMs: 3_600_000,
      });
    const written: Cursor[][] = [];
    for (let book = 0; book < books; book++) {
      written.push([]);
      for (let n = 0; n <= missed; n++) written[book]!.push(await write(book, `m${n}`));
    }
    const settings: NodeSettings = { pingIntervalMs: 25_000, pingTimeoutMs: 20_000 };
    const [node, { port = 0 }] = await launch(ledger.program, [String(redis.port), JSON.stringify(settings)]);
    const people = Array.from({ length: clients }, (_, index) => {
      const book = index % books;
      const { epoch, offset, id } = written[book]![random.below(missed)]!;
      return { bookId: `b${book}`, since: { epoch, offset, id }, last: missed + 1 + late };
    });
    const reports: Promise<CrowdReport>[] = [];
    for (let index = 0; index < crowds; index++) {
      const [child] = await launch(ledger.crowd, []);
      const crowd: Crowd = { port, clients: people.filter((_, n) => n % crowds === index) };
      child.send(crowd);
      reports.push(once(child, 'message').then(([told]) => (told as { report: CrowdReport }).report));
    }
    for (let n = 0; n < late; n++) {
      for (let book = 0; book < books; book++) await write(book, `l${n}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const came = await Promise.all(reports);
    node.send({ kind: 'figures' } satisfies NodeOrder);
    const [{ figures }] = (await once(node, 'message')) as [{ readonly figures: Figures }];
    const sum = (figure: keyof CrowdReport): number => came.reduce((all, report) => all + report[figure], 0);
    return {
      ...figures,
      liveMs: Math.max(...came.map(({ liveMs }) => liveMs)),
      faults: sum('faults'),
      deliveries: sum('deliveries'),
      retries: sum('retries'),
    };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await log.close();
    connection.disconnect();
  }
}

/** Entries that are written in each book while the crowd comes. */
const late = 20;
