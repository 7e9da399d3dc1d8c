import { zod } from '@sockeye/server/codegen';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { describeWith, redis } from '../services.ts';
import { startRedis } from '../store/redis-server.ts';
import { readAt, readingTable, startReadingNode, type ReadingNode } from './reading.ts';

const table = readingTable(['moves', '1.0.0'], {
  move: { name: 'move', payload: zod(z.object({ x: z.int() })), room: 'reading', volatile: true },
  ready: { name: 'ready', room: 'reading' },
  done: { name: 'done', room: 'reading' },
});
const stamp = { contract: 'moves', version: '1.0.0', hash: '1.0.0', batches: true };

describeWith(redis(), 'volatile events over two nodes', (program) => {
  const read = async (node: ReadingNode, takesBatches: boolean) => {
    const frames: unknown[][][] = [];
    let isReady = false;
    const socket = await readAt(node, takesBatches ? stamp : undefined, (each) => {
      each.onAny((event: string, ...args: unknown[]) => {
        if (event === 'ready') isReady = true;
        else if (event === 'sockeye:batch') frames.push(args as unknown[][]);
        else frames.push([[event, ...args]]);
      });
    });
    const end = new Promise<void>((resolve) => socket.once('done', () => resolve()));
    return {
      frames,
      end,
      wasReady: () => isReady,
      events: () => frames.flat().map(([event, payload]) => [event, payload]),
    };
  };

  it('come in order and whole to clients of both, in few frames, and one by one to a plain client', async () => {
    const server = await startRedis(program);
    onTestFinished(() => server[Symbol.asyncDispose]());
    const [near, far] = [await startReadingNode(server, table), await startReadingNode(server, table)];
    const readers = [await read(near, true), await read(far, true)];
    const plain = await read(far, false);
    // Heard as soon as the nodes know of each other.
    for (let isHeard = false; !isHeard;) {
      near.server.reading({}).emit('ready');
      await new Promise((resolve) => setTimeout(resolve, 10));
      isHeard = [...readers, plain].every(({ wasReady }) => wasReady());
    }
    const xs = Array.from({ length: 100 }, (_, x) => x);
    for (const x of xs) near.server.reading({}).emit('move', { x });
    near.server.reading({}).emit('done');
    await Promise.all([...readers, plain].map(({ end }) => end));
    for (const { frames, events } of readers) {
      expect(events().slice(0, -1)).toEqual(xs.map((x) => ['move', { x }]));
      expect(events().at(-1)?.[0]).toBe('done');
      expect(frames.length).toBeLessThan(50);
    }
    // A plain client's volatile events may be left out while its connection is busy; what comes, comes in order.
    expect(plain.frames.every(({ length }) => length === 1)).toBe(true);
    const seen = plain
      .events()
      .flatMap(([event, payload]) => (event === 'move' ? [(payload as { x: number }).x] : []));
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });
});
