import { expect, test } from 'vitest';
import { connect, publish, range, room, serve } from './served.ts';

test('who is put out hears nothing of the room from then on, on any connection', async () => {
  const node = await serve();
  const tabs = [await connect(node), await connect(node), await connect(node, { generated: false })];
  const bob = await connect(node, { token: 'bob' });
  for (const client of [...tabs, bob]) await client.join(client === tabs[2] ? undefined : null);
  await publish(node, 1);
  await bob.until(() => bob.numbers().length === 1);
  node.cards.board({ boardId: 'b1' }).evict({ id: 'ann' });
  await publish(node, 2, 5);
  node.cards.board({ boardId: 'b1' }).emit('cursor:moved', { n: 1 });
  await bob.until(() => bob.numbers().length === 5);
  for (const tab of tabs) {
    await tab.join(null, { boardId: 'other' });
    expect(tab.numbers()).toEqual([1]);
  }
  expect(tabs[0]!.heard.filter((each) => 'revoked' in each)).toEqual([{ revoked: room }]);
  expect(tabs[2]!.heard.filter((each) => 'revoked' in each)).toEqual([]);
  node.cards.board({ boardId: 'b1' }).evict({});
  await publish(node, 6);
  await bob.until(() => bob.numbers().length === 6);
});

test('who is put out during a replay gets none of the pages that are left', async () => {
  let asked = 0;
  const node = await serve({
    durable: { ring: 2 },
    backpressure: { maxPackets: 20 },
    authorize: (ctx, { boardId }) => {
      // While the fourth page is being decided on.
      if (boardId === 'b1' && (asked += 1) === 4) ctx.board({ boardId }).evict({ id: 'ann' });
      return true;
    },
  });
  const [since] = await node.log.heads([`cards:${room}`]);
  await publish(node, 1, 300);
  const again = await connect(node);
  await again.join(since);
  await again.until(() => again.heard.some((each) => 'revoked' in each));
  await again.join(null, { boardId: 'other' });
  expect(again.numbers()).toEqual(range(1, 30));
  const revokedAt = again.heard.findIndex((each) => 'revoked' in each);
  const after = again.heard.slice(revokedAt).filter((each) => 'meta' in each && each.meta.room === room);
  expect(after).toEqual([]);
});

test('whose membership ends in the database during a replay is stopped at the next page', async () => {
  let asked = 0;
  const node = await serve({
    durable: { ring: 2 },
    backpressure: { maxPackets: 20 },
    authorize: (_ctx, { boardId }) => boardId !== 'b1' || (asked += 1) <= 2,
  });
  const [since] = await node.log.heads([`cards:${room}`]);
  await publish(node, 1, 300);
  const again = await connect(node);
  await again.join(since);
  await again.until(() => again.heard.some((each) => 'revoked' in each));
  expect(again.numbers()).toEqual(range(1, 20));
  expect(asked).toBe(3);
});

test('whose membership ended while away is not let in again', async () => {
  const members = new Set(['ann']);
  const node = await serve({ authorize: ({ identity }) => members.has(identity.id) });
  const ann = await connect(node);
  await ann.join(null);
  const since = ann.cursor();
  ann.close();
  members.delete('ann');
  await publish(node, 1, 3);
  const again = await connect(node);
  expect(await again.join(since)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  expect(await again.ask('sockeye:sync', { room, since })).toMatchObject({ error: { code: 'NOT_IN_ROOM' } });
  expect(again.heard).toEqual([]);
});

test('asking anew after the membership has ended ends it', async () => {
  const members = new Set(['ann']);
  const node = await serve({ authorize: ({ identity }) => members.has(identity.id) });
  const ann = await connect(node);
  await ann.join(null);
  members.delete('ann');
  const answer = await ann.ask('sockeye:sync', { room, since: ann.cursor() });
  expect(answer).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  await publish(node, 1);
  await ann.ask('board:leave', { boardId: 'other' });
  expect(ann.numbers()).toEqual([]);
});

test('who leaves, and whose join failed, gets nothing', async () => {
  const node = await serve({
    handlers: {
      'board:join': () => {
        throw new Error('no');
      },
    },
  });
  const ann = await connect(node);
  expect(await ann.join(null)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  await publish(node, 1, 3);
  await ann.ask('board:leave', { boardId: 'b1' });
  expect(ann.heard).toEqual([]);
});
