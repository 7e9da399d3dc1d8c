import type { ContractTable } from '@sockeye/contract/wire';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answers } from '../answers.ts';
import { defineClient } from '../define-client.ts';
import type { ClientOptions } from '../options.ts';
import type { CollectionStore } from '../projections/collection-store.ts';
import { collection } from '../projections/collection.ts';
import { projections } from '../projections/projection.ts';
import { rooms } from '../rooms.ts';
import type { BoardClient, BoardRoom } from '../testing/board-client.ts';
import { object } from '../testing/board-table.ts';
import { turn } from '../testing/fake-clock.ts';
import { harness } from '../testing/harness.ts';
import { at, logTable } from '../testing/log-client.ts';
import { durable } from './logs.ts';

interface Row {
  readonly id: string;
  readonly value: number;
}

const table: ContractTable = {
  ...logTable,
  serverToClient: {
    put: { name: 'put', payload: object({ id: 'string', value: 'number' }), room: 'board', durable: true },
    drop: { name: 'drop', payload: object({ id: 'string' }), room: 'board', durable: true },
  },
  projections: {
    rows: collection({ room: 'board', key: 'id', upsert: { put: true }, remove: { drop: 'id' } }),
  },
};
interface RaceRoom extends BoardRoom {
  readonly rows: CollectionStore<Row, string>;
}
interface RaceClient extends BoardClient {
  readonly board: (params: { boardId: string }) => RaceRoom;
}
const create = defineClient<ClientOptions, RaceClient>(table, { answers, durable, projections, rooms });

/** What happens: to the database and its log, to the snapshot that is asked for, to the link. */
const happening = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('put a', 'put b', 'put c') },
  { weight: 3, arbitrary: fc.constantFrom('drop a', 'drop b', 'drop c') },
  { weight: 6, arbitrary: fc.constant('deliver') },
  { weight: 4, arbitrary: fc.constant('read') },
  { weight: 4, arbitrary: fc.constant('answer') },
  { weight: 1, arbitrary: fc.constant('reload') },
  { weight: 1, arbitrary: fc.constant('cut') },
  { weight: 1, arbitrary: fc.constant('trim') },
);

/** A snapshot on its way: asked for, then read from the database, then answered. */
interface Load {
  rows?: readonly Row[];
  readonly resolve: (rows: readonly Row[]) => void;
}

async function run(happenings: readonly string[]) {
  const database = new Map<string, Row>();
  const log: (readonly [event: string, payload: object])[] = [];
  const removed: Record<string, number> = { a: 0, b: 0, c: 0 };
  let trimmed = 0;
  let sent = 0;
  let loads: Load[] = [];
  const load = () => new Promise<readonly Row[]>((resolve) => loads.push({ resolve }));
  const made = harness({ projections: { rows: { load } } }, { create });
  const { server, clock } = made;
  const room = (made.client as RaceClient).board({ boardId: 'b1' });

  const write = (event: string, name: string): void => {
    // A row that was removed never comes back: the next one has another id.
    const id = `${name}${removed[name]!}`;
    if (event === 'drop') removed[name]! += 1;
    const row = { id, value: log.length };
    if (event === 'put') database.set(id, row);
    else database.delete(id);
    log.push([event, event === 'put' ? row : { id }]);
  };
  const serve = (): void => {
    while (server.sent.length > 0) {
      const { args, ack } = server.take();
      const { since } = (args[1] ?? args[0]) as { since: { offset: number } | null };
      const recovered = since !== null && since.offset >= trimmed;
      sent = recovered ? since.offset : log.length;
      server.push('sockeye:log', { room: 'board:b1', ...at(sent), head: log.length, recovered });
      ack({ ok: true, data: { title: 'B' } });
    }
  };
  const deeds: Readonly<Record<string, (id: string) => unknown>> = {
    put: (id) => write('put', id),
    drop: (id) => write('drop', id),
    deliver: () => {
      const entry = log[sent];
      if (entry !== undefined) server.push(...entry, { room: 'board:b1', ...at((sent += 1)) });
    },
    read: () => {
      const next = loads.find(({ rows }) => rows === undefined);
      if (next) next.rows = [...database.values()];
    },
    answer: () => {
      const next = loads.find(({ rows }) => rows !== undefined);
      if (next) next.resolve(next.rows!);
      loads = loads.filter((each) => each !== next);
    },
    reload: () => void room.rows.reload(),
    trim: () => (trimmed = log.length),
    cut: async () => {
      server.cut();
      await clock.advance(20_000);
      server.accept();
    },
  };

  room.rows.subscribe(() => undefined);
  room.join();
  await made.connect();
  serve();
  for (const each of happenings) {
    const [deed, id] = each.split(' ');
    await deeds[deed!]!(id!);
    serve();
    await turn();
  }
  // Everything that is under way comes to its end, in an order that was not tried before.
  while (sent < log.length || loads.length > 0) {
    for (const deed of ['read', 'deliver', 'answer']) deeds[deed]!('');
    await turn();
  }
  await clock.advance(100);
  const { rows, status } = room.rows.getSnapshot();
  made.client.close();
  const byId = (list: readonly Row[]) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { shown: byId(rows), stored: byId([...database.values()]), status };
}

it('however writes, snapshots and the log interleave, what is shown in the end is what is stored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 50 }), async (happenings) => {
      const { shown, stored, status } = await run(happenings);
      expect(shown).toEqual(stored);
      expect(status).toBe('ready');
    }),
    { numRuns: 2_000 },
  );
}, 30_000);
