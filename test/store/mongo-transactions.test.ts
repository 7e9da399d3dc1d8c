import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { mongoLog, type MongoTransaction } from '../../server/src/stores/mongo.ts';
import { describeWith, mongodb } from '../services.ts';
import { entry, room } from './log.suite.ts';
import { startMongoProxy, type Fate, type MongoProxy } from './mongo-proxy.ts';
import { startMongo, type MongoServer } from './mongo-server.ts';

/** What MongoDB's manual says of errors in transactions, told by a proxy to the real driver. */
describeWith(mongodb(), 'transactions of MongoDB', (found) => {
  let server: MongoServer;
  let proxy: MongoProxy;
  beforeAll(async () => {
    server = await startMongo(found, { replicaSet: true });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    proxy = await startMongoProxy(server.freshUri());
    return () => proxy.stop();
  });

  const opened = async () => {
    const connection = await createConnection(proxy.uri, { autoCreate: false }).asPromise();
    const log = mongoLog({ connection, pollMs: 20 });
    onTestFinished(async () => {
      proxy.interfere = undefined;
      await log.close();
      await connection.close();
    });
    const notes = connection.collection<{ _id: string; count: number }>('notes');
    let runs = 0;
    await log.claim({ key: 'c', digest: 'd', token: 'mine', leaseMs: 60_000 });
    const write = () =>
      log.transaction((tx) => {
        runs += 1;
        void tx.append(entry({ body: 'told' }));
        void tx.settle({ key: 'c', token: 'mine', result: '7' });
        (tx.native as MongoTransaction).write('notes', 'n', (set, { session }) =>
          notes.updateOne(
            { _id: 'n' },
            { $set: set as object, $inc: { count: 1 } },
            { upsert: true, ...(session && { session }) },
          ),
        );
        return runs;
      });
    const kept = async () => {
      const { entries } = await log.read(room, 0, 10);
      const claim = await log.claim({ key: 'c', digest: 'd', token: 'other', leaseMs: 1 });
      const note = await notes.findOne({ _id: 'n' });
      return [note?.count ?? 0, entries.map(({ body }) => body), claim.kind];
    };
    return { log, write, kept, runs: () => runs };
  };
  const everything = [1, ['told'], 'done'];
  const nothing = [0, [], 'busy'];

  /** Lets the first commands of a name meet these fates, one after the other. */
  const meet = (name: string, ...fates: readonly Fate[]): void => {
    const left = [...fates];
    proxy.interfere = (command) =>
      name in command && command['txnNumber'] !== undefined ? left.shift() : undefined;
  };

  test('commit entity, answer and event together', async () => {
    const { write, kept } = await opened();
    const seen: string[] = [];
    proxy.interfere = (command) => {
      if (command['autocommit'] === false) seen.push(Object.keys(command)[0]!);
      return undefined;
    };
    await write();
    expect(await kept()).toEqual(everything);
    expect(seen).toEqual(['update', 'update', 'insert', 'commitTransaction']);
  });

  test.each([
    ['update', 112, 'a write conflict'],
    ['insert', 251, 'a transaction that the server has given up'],
    ['commitTransaction', 251, 'a commit after a new primary was elected'],
  ])('run the work again where %s ends with TransientTransactionError (%i: %s)', async (name, code) => {
    const { write, kept, runs } = await opened();
    const ended = { reaches: true, as: 'abortTransaction' } as const;
    const refused = refusal(code, 'TransientTransactionError');
    meet(name, name === 'commitTransaction' ? { ...refused, ...ended } : refused);
    expect(await write()).toBe(2);
    expect([runs(), await kept()]).toEqual([2, everything]);
  });

  test('repeat the commit, not the work, where its outcome is unknown', async () => {
    const { write, kept, runs } = await opened();
    const unknown = { ...refusal(91, 'UnknownTransactionCommitResult'), reaches: true };
    meet('commitTransaction', unknown, { reaches: false, answer: { ok: 1 } });
    await write();
    expect([runs(), await kept()]).toEqual([1, everything]);
  });

  test.each([
    ['update', 13],
    ['commitTransaction', 13],
  ])('leave nothing behind where %s is refused for good', async (name, code) => {
    const { write, kept } = await opened();
    meet(name, refusal(code));
    await expect(write()).rejects.toMatchObject({ code });
    proxy.interfere = undefined;
    expect(await kept()).toEqual(nothing);
  });

  test('keep the event where the log cannot be written right after the commit', async () => {
    const { log, write, kept } = await opened();
    proxy.interfere = (command) =>
      command['findAndModify'] === 'sockeye_rooms' ? refusal(11_600) : undefined;
    await write();
    expect(await log.backlog!()).toMatchObject({ waiting: 1 });
    proxy.interfere = undefined;
    while ((await log.backlog!()).waiting > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await kept()).toEqual(everything);
  });
});

function refusal(code: number, ...errorLabels: readonly string[]): Fate {
  return { reaches: false, answer: { ok: 0, code, errmsg: 'told by the proxy', errorLabels } };
}
