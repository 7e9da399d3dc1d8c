import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../clients/core/src/testing/fake-clock.ts';
import { memoryPresence } from '../../server/src/presence/memory.ts';
import { createRandom } from '../hostile/random.ts';
import { userText, viewedNode } from './views.ts';

const steps = 5_000;
const graceMs = 1_000;
const tickMs = 100;
const room = 'workspace:w1';

describe('presence against a model: tabs of 12 users open and close at random on two nodes', () => {
  const seed = Number(process.env['SEED'] ?? 20_261_121);

  it(`seed ${seed}: every view is the model at each quiet point, and nobody flaps within the grace`, async () => {
    const random = createRandom(seed);
    const clock = fakeClock();
    const store = memoryPresence(clock);
    const nodes = [0, 1].map(() => viewedNode({ store, clock, graceMs, tickMs }));
    const tabs: { node: number; socketId: string; user: string }[] = [];
    /** When a user's last tab was closed without a word; absent while one is open or after a meant leave. */
    const goneAt = new Map<string, number>();
    let opened = 0;
    let flaps = 0;
    let quietPoints = 0;
    const seen = [0, 0];

    // A viewer on each node who never leaves keeps the room open everywhere.
    nodes.forEach((node, index) =>
      node.enter({
        room,
        socketId: `viewer${index}`,
        key: `viewer${index}`,
        text: userText(`viewer${index}`),
      }),
    );

    /** When a user who was away came; a leave that is told within the next ticks is of the time before. */
    const cameAt = new Map<string, number>();
    const countFlaps = (): void => {
      nodes.forEach((node, index) => {
        const { left, leftAt } = node.view(room);
        for (let at = seen[index]!; at < left.length; at += 1) {
          const [user, time] = [left[at]!, leftAt[at]!];
          if (time - (cameAt.get(user) ?? 0) <= 3 * tickMs) continue;
          const since = goneAt.get(user);
          if (tabs.some((tab) => tab.user === user)) flaps += 1;
          else if (since !== undefined && time > since && time - since < graceMs) flaps += 1;
        }
        seen[index] = left.length;
      });
    };

    for (let step = 0; step < steps; step += 1) {
      const dice = random.below(100);
      if (dice < 45 || tabs.length === 0) {
        const user = `u${random.below(12)}`;
        const node = random.below(2);
        const socketId = `s${(opened += 1)}`;
        const within = goneAt.has(user) && clock.now() - goneAt.get(user)! < graceMs;
        if (!tabs.some((tab) => tab.user === user) && !within) cameAt.set(user, clock.now());
        goneAt.delete(user);
        tabs.push({ node, socketId, user });
        nodes[node]!.enter({ room, socketId, key: user, text: userText(user) });
      } else if (dice < 90) {
        const [tab] = tabs.splice(random.below(tabs.length), 1);
        const meant = random.chance(0.3);
        nodes[tab!.node]!.leave(room, tab!.socketId, meant);
        if (!tabs.some((other) => other.user === tab!.user)) {
          if (!meant) goneAt.set(tab!.user, clock.now());
        }
      } else {
        await clock.advance(random.below(400));
        countFlaps();
      }
      if (step % 250 === 249) {
        await clock.advance(graceMs + 6 * tickMs);
        countFlaps();
        const wanted = new Set(['viewer0', 'viewer1', ...tabs.map(({ user }) => user)]);
        for (const node of nodes) expect(sorted(node.view(room).users)).toEqual(sorted(wanted));
        nodes.forEach((node, index) => (seen[index] = node.view(room).left.length));
        quietPoints += 1;
      }
    }

    expect(quietPoints).toBe(steps / 250);
    expect(flaps).toBe(0);
    for (const { socketId, node } of tabs) nodes[node]!.leave(room, socketId, true);
    nodes.forEach((node, index) => node.leave(room, `viewer${index}`, true));
    await clock.advance(graceMs + 6 * tickMs);
    expect(clock.timers()).toBe(0);
    expect(await nodes[0]!.list(room)).toEqual([]);
  });
});

describe('one node', () => {
  const make = (limit?: number) => {
    const clock = fakeClock();
    const node = viewedNode({
      store: memoryPresence(clock),
      clock,
      graceMs,
      tickMs,
      ...(limit && { limit }),
    });
    const enter = (socketId: string, key = 'u1') => node.enter({ room, socketId, key, text: userText(key) });
    enter('watch', 'watcher');
    return { clock, node, enter, view: node.view(room) };
  };

  it('shows no leave when one of two tabs closes', async () => {
    const { clock, node, enter, view } = make();
    enter('tab1');
    enter('tab2');
    await clock.advance(tickMs);
    node.leave(room, 'tab1', true);
    await clock.advance(10 * graceMs);
    expect(view.left).toEqual([]);
    node.leave(room, 'tab2', true);
    await clock.advance(3 * tickMs);
    expect(view.left).toEqual(['u1']);
  });

  it('waits for the grace after a lost connection, and not after a meant leave', async () => {
    const { clock, node, enter, view } = make();
    enter('tab1');
    await clock.advance(tickMs);
    node.leave(room, 'tab1', false);
    await clock.advance(graceMs - 1);
    enter('tab2');
    await clock.advance(2 * graceMs);
    expect(view.left).toEqual([]);
    node.leave(room, 'tab2', false);
    await clock.advance(graceMs);
    expect(view.left).toEqual([]);
    await clock.advance(3 * tickMs);
    expect(view.left).toEqual(['u1']);
  });

  it('tells what happened within a tick in one frame', async () => {
    const { clock, enter, view } = make();
    await clock.advance(2 * tickMs);
    const { frames } = view;
    for (let user = 0; user < 50; user += 1) enter(`tab${user}`, `u${user}`);
    await clock.advance(5 * tickMs);
    expect(view.frames).toBe(frames + 1);
    expect(view.users.size).toBe(51);
  });

  it('tells changes of a large room about once in two milliseconds for each connection, at the latest after 500 ms', async () => {
    for (const [connections, restMs] of [
      [49, 100],
      [140, 300],
      [2_000, 500],
    ] as const) {
      const { clock, enter, view } = make();
      for (let tab = 1; tab < connections; tab += 1) enter(`tab${tab}`, 'crowd');
      await clock.advance(graceMs);
      const { frames } = view;
      const { looks } = view;
      for (let user = 0; user < 15; user += 1) {
        enter(`more${user}`, `more${user}`);
        await clock.advance(tickMs);
      }
      // Who has just come is looked after at every tick.
      expect(view.looks - looks).toBe(15);
      expect(view.frames - frames, `${connections} connections`).toBe(1_500 / restMs);
      await clock.advance(graceMs);
      expect(view.users.size).toBe(17);
    }
  });

  it('lists the first ones of a large room, and fills up when one of them leaves', async () => {
    const { clock, node, enter, view } = make(3);
    for (const id of ['a', 'b', 'c', 'd']) enter(`tab-${id}`, id);
    await clock.advance(2 * tickMs);
    expect(sorted(view.users)).toEqual(['a', 'b', 'watcher']);
    node.leave(room, 'tab-a', true);
    await clock.advance(3 * tickMs);
    expect(sorted(view.users)).toEqual(['b', 'c', 'watcher']);
  });

  it.each(['__proto__', 'constructor', 'toString'])(
    'keeps a user whose key is %s like any other',
    async (key) => {
      const { clock, node, enter, view } = make();
      enter('tab1', key);
      await clock.advance(tickMs);
      expect(view.users.has(key)).toBe(true);
      expect(await node.update(key, () => JSON.stringify({ id: key, mood: 'busy' }))).toEqual([room]);
      node.leave(room, 'tab1', true);
      await clock.advance(3 * tickMs);
      expect(view.left).toEqual([key]);
    },
  );
});

function sorted(ids: Iterable<string>): string[] {
  return [...ids].sort();
}
