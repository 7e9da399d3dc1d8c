import type { EventLog } from '@sockeye/server/codegen';
import { memoryLog } from '@sockeye/server/stores/memory';
import { describe, expect, test } from 'vitest';
import { withFailPoints, type FailPoints } from './fail-points.ts';
import { connect, publish, range, serve, type Client, type Node } from './served.ts';

describe('while events are published without a pause', () => {
  test.each([1, 2])(
    '500 reconnects over %d nodes miss nothing, double nothing, swap nothing',
    async (count) => {
      const seed = Date.now() % 1_000_000;
      process.stdout.write(`durable reconnects: seed ${seed}\n`);
      const random = randomFrom(seed);
      const log = memoryLog();
      const nodes: Node[] = [];
      for (let n = 0; n < count; n += 1) nodes.push(await serve({ log, durable: { ring: 8 } }));
      const clients = await Promise.all(range(1, 5).map((n) => wanderer(nodes, n, random)));
      let published = 0;
      let isDone = false;
      const publishing = (async () => {
        while (!isDone) {
          await publish(nodes[0]!, (published += 1));
          if (published % 4 === 0) await turn();
        }
      })();
      await Promise.all(clients.map((client) => client.wander(100)));
      isDone = true;
      await publishing;
      for (const client of clients) {
        await client.caughtUp(published);
        expect(client.seen).toEqual(range(1, published));
        expect(client.faults).toEqual([]);
      }
      expect(published).toBeGreaterThan(300);
    },
    60_000,
  );
});

describe('a message between nodes that is lost', () => {
  test.each<[string, (n: number) => boolean]>([
    ['now and then', (n) => n % 7 === 3],
    ['at the end of a burst', (n) => n === 40],
    ['always', () => true],
    ['for the first event of a room', (n) => n === 1],
  ])('%s is noticed', async (_, isLost) => {
    let heard = 0;
    const lost: FailPoints = { loses: () => isLost((heard += 1)) };
    const log = memoryLog();
    const near = await serve({ log });
    const far = await serve({ log: withFailPoints(log, lost) });
    const ann = await connect(far);
    await ann.join(null);
    await publish(near, 1, 40);
    await ann.until(() => ann.numbers().length === 40);
    expect(ann.numbers()).toEqual(range(1, 40));
    expect(ann.faults).toEqual([]);
  });
});

describe('a store that', () => {
  test('lost everything makes every subscriber load anew, and plain ones go on', async () => {
    const { log, replace } = replaceable();
    const node = await serve({ log });
    const [ann, plain] = [await connect(node), await connect(node, { generated: false })];
    await ann.join(null);
    await plain.join();
    await publish(node, 1, 3);
    await ann.until(() => ann.numbers().length === 3);
    replace(memoryLog());
    await ann.until(() => ann.starts().length === 2);
    expect(ann.starts()[1]).toMatchObject({ offset: 0, recovered: false });
    await publish(node, 4);
    await ann.until(() => ann.numbers().length === 4);
    await plain.until(() => plain.numbers().length === 4);
    expect(ann.faults).toEqual([]);
  });

  test('went back in time and on again is noticed by its ids', async () => {
    const rooms = memoryLog();
    const { log, replace } = replaceable(rooms);
    const node = await serve({ log });
    const ann = await connect(node);
    await ann.join(null);
    await publish(node, 1, 3);
    await ann.until(() => ann.numbers().length === 3);
    // The same epoch and offset, another entry: as from an older copy that went on.
    replace(withOtherIds(rooms));
    await ann.until(() => ann.starts().length === 2);
    expect(ann.starts()[1]).toMatchObject({ recovered: false, offset: 3 });
  });

  test('is away refuses joins and publishing, and everything goes on when it is back', async () => {
    const points: FailPoints = {};
    const node = await serve({ log: withFailPoints(memoryLog(), points) });
    const ann = await connect(node, { since: {} });
    await ann.until(() => ann.starts('user:ann').length === 1);
    await ann.join(null);
    points.outage = new Error('away');
    await expect(publish(node, 1)).rejects.toMatchObject({ code: 'UNAVAILABLE', body: { retryable: true } });
    const bob = await connect(node, { token: 'bob', since: {} });
    const refused = await bob.join(null, { boardId: 'b2' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
    points.outage = undefined;
    await bob.until(() => bob.starts('user:bob').length === 1);
    expect(await bob.join(null, { boardId: 'b2' })).toMatchObject({ ok: true });
    await publish(node, 2);
    await ann.until(() => ann.numbers().length === 1);
    expect(node.logged.map(({ message }) => message)).toContain('the event log is unreachable');
  });
});

test('a link that is half open loses nothing: the client comes back beside it', async () => {
  const node = await serve();
  const ann = await connect(node);
  await ann.join(null);
  for (let n = 1; n <= 40; n += 2) {
    const since = ann.cursor();
    // The server still believes in the old connection, and sends to it.
    ann.socket.io.engine.transport.removeAllListeners('packet');
    await publish(node, n);
    const again = await connect(node);
    await again.join(since);
    await publish(node, n + 1);
    await again.until(() => again.numbers().length === 2);
    expect(again.numbers()).toEqual([n, n + 1]);
    expect(again.faults).toEqual([]);
    again.close();
    Object.assign(ann, { cursor: () => again.cursor() });
  }
});

test('a client that reads slowly catches up instead of being cut', async () => {
  const node = await serve({ backpressure: { maxPackets: 60, maxBytes: 100_000 }, durable: { ring: 16 } });
  const ann = await connect(node);
  await ann.join(null);
  const raw = ann.socket.io.engine.transport as unknown as {
    ws: { _socket: { pause(): void; resume(): void } };
  };
  raw.ws._socket.pause();
  const own = [...node.io.sockets.sockets.values()][0]!;
  const big = { n: 1 };
  for (let n = 1; n <= 600; n += 1) {
    await node.cards.board({ boardId: 'b1' }).publish('card:added', { ...big, n });
  }
  const { writeBuffer } = own.conn as unknown as { writeBuffer: unknown[] };
  expect(writeBuffer.length).toBeLessThan(60);
  raw.ws._socket.resume();
  await ann.until(() => ann.numbers().length === 600);
  expect(ann.numbers()).toEqual(range(1, 600));
  expect(ann.faults).toEqual([]);
});

/** A client that leaves and comes back to some node, with the cursor it has. */
async function wanderer(nodes: readonly Node[], n: number, random: () => number) {
  const seen: number[] = [];
  const faults: string[] = [];
  let client: Client | undefined;
  let since: ReturnType<Client['cursor']> = null;
  const come = async () => {
    client = await connect(nodes[Math.floor(random() * nodes.length)]!, { token: `user${n}` });
    await client.join(since);
  };
  const go = () => {
    client!.close();
    seen.push(...client!.numbers());
    faults.push(...client!.faults);
    if (client!.starts().some(({ recovered }, index) => !recovered && (since !== null || index > 0)))
      faults.push('not recovered');
    since = client!.cursor();
  };
  await come();
  return {
    seen,
    faults,
    wander: async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        for (let turns = Math.floor(random() * 4); turns > 0; turns -= 1) await turn();
        go();
        for (let turns = Math.floor(random() * 3); turns > 0; turns -= 1) await turn();
        await come();
      }
    },
    caughtUp: async (last: number) => {
      await client!.until(() => (client!.numbers().at(-1) ?? seen.at(-1)) === last);
      go();
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A store that can be replaced by another, as a restore does. */
function replaceable(first: EventLog = memoryLog()) {
  let current = first;
  const log = new Proxy(first, {
    get: (_, key) =>
      typeof first[key as keyof EventLog] === 'function'
        ? (...args: unknown[]) => (current[key as keyof EventLog] as (...args: unknown[]) => unknown)(...args)
        : first[key as keyof EventLog],
  });
  return { log, replace: (next: EventLog) => (current = next) };
}

function withOtherIds(log: EventLog): EventLog {
  const other = (id: string | undefined) => (id === undefined ? undefined : `${id}!`);
  return {
    ...log,
    heads: async (rooms) => (await log.heads(rooms)).map((head) => ({ ...head, id: other(head.id)! })),
    read: async (name, after, limit) => {
      const page = await log.read(name, after, limit);
      return { ...page, head: { ...page.head, id: other(page.head.id)! }, anchor: other(page.anchor) };
    },
  };
}

/** Numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
