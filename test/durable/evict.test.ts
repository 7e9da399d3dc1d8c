import type { EventLog } from '@sockeye/server/codegen';
import { memoryLog } from '@sockeye/server/stores/memory';
import { expect, test } from 'vitest';
import { withFailPoints, type FailPoints } from './fail-points.ts';
import { connect, publish, range, room, serve, type Change, type Client } from './served.ts';

// Nodes here share the log alone: no adapter carries anything between them.
const isOut = (client: Client) => client.heard.some((each) => 'revoked' in each);

/** A node, another one whose log can go wrong, and Ann and Bob at the other one. */
async function twoNodes(change: Change = {}, log: EventLog = memoryLog()) {
  const points: FailPoints = {};
  const near = await serve({ log, ...change });
  const far = await serve({ log: withFailPoints(log, points), ...change });
  const [ann, bob] = [await connect(far), await connect(far, { token: 'bob' })];
  for (const client of [ann, bob]) await client.join(null);
  return { points, near, far, ann, bob, log };
}

/** A log, and what resolves when the evictions in it have been looked at so often from then on. */
function watched() {
  const memory = memoryLog();
  const waiting = new Set<() => void>();
  const log: EventLog = {
    ...memory,
    heads: (rooms) => {
      if (rooms[0] === 'cards: evictions') for (const look of [...waiting]) look();
      return memory.heads(rooms);
    },
  };
  const looks = (times: number) =>
    new Promise<void>((resolve) => {
      let left = times;
      const look = () => {
        if ((left -= 1) > 0) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
    });
  return { log, looks };
}

test('who is put out by one node is put out by all, by way of the log', async () => {
  const { near, ann, bob } = await twoNodes();
  near.cards.board({ boardId: 'b1' }).evict({ id: 'ann' });
  await publish(near, 1, 3);
  await bob.until(() => bob.numbers().length === 3);
  await ann.until(() => isOut(ann));
  expect(ann.numbers()).toEqual([]);
  expect(isOut(bob)).toBe(false);
});

test("a room that was entered beside the contract's joins is left too", async () => {
  const { near, far, ann } = await twoNodes();
  const entered = [...far.io.sockets.sockets.values()].find(
    ({ handshake }) => handshake.auth['token'] === 'ann',
  )!;
  await entered.join('user:nobody');
  near.cards.user({ userId: 'nobody' }).evict({ id: 'ann' });
  await ann.until(() => isOut(ann));
  expect([...entered.rooms]).not.toContain('user:nobody');
  expect([...entered.rooms]).toContain(room);
});

test.each([
  ['every message is lost', (points: FailPoints) => (points.loses = () => true)],
  ['the log is out of reach', (points: FailPoints) => (points.outage = new Error('away'))],
])('a node that could not hear because %s passes on nothing that came later', async (_, strike) => {
  const { log, looks } = watched();
  const { points, near, ann, bob } = await twoNodes({}, log);
  await publish(near, 1);
  for (const client of [ann, bob]) await client.until(() => client.numbers().length === 1);
  // Both nodes have looked twice: whoever is there was there before the last look.
  await looks(6);
  strike(points);
  points.loses = () => true;
  near.cards.board({ boardId: 'b1' }).evict({ id: 'ann' });
  await publish(near, 2, 20);
  points.outage = undefined;
  await bob.until(() => bob.numbers().length === 20);
  await ann.until(() => isOut(ann));
  expect(bob.numbers()).toEqual(range(1, 20));
  expect(ann.numbers()).toEqual([1]);
});

test('who came while the node could not hear is asked about, and stays as the member that he is again', async () => {
  const members = new Set(['ann', 'bob', 'cy']);
  const { points, near, far, bob } = await twoNodes({
    authorize: ({ identity }) => members.has(identity.id),
  });
  points.loses = () => true;
  points.outage = new Error('away');
  const [cy, dee] = [await connect(far, { token: 'cy' }), await connect(far, { token: 'dee' })];
  near.cards.board({ boardId: 'b1' }).evict({ id: 'cy' });
  near.cards.board({ boardId: 'b1' }).evict({ id: 'dee' });
  members.add('dee');
  for (const client of [cy, dee]) expect(await client.join(null)).toMatchObject({ ok: true });
  members.delete('cy');
  await publish(near, 1);
  points.outage = undefined;
  await cy.until(() => isOut(cy));
  for (const client of [bob, dee]) await client.until(() => client.numbers().length === 1);
  expect(isOut(dee)).toBe(false);
});

test('who is asked about hears nothing before the answer, and everything after a good one', async () => {
  let answer: (() => void) | undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  let isSlow = false;
  const members = new Set(['bob', 'cy', 'dee']);
  const { points, near, far, bob } = await twoNodes({
    authorize: async ({ identity }) => {
      if (isSlow && identity.id !== 'bob') await answered;
      return members.has(identity.id);
    },
  });
  points.loses = () => true;
  points.outage = new Error('away');
  const [cy, dee] = [await connect(far, { token: 'cy' }), await connect(far, { token: 'dee' })];
  for (const id of ['cy', 'dee']) near.cards.board({ boardId: 'b1' }).evict({ id });
  for (const client of [cy, dee]) expect(await client.join(null)).toMatchObject({ ok: true });
  members.delete('cy');
  isSlow = true;
  await publish(near, 1, 20);
  points.outage = undefined;
  await bob.until(() => bob.numbers().length === 20);
  for (const client of [cy, dee]) await client.ask('board:leave', { boardId: 'nowhere' });
  expect([cy.numbers(), dee.numbers()]).toEqual([[], []]);
  answer?.();
  await cy.until(() => isOut(cy));
  await dee.until(() => dee.numbers().length === 20);
  await publish(near, 21);
  await dee.until(() => dee.numbers().length === 21);
  expect(dee.numbers()).toEqual(range(1, 21));
  expect(dee.faults).toEqual([]);
  expect(cy.numbers()).toEqual([]);
});

test('an eviction that cannot be written down is written down when the log is back', async () => {
  const log = memoryLog();
  const { points, far, bob } = await twoNodes({}, log);
  const third = await serve({ log });
  const ann = await connect(third);
  await ann.join(null);
  points.outage = new Error('away');
  far.cards.board({ boardId: 'b1' }).evict({ id: 'ann' });
  far.cards.board({ boardId: 'b1' }).evict({ id: 'nobody' });
  await bob.ask('board:leave', { boardId: 'other' });
  expect(isOut(ann)).toBe(false);
  points.outage = undefined;
  await ann.until(() => isOut(ann));
  expect(far.logged.map(({ message }) => message)).toContain(
    'an eviction could not be logged yet; it will be retried',
  );
});

test('a node that missed more than is kept asks about everyone', async () => {
  const members = new Set(['ann', 'bob']);
  const log = memoryLog();
  const { points, near, ann, bob } = await twoNodes(
    { authorize: ({ identity }) => members.has(identity.id) },
    log,
  );
  points.outage = new Error('away');
  points.loses = () => true;
  members.delete('ann');
  near.cards.board({ boardId: 'b1' }).evict({ id: 'ann' });
  await log.reset('cards: evictions');
  points.outage = undefined;
  await ann.until(() => isOut(ann));
  await publish(near, 1);
  await bob.until(() => bob.numbers().length === 1);
  expect(isOut(bob)).toBe(false);
  expect(ann.numbers()).toEqual([]);
});
