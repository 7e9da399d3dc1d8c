import { expect, test } from 'vitest';
import { serve, settled, type Ctx, type Served } from '../served.fixture.ts';
import { createWithdrawals } from './withdrawals.ts';

const b1 = { boardId: 'b1' };
const ann = { room: 'board:b1', identity: { id: 'ann', name: 'ANN' } };
const denied = { ok: false, error: { code: 'FORBIDDEN' } };

const roomsOf = (served: Served, id: string | undefined): readonly string[] => [
  ...served.io.of('/notes').sockets.get(id!)!.rooms,
];

/** A promise, and what settles it. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('what is known of evictions since a turn', () => {
  const some = createWithdrawals(3);
  const add = (rooms: readonly string[], identity: object) =>
    some.add({ id: '', rooms, identity: { ...identity } });
  const first = some.turn;
  expect(some.since(first, ann)).toBe('none');
  add(['board:b2'], { id: 'ann' });
  add(['board:b1'], { id: 'bob' });
  expect(some.since(first, ann)).toBe('none');
  add(['board:b2', 'board:b1'], { id: 'ann' });
  expect(some.since(first, ann)).toBe('meant');
  expect(some.since(some.turn, ann)).toBe('none');
  const later = some.turn;
  some.miss();
  expect(some.since(later, ann)).toBe('missed');
  add(['board:b1'], { name: 'ANN' });
  expect(some.since(later, ann)).toBe('meant');
  for (let n = 0; n < 10; n += 1) add(['board:b3'], { id: 'ann' });
  expect(some.since(later, ann)).toBe('forgotten');
  expect(some.since(some.turn - 3, ann)).toBe('none');
});

test('a room without a log: who is put out while his authorizer thinks is asked about again', async () => {
  const [asked, free] = [gate(), gate()];
  const members = new Set(['ann', 'bob']);
  const authorize = async ({ identity }: Ctx) => {
    const isMember = members.has(identity.id);
    asked.open();
    await free.opened;
    return isMember;
  };
  await using served = await serve({ authorize });
  const [first, second] = [await served.connect('ann'), await served.connect('bob')];
  const joins = [first.emitWithAck('board:join', b1), second.emitWithAck('board:join', b1)];
  await asked.opened;
  await settled(second);
  members.clear();
  served.notes.board(b1).evict({ id: 'ann' });
  free.open();
  expect(await joins[0]).toMatchObject({ ...denied, error: { details: { room: 'board:b1' } } });
  expect(await joins[1]).toMatchObject({ ok: true });
  expect(roomsOf(served, first.id)).not.toContain('board:b1');
});

test('an authorizer that itself puts out whom it lets in is not asked for ever', async () => {
  let asked = 0;
  await using served = await serve({
    authorize: async (ctx) => {
      asked += 1;
      ctx.board(b1).evict({ id: ctx.identity.id });
      return true;
    },
  });
  const socket = await served.connect();
  expect(await socket.emitWithAck('board:join', b1)).toMatchObject(denied);
  expect(asked).toBe(4);
  expect(roomsOf(served, socket.id)).not.toContain('board:b1');
});

test('a room of his own: who is put out while he connects does not enter, and does when he comes again', async () => {
  const [asked, free] = [gate(), gate()];
  await using served = await serve({
    authenticate: async ({ token }) => {
      asked.open();
      await free.opened;
      return { id: token, name: token };
    },
  });
  const connecting = served.connect('ann');
  await asked.opened;
  served.notes.user({ userId: 'ann' }).evict({ id: 'ann' });
  served.notes.user({ userId: 'bob' }).evict({ id: 'ann' });
  free.open();
  const socket = await connecting;
  await settled(socket);
  expect(roomsOf(served, socket.id)).toEqual([socket.id]);
  const again = await served.connect('ann');
  await settled(again);
  expect(roomsOf(served, again.id)).toContain('user:ann');
});
