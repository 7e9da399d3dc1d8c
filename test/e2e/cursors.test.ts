import { setInterval } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { cursorEveryMs } from '../../clients/demo/cursor.ts';
import { newest } from '../../clients/demo/pace.ts';
import type { CursorMovedEvent, CursorPlace } from '../../server/app/page/generated/collab.types.gen.ts';
import { aliceAndBob, cutTransports, joined, settled, startReference, until } from './reference.ts';

const workspaceId = 'ws_design';
const place = (x: number): CursorPlace => ({ taskId: null, x, y: 0.5 });

test('a pointer reaches the others, with the name that the server knows, and not the one who moves it', async () => {
  const app = await startReference();
  const [alice, bob] = await aliceAndBob(app);
  alice.client.cursorMove({ workspaceId, at: { taskId: 'tsk_design_1', x: 0.25, y: 1 } });
  const [cursor] = await until(bob.room.cursors, ({ length }) => length > 0);
  expect(cursor).toEqual({
    workspaceId,
    userId: 'u_alice',
    userName: 'Alice Moreau',
    at: { taskId: 'tsk_design_1', x: 0.25, y: 1 },
  });
  await settled(app, alice.heard);
  expect(alice.room.cursors.getSnapshot()).toEqual([]);
});

test('the newest place of everyone counts, and none outlives the connection', async () => {
  const app = await startReference();
  const [alice, bob] = await aliceAndBob(app);
  const at = (cursors: readonly CursorMovedEvent[]) => cursors.map((cursor) => cursor.at.x);
  for (const x of [0.1, 0.2, 0.3]) {
    alice.client.cursorMove({ workspaceId, at: place(x) });
    expect(at(await until(bob.room.cursors, (cursors) => at(cursors).includes(x)))).toEqual([x]);
  }
  cutTransports(app);
  await until(bob.room.cursors, ({ length }) => length === 0);
});

test('a hand that moves without rest is told about 30 times a second, its last place included', async () => {
  const app = await startReference();
  const [alice, bob] = await aliceAndBob(app);
  const places: number[] = [];
  bob.room.on('cursor:moved', ({ at }) => places.push(at.x));
  const pointer = newest<CursorPlace>(cursorEveryMs, (at) => alice.client.cursorMove({ workspaceId, at }));
  const begun = performance.now();
  let moves = 0;
  for await (const _ of setInterval(2)) {
    const x = Math.min(1, (performance.now() - begun) / 1_000);
    pointer.tell(place(x));
    moves++;
    if (x === 1) break;
  }
  await until(bob.room.cursors, ([cursor]) => cursor?.at.x === 1);
  const seconds = (performance.now() - begun) / 1_000;
  expect(places.length).toBeLessThan(moves);
  expect(places.length).toBeLessThanOrEqual(Math.ceil(seconds * 30) + 1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('the pointers of forty come in one frame, each at its last place', async () => {
  const app = await startReference();
  const [, bob] = await aliceAndBob(app);
  const [bobSocket] = [...app.io.sockets.sockets.values()].filter(
    ({ data }) => (data as { identity?: { id: string } }).identity?.id === 'u_bob',
  );
  let frames = 0;
  bobSocket!.conn.on('packetCreate', ({ type }: { type: string }) => (frames += Number(type === 'message')));
  const hands = Array.from({ length: 40 }, (_, index) => `u_${index}`);
  for (const x of [0.25, 0.5, 0.75]) {
    for (const userId of hands) {
      const moved = { workspaceId, userId, userName: 'Hand', at: place(x) };
      app.collab.workspace({ workspaceId }).emit('cursor:moved', moved);
    }
  }
  const last = await until(
    bob.room.cursors,
    (cursors) => cursors.length === 40 && cursors.every(({ at }) => at.x === 0.75),
  );
  expect(new Set(last.map(({ userId }) => userId))).toEqual(new Set(hands));
  expect(frames).toBeLessThanOrEqual(3);
});

test('a flood by a client that does not pace itself ends at the server', async () => {
  const app = await startReference();
  const [alice, bob] = await aliceAndBob(app);
  const flood = io(app.url, {
    transports: ['websocket'],
    auth: { token: alice.accessToken },
    forceNew: true,
  });
  onTestFinished(() => void flood.disconnect());
  await flood.timeout(10_000).emitWithAck('workspace:join', { workspaceId });
  let arrived = 0;
  const begun = performance.now();
  bob.room.on('cursor:moved', () => arrived++);
  for (let move = 0; move < 1_000; move++) flood.emit('cursor:move', { workspaceId, at: place(0.5) });
  // An answered call behind them: the server has dealt with all of them by then.
  await flood.timeout(10_000).emitWithAck('presence:update', { presence: 'online' });
  await settled(app, bob.heard);
  expect(arrived).toBeGreaterThan(0);
  const seconds = (performance.now() - begun) / 1_000;
  expect(arrived).toBeLessThanOrEqual(41 + 40 * seconds);
});

test('places off the board are refused, and people in other workspaces see nothing', async () => {
  const app = await startReference();
  const carol = await joined(app, 'carol', 'ws_books');
  const [alice, bob] = await aliceAndBob(app);
  alice.client.cursorMove({ workspaceId, at: { taskId: null, x: 1.01, y: 0 } });
  alice.client.cursorMove({ workspaceId: 'ws_books', at: place(0.5) });
  await alice.client.presenceUpdate({ presence: 'busy' });
  await settled(app, bob.heard, carol.heard);
  for (const member of [bob, carol]) expect(member.room.cursors.getSnapshot()).toEqual([]);
});
