import { ContractError } from '@sockeye/contract/wire';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { EventLog } from '../../server/src/stores/log.ts';
import { memoryLog } from '../../server/src/stores/memory.ts';
import { mongoLog, type MongoTransaction } from '../../server/src/stores/mongo.ts';
import { describeWith, mongodb } from '../services.ts';
import { describeLog, entry } from './log.suite.ts';
import { startMongo, type MongoServer } from './mongo-server.ts';

describeWith(mongodb(), 'mongo', (found) => {
  describe.each([
    ['alone', false],
    ['of a replica set', true],
  ])('%s', (_name, replicaSet) => describeMongo(found, replicaSet));
});

function describeMongo(found: string, replicaSet: boolean): void {
  let server: MongoServer;
  beforeAll(async () => {
    server = await startMongo(found, { replicaSet });
  });
  afterAll(() => server.stop());

  let count = 0;
  const connect = async () => {
    const connection = await createConnection(server.freshUri(), { autoCreate: false }).asPromise();
    onTestFinished(() => connection.close());
    return connection;
  };

  describeLog('mongo', {
    knowsOffsets: false,
    clock: 'all',
    open: async (clock) => {
      const connection = await connect();
      const prefix = `t${(count += 1)}_`;
      const now = () => clock?.at ?? Date.now();
      const open = () => mongoLog({ connection, prefix, pollMs: 20, now });
      const notes = connection.collection<{ _id: string; value: string }>(`${prefix}notes`);
      return {
        log: open(),
        again: async () => {
          const other = open();
          onTestFinished(() => other.close());
          return other;
        },
        write: (native, value) =>
          (native as MongoTransaction).write(`${prefix}notes`, 'note', (outbox, { session }) =>
            notes.updateOne(
              { _id: 'note' },
              { $set: { value, ...outbox } },
              { upsert: true, ...(session && { session }) },
            ),
          ),
        written: async () => (await notes.findOne({ _id: 'note' }))?.value,
      };
    },
  });

  // Where documents have no outbox because there are transactions, a crash leaves nothing.
  if (!replicaSet) {
    test('what a crash left in a document is in the log after the next start, once', async () => {
      const connection = await connect();
      const tasks = connection.collection<{ _id: string }>('tasks');
      const crashed = mongoLog({ connection });
      const torn = crashed.transaction((tx) => {
        void tx.append(entry({ body: 'kept' }));
        (tx.native as MongoTransaction).write('tasks', 't1', async (outbox) => {
          await tasks.updateOne({ _id: 't1' }, { $set: { title: 'x', ...outbox } }, { upsert: true });
          throw new Error('the process is gone');
        });
      });
      await expect(torn).rejects.toThrow('gone');
      await crashed.close();
      expect((await crashed.heads(['workspace:w1']))[0]!.offset).toBe(0);
      for (let start = 0; start < 2; start += 1) {
        const log = mongoLog({ connection, outboxes: ['tasks'] });
        await log.close();
        expect((await log.read('workspace:w1', 0, 10)).entries).toMatchObject([{ offset: 1, body: 'kept' }]);
      }
      expect(await tasks.findOne({ _id: 't1' })).toEqual({ _id: 't1', title: 'x' });
    });
  }

  test('events wait in their documents while the log is elsewhere and away, and are not overtaken', async () => {
    const connection = await connect();
    const inner = memoryLog();
    let isAway = true;
    const reached = () => {
      if (isAway) throw new ContractError('UNAVAILABLE', { message: 'away' });
    };
    const far: EventLog = {
      ...inner,
      append: async (one) => (reached(), inner.append(one)),
      transaction: async (work) => (reached(), inner.transaction(work)),
    };
    const log = mongoLog({ connection, log: far, pollMs: 20 });
    onTestFinished(() => log.close());
    const cards = connection.collection<{ _id: string; title: string }>('cards');
    const add = (id: string) =>
      log.transaction((tx) => {
        void tx.append(entry({ body: id }));
        const native = tx.native as MongoTransaction;
        native.write('cards', id, (_, { insert, session }) =>
          cards.insertOne({ _id: id, title: id, ...insert }, session && { session }),
        );
        native.also('boards', [
          { updateOne: { filter: { _id: id as never }, update: { $set: { card: id } }, upsert: true } },
        ]);
      });
    for (const id of ['a', 'b', 'c']) await add(id);
    expect(await connection.collection('boards').countDocuments()).toBe(3);
    await expect(log.append(entry({ body: 'never' }))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await log.backlog!()).toMatchObject({ waiting: 3 });
    isAway = false;
    await log.append(entry({ body: 'd' }));
    expect((await log.read('workspace:w1', 0, 10)).entries.map(({ body }) => body)).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
    expect(await log.backlog!()).toEqual({ waiting: 0 });
    expect(await cards.findOne({ _id: 'a' })).toEqual({ _id: 'a', title: 'a' });
  });

  test('what a crash left uncopied in the room is copied by whoever comes next', async () => {
    const connection = await connect();
    const log = mongoLog({ connection });
    onTestFinished(() => log.close());
    const made = await log.append(entry({ key: 'k' }));
    await connection.collection('sockeye_entries').deleteMany({});
    await connection.collection('sockeye_keys').deleteMany({});
    const next = mongoLog({ connection });
    onTestFinished(() => next.close());
    expect((await next.read('workspace:w1', 0, 10)).entries).toMatchObject([{ id: made.id }]);
    expect(await next.append(entry({ key: 'k' }))).toEqual({ ...made, duplicate: true });
  });
}
