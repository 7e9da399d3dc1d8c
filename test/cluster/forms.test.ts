import type { ContractTable, EarlierEntry } from '@sockeye/contract/wire';
import { zod } from '@sockeye/server/codegen';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { describeWith, redis } from '../services.ts';
import { startRedis } from '../store/redis-server.ts';
import { readAt, readingTable, startReadingNode, type ReadingNode } from './reading.ts';

const old = z.object({ text: z.string() });
const current = z.object({ title: z.string() });
const earlier: EarlierEntry = {
  until: '1.1.0',
  payload: { validator: zod(old), cast: (value) => ({ text: (value as { title: string }).title }) },
};

/** Notes that are sent to everyone who reads: a text until 1.1.0, a title from then on. */
function tableOf(version: string): ContractTable {
  return readingTable(['notes', version], {
    note:
      version === '1.0.0'
        ? { name: 'note', payload: zod(old), room: 'reading' }
        : { name: 'note', payload: zod(current), room: 'reading', versions: [earlier] },
  });
}

describeWith(redis(), 'nodes of two versions', (program) => {
  const read = async (node: ReadingNode, version?: string) => {
    const stamp = version === undefined ? undefined : { contract: 'notes', version, hash: version };
    const heard: unknown[] = [];
    await readAt(node, stamp, (socket) => socket.on('note', (payload: unknown) => heard.push(payload)));
    return { heard };
  };

  it.each([
    ['began before it', ['1.0.0', '1.1.0']],
    ['begins after it', ['1.1.0', '1.0.0']],
  ])(
    'a client at an old node that %s gets a broadcast of a new one once, in its own form',
    async (_, order) => {
      const server = await startRedis(program);
      onTestFinished(() => server[Symbol.asyncDispose]());
      const nodes = new Map<string, ReadingNode>();
      for (const version of order) nodes.set(version, await startReadingNode(server, tableOf(version)));
      const [oldNode, newNode] = [nodes.get('1.0.0')!, nodes.get('1.1.0')!];
      const early = await read(oldNode, '1.0.0');
      // Told already, or as soon as the others have heard of the new node.
      const isTold = (): boolean =>
        [...oldNode.io.of('/').adapter.rooms.keys()].some((room) => room.startsWith(' before'));
      while (!isTold()) await new Promise((resolve) => setTimeout(resolve, 10));
      const readers = [
        early,
        await read(oldNode, '1.0.0'),
        await read(oldNode),
        await read(newNode, '1.0.0'),
        await read(newNode, '1.1.0'),
        await read(newNode),
      ];
      newNode.server.reading({}).emit('note', { title: 'one' });
      newNode.server.reading({}).emit('note', { title: 'two' });
      const heardTwo = ({ heard }: (typeof readers)[0]): boolean => JSON.stringify(heard).includes('two');
      while (!readers.every(heardTwo)) await new Promise((resolve) => setTimeout(resolve, 10));
      const texts = [{ text: 'one' }, { text: 'two' }];
      const titles = [{ title: 'one' }, { title: 'two' }];
      expect(readers.map(({ heard }) => heard)).toEqual([texts, texts, texts, texts, titles, titles]);
    },
  );
});
