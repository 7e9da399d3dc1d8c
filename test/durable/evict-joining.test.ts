import type { EventLog } from '@sockeye/server/codegen';
import { memoryLog } from '@sockeye/server/stores/memory';
import { expect, test } from 'vitest';
import { connect, publish, range, room, serve, type Change, type Client, type Node } from './served.ts';

// Nodes here share the log alone: no adapter carries anything between them.
const b1 = { boardId: 'b1' };
const isOut = (client: Client) => client.heard.some((each) => 'revoked' in each);
const denied = { ok: false, error: { code: 'FORBIDDEN' } };

/** A promise, and what settles it. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** A log that does not tell where a log stands until it is let go; nobody enters a room for the first time before. */
function holding(memory: EventLog, name: string) {
  const [asked, free] = [gate(), gate()];
  const log: EventLog = {
    ...memory,
    heads: async (rooms) => {
      if (rooms.includes(name)) {
        asked.open();
        await free.opened;
      }
      return memory.heads(rooms);
    },
  };
  return { log, asked: asked.opened, release: free.open };
}

/** Two nodes, and Ann who was let into a board by the one that cannot read its log yet. */
async function joining(change: Change = {}) {
  const memory = memoryLog();
  const members = new Set(['ann', 'bob']);
  const asked: string[] = [];
  const authorize: Change['authorize'] = ({ identity }) => {
    asked.push(identity.id);
    return members.has(identity.id);
  };
  const held = holding(memory, 'cards:board:b1');
  const near = await serve({ log: memory, authorize });
  const far = await serve({ log: held.log, authorize, ...change });
  const [ann, other] = [await connect(far), await connect(far)];
  await other.ask('diary:join', b1, { since: null });
  asked.length = 0;
  const joined = ann.join(null);
  await held.asked;
  /** Resolves when `far` has heard of what `near` did before. */
  const heard = async () => {
    near.cards.diary(b1).evict({ id: 'ann' });
    await other.until(() => isOut(other));
  };
  return { near, far, ann, members, asked, joined, heard, release: held.release };
}

/** That whoever is in the board hears a card, and what Ann has heard then. */
async function afterCards(node: Node, ann: Client): Promise<readonly number[]> {
  const bob = await connect(node, { token: 'bob' });
  await bob.join(null);
  await publish(node, 1, 3);
  await bob.until(() => bob.numbers().length === 3);
  await ann.ask('board:leave', { boardId: 'nowhere' });
  return ann.numbers();
}

test('who is put out between being let in and entering does not enter', async () => {
  const { far, ann, members, asked, joined, release } = await joining();
  members.delete('ann');
  far.cards.board(b1).evict({ id: 'ann' });
  release();
  expect(await joined).toMatchObject(denied);
  expect(asked).toEqual(['ann', 'ann']);
  expect(await afterCards(far, ann)).toEqual([]);
});

test('nor does who was put out by another node', async () => {
  const { near, far, ann, members, joined, heard, release } = await joining();
  members.delete('ann');
  near.cards.board(b1).evict({ id: 'ann' });
  await heard();
  release();
  expect(await joined).toMatchObject(denied);
  expect(await afterCards(far, ann)).toEqual([]);
});

test('who is a member again by then enters', async () => {
  const { near, far, ann, asked, joined, heard, release } = await joining();
  near.cards.board(b1).evict({ id: 'ann' });
  await heard();
  release();
  expect(await joined).toMatchObject({ ok: true });
  expect(asked).toEqual(['ann', 'ann']);
  expect(isOut(ann)).toBe(false);
  expect(await afterCards(far, ann)).toEqual(range(1, 3));
});

test.each([
  ['somebody else', (node: Node) => node.cards.board(b1).evict({ id: 'bob' })],
  ['another room', (node: Node) => node.cards.board({ boardId: 'b2' }).evict({ id: 'ann' })],
])('an eviction of %s asks nobody twice', async (_, evict) => {
  const { far, asked, joined, release } = await joining();
  evict(far);
  release();
  expect(await joined).toMatchObject({ ok: true });
  expect(asked).toEqual(['ann']);
});

test('who is put out while the handler of his join works is told that he did not join', async () => {
  const [entered, free] = [gate(), gate()];
  const far = await serve({
    handlers: {
      'board:join': async () => {
        entered.open();
        await free.opened;
        return { head: 0 };
      },
    },
  });
  const ann = await connect(far);
  const joined = ann.join(null);
  await entered.opened;
  far.cards.board(b1).evict({ id: 'ann' });
  free.open();
  expect(await joined).toMatchObject(denied);
  expect(far.io.sockets.adapter.rooms.has(room)).toBe(false);
  expect(await afterCards(far, ann)).toEqual([]);
});

test('who is let in before it is known which evictions were missed is asked about again', async () => {
  const memory = memoryLog();
  const [evictions, board] = [holding(memory, 'cards: evictions'), holding(memory, 'cards:board:b1')];
  const log: EventLog = {
    ...memory,
    heads: async (rooms) => {
      await evictions.log.heads(rooms);
      return board.log.heads(rooms);
    },
  };
  const members = new Set(['ann']);
  const near = await serve({ log: memory });
  const far = await serve({ log, authorize: ({ identity }) => members.has(identity.id) });
  const ann = await connect(far);
  const joined = ann.join(null);
  await board.asked;
  members.delete('ann');
  near.cards.board(b1).evict({ id: 'ann' });
  await publish(near, 1);
  evictions.release();
  await new Promise(setImmediate);
  board.release();
  expect(await joined).toMatchObject(denied);
  expect(ann.numbers()).toEqual([]);
});

test('who is put out of his own room while he connects is told, and hears nothing of it', async () => {
  const [asked, free] = [gate(), gate()];
  const far = await serve();
  far.io.use((_socket, next) => {
    asked.open();
    void free.opened.then(() => next());
  });
  const connecting = connect(far, { since: {} });
  await asked.opened;
  far.cards.user({ userId: 'ann' }).evict({ id: 'ann' });
  free.open();
  const ann = await connecting;
  await ann.until(() => isOut(ann));
  await far.cards.user({ userId: 'ann' }).publish('notice', { n: 1 });
  await ann.ask('board:leave', { boardId: 'nowhere' });
  expect(ann.heard).toEqual([{ revoked: 'user:ann' }]);
  const again = await connect(far, { since: {} });
  await far.cards.user({ userId: 'ann' }).publish('notice', { n: 2 });
  await again.until(() => again.numbers('user:ann').includes(2));
});
