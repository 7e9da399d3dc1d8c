import { describe, expect, test } from 'vitest';
import { newId, type Bid, type EventLog } from '../../server/src/stores/log.ts';
import { entry, room, upTo, type Clock, type LogFixture, type OpenedLog } from './log.suite.ts';

/** What a store promises of transactions and of commands that take effect once. */
export function describeAtomicWrites(
  fixture: LogFixture,
  opened: (clock?: Clock) => Promise<OpenedLog>,
): void {
  describe('a transaction', () => {
    test('commits appends and writes of the application together', async () => {
      const { log, write, written } = await opened();
      const value = await log.transaction((tx) => {
        const appending = [tx.append(entry({ body: 'a' })), tx.append(entry({ body: 'b' }))];
        return both(write(tx.native, 'kept'), ...appending, 'done');
      });
      expect(value).toBe('done');
      expect(await written()).toBe('kept');
      expect((await log.read(room, 0, 10)).entries.map(({ body }) => body)).toEqual(['a', 'b']);
    });

    test('tells where an append went, or that this is not known yet', async () => {
      const { log } = await opened();
      await log.append(entry());
      const made = await log.transaction((tx) => tx.append(entry()));
      const { epoch, entries } = await log.read(room, 0, 10);
      const known = { epoch, offset: 2, id: entries[1]!.id, room, duplicate: false };
      expect(made).toEqual(fixture.knowsOffsets ? known : { ...known, epoch: '', offset: 0 });
    });

    test('that throws leaves nothing behind', async () => {
      const end = () => {
        throw new Error('no');
      };
      const { log, write, written } = await opened();
      await log.append(entry({ body: 'before' }));
      const failed = log.transaction((tx) => {
        const doing = both(write(tx.native, 'torn'), tx.append(entry({ body: 'torn', key: 'k' })));
        return isThenable(doing) ? doing.then(end) : end();
      });
      await expect(failed).rejects.toThrow('no');
      expect(await written()).toBeUndefined();
      expect((await log.read(room, 0, 10)).entries.map(({ body }) => body)).toEqual(['before']);
      expect((await log.append(entry({ key: 'k' }))).duplicate).toBe(false);
    });

    test('appends nothing under a key that was used', async () => {
      const { log } = await opened();
      await log.append(entry({ key: 'k' }));
      await log.transaction((tx) => both(tx.append(entry({ key: 'k' })), tx.append(entry({ key: 'l' }))));
      expect((await log.heads([room]))[0]!.offset).toBe(2);
    });

    test('is one of many at the same time', async () => {
      const { log, again } = await opened();
      const second = (await again?.()) ?? log;
      await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          (n % 2 ? log : second).transaction((tx) =>
            both(tx.append(entry({ body: `${n}a` })), tx.append(entry({ body: `${n}b` }))),
          ),
        ),
      );
      const { entries } = await log.read(room, 0, 100);
      expect(entries.map(({ offset }) => offset)).toEqual(upTo(40));
      for (let at = 0; at < 40; at += 2)
        expect(entries[at + 1]!.body).toBe(entries[at]!.body.replace('a', 'b'));
    });
  });

  describe('a command', () => {
    test('belongs to one at a time, and its answer is kept', async () => {
      const { log, again } = await opened();
      const second = (await again?.()) ?? log;
      const mine = await claimed(log, 'c');
      expect(await second.claim(bid('c'))).toEqual({ kind: 'busy', digest: 'digest' });
      expect(await log.settle({ key: 'c', token: mine, result: '{"n":1}' })).toBe(true);
      const done = { kind: 'done', digest: 'digest', result: '{"n":1}' };
      expect(await second.claim(bid('c'))).toEqual(done);
      expect(await log.claim({ ...bid('c'), digest: 'other' })).toEqual(done);
      expect((await log.claim(bid('c2'))).kind).toBe('mine');
    });

    test('is won by one of many at the same instant', async () => {
      const { log, again } = await opened();
      const second = (await again?.()) ?? log;
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (n % 2 ? log : second).claim(bid('c'))),
      );
      expect(claims.filter(({ kind }) => kind === 'mine')).toHaveLength(1);
    });

    test('can be given back, but only by its owner', async () => {
      const { log } = await opened();
      const mine = await claimed(log, 'c');
      await log.release('c', 'forged');
      expect((await log.claim(bid('c'))).kind).toBe('busy');
      await log.release('c', mine);
      expect((await log.claim(bid('c'))).kind).toBe('mine');
    });

    test('is lost by an owner whose lease has ended', async () => {
      const clock = { at: 1_000_000 };
      const { log } = await opened(clock);
      const lost = await claimed(log, 'c', 20);
      const next = bid('c');
      let taken = await log.claim(next);
      clock.at += 21;
      while (taken.kind !== 'mine') taken = await log.claim(next);
      expect(await log.settle({ key: 'c', token: lost, result: 'late' })).toBe(false);
      await expect(
        log.transaction((tx) =>
          both(tx.append(entry()), tx.settle({ key: 'c', token: lost, result: 'late' })),
        ),
      ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect((await log.heads([room]))[0]!.offset).toBe(0);
      expect(await log.settle({ key: 'c', token: next.token, result: 'mine' })).toBe(true);
    });

    test('is held on to by bidding again, until it is answered', async () => {
      const clock = { at: 1_000_000 };
      const { log } = await opened(clock);
      const mine = { ...bid('c'), leaseMs: 1_000 };
      expect(await log.claim(mine)).toEqual({ kind: 'mine' });
      clock.at += 700;
      expect(await log.claim(mine)).toEqual({ kind: 'mine' });
      clock.at += 700;
      expect((await log.claim(bid('c'))).kind).toBe('busy');
      expect(await log.settle({ key: 'c', token: mine.token, result: '1' })).toBe(true);
      expect(await log.claim(mine)).toEqual({ kind: 'done', digest: 'digest', result: '1' });
    });

    test('is answered in the transaction of its effect, or not at all', async () => {
      const { log } = await opened();
      const token = await claimed(log, 'c');
      const settlement = { key: 'c', token, result: '7' };
      await expect(
        log.transaction((tx) => {
          const doing = both(tx.append(entry()), tx.settle(settlement));
          const end = () => {
            throw new Error('no');
          };
          return isThenable(doing) ? doing.then(end) : end();
        }),
      ).rejects.toThrow('no');
      expect((await log.claim(bid('c'))).kind).toBe('busy');
      await log.transaction((tx) => both(tx.append(entry()), tx.settle(settlement)));
      expect(await log.claim(bid('c'))).toMatchObject({ kind: 'done', result: '7' });
      expect((await log.heads([room]))[0]!.offset).toBe(1);
    });
  });
}

async function claimed(log: EventLog, key: string, leaseMs = 10_000): Promise<string> {
  const wish = { ...bid(key), leaseMs };
  const { kind } = await log.claim(wish);
  if (kind !== 'mine') throw new Error(`"${key}" is ${kind}`);
  return wish.token;
}

/** A bid of somebody new. */
function bid(key: string): Bid {
  return { key, digest: 'digest', token: newId(), leaseMs: 10_000 };
}

/** The last of some values: at once where all are there, since a store's transaction may have to be synchronous. */
function both<Last>(...values: readonly [...unknown[], Last]): Last | Promise<Last> {
  return values.some(isThenable)
    ? Promise.all(values).then((all) => all[all.length - 1] as Last)
    : (values[values.length - 1] as Last);
}

function isThenable(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | undefined)?.then === 'function';
}
