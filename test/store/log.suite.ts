import { describe, expect, onTestFinished, test } from 'vitest';
import { newId, type Commit, type EventLog, type NewEntry } from '../../server/src/stores/log.ts';
import { describeAtomicWrites } from './log-atomic.suite.ts';

/** What the suite needs of a store of durable events. */
export interface LogFixture {
  /** An empty log on a clock that the test sets. */
  readonly open: (clock?: Clock) => Promise<OpenedLog>;
  /** Whether a transaction tells where an append went before it commits. */
  readonly knowsOffsets: boolean;
  /** What reads the given clock: the database's own is used otherwise. */
  readonly clock: 'all' | 'entries';
}

/** Milliseconds since the Unix epoch. */
export interface Clock {
  at: number;
}

/** A log under test. */
export interface OpenedLog {
  readonly log: EventLog;
  /** The same data as another process sees it; absent where nobody else can. */
  readonly again?: () => Promise<EventLog>;
  /** Writes beside the log in a transaction, as an application does. */
  readonly write: (native: unknown, value: string) => unknown;
  /** What was written so. */
  readonly written: () => Promise<string | undefined>;
}

/** Everything that a store of durable events promises, whatever it is made of. */
export function describeLog(name: string, fixture: LogFixture): void {
  const opened = async (clock?: Clock) => {
    const made = await fixture.open(clock);
    onTestFinished(() => made.log.close());
    return made;
  };

  describe(`log: ${name}`, () => {
    describeAtomicWrites(fixture, opened);

    test('counts the entries of each room from 1, in one epoch', async () => {
      const { log } = await opened();
      const first = await log.append(entry({ body: 'a' }));
      const second = await log.append(entry({ body: 'b' }));
      const other = await log.append(entry({ room: 'workspace:other' }));
      expect([first.offset, second.offset, other.offset]).toEqual([1, 2, 1]);
      expect(second.epoch).toBe(first.epoch);
      expect(new Set([first.id, second.id, other.id]).size).toBe(3);
      const page = await log.read(room, 0, 10);
      expect(page).toMatchObject({ epoch: first.epoch, head: { offset: 2, id: second.id }, anchor: '' });
      expect(page.entries).toEqual([
        { offset: 1, id: first.id, event: 'task:created', body: 'a', at: expect.any(Number) },
        { offset: 2, id: second.id, event: 'task:created', body: 'b', at: expect.any(Number) },
      ]);
    });

    test('gives an entry the id that it brings', async () => {
      const { log } = await opened();
      const id = newId();
      expect((await log.append(entry({ id }))).id).toBe(id);
      expect((await log.read(room, 0, 10)).entries[0]!.id).toBe(id);
    });

    test('begins the log of a room when it is first looked at, and keeps its epoch', async () => {
      const { log } = await opened();
      const [head] = await log.heads([room]);
      expect(head).toEqual({ epoch: expect.stringMatching(/^.{8,}$/), offset: 0, id: '' });
      expect(await log.read(room, 0, 10)).toEqual({
        epoch: head!.epoch,
        head: { offset: 0, id: '' },
        anchor: '',
        entries: [],
      });
      expect((await log.append(entry())).epoch).toBe(head!.epoch);
    });

    test('looks at many rooms in the order asked for', async () => {
      const { log } = await opened();
      await log.append(entry());
      const seat = await log.append(entry({ room: 'seat:1' }));
      expect(await log.heads(['empty', 'seat:1'])).toMatchObject([
        { offset: 0, id: '' },
        { epoch: seat.epoch, offset: 1, id: seat.id },
      ]);
      expect(await log.heads([])).toEqual([]);
    });

    test('reads page by page from any place, and tells the id at that place', async () => {
      const { log } = await opened();
      const made = [];
      for (let n = 1; n <= 5; n += 1) made.push(await log.append(entry({ body: String(n) })));
      const page = await log.read(room, 2, 2);
      expect(page.anchor).toBe(made[1]!.id);
      expect(page.entries.map(({ offset }) => offset)).toEqual([3, 4]);
      expect(page.head.offset).toBe(5);
      expect(await log.read(room, 5, 2)).toMatchObject({ anchor: made[4]!.id, entries: [] });
    });

    test.each([6, 1_000, Number.MAX_SAFE_INTEGER])('knows no place %d after its head', async (after) => {
      const { log } = await opened();
      for (let n = 1; n <= 5; n += 1) await log.append(entry());
      const page = await log.read(room, after, 10);
      expect([page.anchor, page.entries]).toEqual([undefined, []]);
    });

    test('gives simultaneous appends different offsets without a gap', async () => {
      const { log, again } = await opened();
      const second = (await again?.()) ?? log;
      const made = await Promise.all(
        Array.from({ length: 60 }, (_, n) => (n % 2 ? log : second).append(entry({ body: String(n) }))),
      );
      expect(made.map(({ offset }) => offset).sort((a, b) => a - b)).toEqual(upTo(60));
      const { entries } = await log.read(room, 0, 100);
      expect(entries.map(({ offset }) => offset)).toEqual(upTo(60));
      for (const [n, { offset, id }] of made.entries())
        expect(entries[offset - 1]).toMatchObject({ id, body: String(n) });
    });

    test('shows other processes what is there', async () => {
      const { log, again } = await opened();
      const made = await log.append(entry());
      const second = (await again?.()) ?? log;
      const { epoch, id } = made;
      expect(await second.heads([room])).toEqual([{ epoch, offset: 1, id }]);
      expect((await second.append(entry())).offset).toBe(2);
      expect((await log.heads([room]))[0]!.offset).toBe(2);
    });

    if (fixture.clock === 'all') {
      test('an idempotency key is forgotten after a day', async () => {
        const clock = { at: 1_000 };
        const { log } = await opened(clock);
        await log.append(entry({ key: 'k1', maxAgeMs: 1e12 }));
        clock.at += 86_400_000 - 1;
        expect((await log.append(entry({ key: 'k1', maxAgeMs: 1e12 }))).duplicate).toBe(true);
        clock.at += 2;
        expect((await log.append(entry({ key: 'k1', maxAgeMs: 1e12 }))).duplicate).toBe(false);
      });
    }

    describe('a subscription', () => {
      test('is told of each commit once, with what a read would show', async () => {
        const { log } = await opened();
        const heard = listen();
        await log.subscribe(room, heard.listener);
        for (const body of ['a', 'b', 'c']) await log.append(entry({ body }));
        await log.append(entry({ room: 'workspace:other' }));
        await heard.count(3);
        const { epoch, entries } = await log.read(room, 0, 10);
        expect(heard.commits).toEqual(entries.map((each) => ({ epoch, entry: each })));
      });

      test('ends when it is told to', async () => {
        const { log } = await opened();
        const [ended, going] = [listen(), listen()];
        const stop = await log.subscribe(room, ended.listener);
        await log.subscribe(room, going.listener);
        stop();
        await log.append(entry());
        await going.count(1);
        expect(ended.commits).toEqual([]);
      });

      test('hears nothing of what was not committed', async () => {
        const { log } = await opened();
        const heard = listen();
        await log.subscribe(room, heard.listener);
        await expect(
          log.transaction((tx) => {
            void tx.append(entry({ body: 'never' }));
            throw new Error('no');
          }),
        ).rejects.toThrow('no');
        await log.append(entry({ body: 'after' }));
        await heard.count(1);
        expect(heard.commits.map(({ entry: { body, offset } }) => [body, offset])).toEqual([['after', 1]]);
      });
    });

    describe('an idempotency key', () => {
      test('appends once, and tells the second where the first went', async () => {
        const { log } = await opened();
        const first = await log.append(entry({ key: 'k1' }));
        const second = await log.append(entry({ key: 'k1', body: 'other' }));
        expect(second).toEqual({ ...first, duplicate: true });
        expect(first.duplicate).toBe(false);
        expect((await log.read(room, 0, 10)).entries).toHaveLength(1);
      });

      test('lets one of many simultaneous appends win', async () => {
        const { log, again } = await opened();
        const second = (await again?.()) ?? log;
        const made = await Promise.all(
          Array.from({ length: 20 }, (_, n) => (n % 2 ? log : second).append(entry({ key: '__proto__' }))),
        );
        expect(made.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
        expect(new Set(made.map(({ id }) => id)).size).toBe(1);
        expect((await log.heads([room]))[0]!.offset).toBe(1);
      });
    });

    describe('trimming', () => {
      test('keeps the newest entries, and cannot be read from before them', async () => {
        const { log } = await opened();
        for (let n = 1; n <= 8; n += 1) await log.append(entry({ keep: 3 }));
        const page = await log.read(room, 5, 10);
        expect(page.entries.map(({ offset }) => offset)).toEqual([6, 7, 8]);
        expect(page.anchor).toMatch(/./);
        expect((await log.read(room, 0, 10)).anchor).toBeUndefined();
        expect((await log.read(room, 4, 10)).anchor).toBeUndefined();
        expect((await log.read(room, 4, 10)).entries).toEqual([]);
        expect((await log.append(entry({ keep: 3 }))).offset).toBe(9);
      });

      test('takes what is too old, but remembers the head', async () => {
        const clock = { at: 1_000_000 };
        const { log } = await opened(clock);
        for (let n = 1; n <= 3; n += 1) {
          await log.append(entry({ maxAgeMs: 60_000 }));
          clock.at += 10_000;
        }
        await log.trim(room, { keep: 10, maxAgeMs: 25_000 });
        expect((await log.read(room, 2, 10)).entries.map(({ offset }) => offset)).toEqual([3]);
        expect((await log.read(room, 0, 10)).anchor).toBeUndefined();
        clock.at += 100_000;
        await log.trim(room, { keep: 10, maxAgeMs: 25_000 });
        const [head] = await log.heads([room]);
        expect(head!.offset).toBe(3);
        expect(await log.read(room, 3, 10)).toMatchObject({ anchor: head!.id, entries: [] });
        expect((await log.append(entry())).offset).toBe(4);
        expect((await log.read(room, 3, 10)).entries.map(({ offset }) => offset)).toEqual([4]);
      });

      test('by count also happens without an append', async () => {
        const { log } = await opened();
        for (let n = 1; n <= 5; n += 1) await log.append(entry());
        await log.trim(room, { keep: 2, maxAgeMs: 1e12 });
        expect((await log.read(room, 2, 10)).anchor).toBeUndefined();
        expect((await log.read(room, 3, 10)).entries.map(({ offset }) => offset)).toEqual([4, 5]);
      });
    });

    test('a log that was reset begins a new epoch at 1', async () => {
      const { log } = await opened();
      const before = await log.append(entry());
      await log.reset(room);
      const page = await log.read(room, 1, 10);
      expect(page).toMatchObject({ head: { offset: 0, id: '' }, anchor: undefined, entries: [] });
      expect(page.epoch).not.toBe(before.epoch);
      expect(await log.append(entry())).toMatchObject({ epoch: page.epoch, offset: 1 });
    });

    test.each([
      '__proto__',
      'constructor',
      'workspace:a%3Ab:2',
      `workspace:${'x'.repeat(5_000)}`,
      'workspace: \u0000\u0001\n',
      'workspace:\u{1f980}\ud800',
      'workspace:$set.a[0]{}*?',
      '',
    ])('takes the room name %j for a name', async (name) => {
      const { log } = await opened();
      const near = `${name}x`;
      await log.append(entry({ room: near }));
      const made = await log.append(entry({ room: name, key: name }));
      expect(made).toMatchObject({ room: name, offset: 1 });
      const page = await log.read(name, 0, 10);
      expect(page.entries.map(({ id }) => id)).toEqual([made.id]);
      expect(page.entries[0]!.id).not.toBe((await log.read(near, 0, 10)).entries[0]!.id);
    });

    test.each([
      '',
      '{"__proto__":{"admin":true},"constructor":1}',
      '{"$where":"1","a.b":{"$set":1}}',
      'é\u0000\n\u2028𝒳',
      'x'.repeat(200_000),
    ])('keeps a body as it is', async (body) => {
      const { log } = await opened();
      const heard = listen();
      await log.subscribe(room, heard.listener);
      await log.append(entry({ body, event: '__proto__' }));
      expect((await log.read(room, 0, 1)).entries[0]).toMatchObject({ body, event: '__proto__' });
      await heard.count(1);
      expect(heard.commits[0]!.entry).toMatchObject({ body, event: '__proto__' });
      expect(Object.keys(Object.prototype)).toEqual([]);
    });

    test('keeps many large bodies that come at once', async () => {
      const { log } = await opened();
      const body = 'é'.repeat(500_000);
      const made = await Promise.all(Array.from({ length: 24 }, () => log.append(entry({ body }))));
      expect(made.map(({ offset }) => offset).sort((a, b) => a - b)).toEqual(upTo(24));
      const { entries } = await log.read(room, 22, 10);
      expect(entries.map((each) => each.body === body)).toEqual([true, true]);
    }, 30_000);

    test('counts on where its clock goes back', async () => {
      const clock = { at: 10_000_000 };
      const { log } = await opened(clock);
      await log.append(entry({ maxAgeMs: 60_000 }));
      clock.at -= 3_600_000;
      for (const body of ['a', 'b']) await log.append(entry({ body, maxAgeMs: 60_000 }));
      const { entries, head } = await log.read(room, 0, 10);
      expect(entries.map(({ offset }) => offset)).toEqual([1, 2, 3]);
      expect(head.offset).toBe(3);
      clock.at += 3_600_000 + 120_000;
      await log.trim(room, { keep: 10, maxAgeMs: 60_000 });
      expect(await log.read(room, 3, 10)).toMatchObject({ anchor: head.id, entries: [] });
    });

    test('shows other processes a new epoch', async () => {
      const { log, again } = await opened();
      const second = (await again?.()) ?? log;
      const before = await second.append(entry());
      expect((await second.read(room, 1, 10)).anchor).toBe(before.id);
      await log.reset(room);
      const page = await second.read(room, 1, 10);
      expect([page.epoch === before.epoch, page.anchor]).toEqual([false, undefined]);
      expect(await second.append(entry())).toMatchObject({ epoch: page.epoch, offset: 1 });
    });

    test('a store that went back in time has another id at the same offset', async () => {
      const { log, again } = await opened();
      const first = await log.append(entry({ body: 'lost' }));
      await log.reset(room);
      const second = await ((await again?.()) ?? log).append(entry({ body: 'instead' }));
      expect(second.offset).toBe(first.offset);
      expect((await log.read(room, 1, 1)).anchor).not.toBe(first.id);
    });

    test('is healthy until closed, and closes twice', async () => {
      const { log } = await opened();
      expect(await log.healthy()).toBe(true);
      await log.close();
      await log.close();
    });
  });
}

/** The room of {@link entry}. */
export const room = 'workspace:w1';

/** An entry to append. */
export function entry(over: Partial<NewEntry> = {}): NewEntry {
  return { room, event: 'task:created', body: '{}', keep: 100, maxAgeMs: 86_400_000, ...over };
}

/** The numbers from 1 to another. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n + 1);
}

/** Notes commits, and waits for so many. */
function listen() {
  const commits: Commit[] = [];
  let look = () => {};
  return {
    commits,
    listener: (commit: Commit | undefined) => {
      if (commit !== undefined) commits.push(commit);
      look();
    },
    count: (wanted: number) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (commits.length >= wanted) resolve();
        };
        look();
      }),
  };
}
