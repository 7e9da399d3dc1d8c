import { describe, expect, test } from 'vitest';
import { next, serve, settled, type Ctx } from './served.fixture.ts';

/** A promise and its end. */
function gate<T = void>(): { readonly opened: Promise<T>; readonly open: (value: T) => void } {
  let open: (value: T) => void = () => undefined;
  const opened = new Promise<T>((resolve) => (open = resolve));
  return { opened, open };
}

test('joins that are under way at once do not get past maxRooms', async () => {
  const asked = gate();
  await using served = await serve({ maxRooms: 3, authorize: () => asked.opened.then(() => true) });
  const socket = await served.connect('ann');
  const joins = Array.from({ length: 10 }, (_, index) =>
    socket.emitWithAck('board:join', { boardId: `b${index}` }),
  );
  await settled(socket);
  asked.open();
  const answers = (await Promise.all(joins)) as { ok: boolean; error?: { code: string } }[];
  expect(answers.filter(({ ok }) => !ok).map(({ error }) => error?.code)).toEqual(
    Array.from({ length: 8 }, () => 'FORBIDDEN'),
  );
  const { rooms } = served.io.of('/notes').sockets.get(socket.id!)!;
  expect([...rooms].filter((room) => room !== socket.id)).toEqual(['user:ann', 'board:b0', 'board:b1']);
});

describe('before onConnect is done', () => {
  test('too many events are refused in their own form, and seen', async () => {
    const welcomed = gate();
    await using served = await serve({ onConnect: () => welcomed.opened });
    const socket = await served.connect('ann');
    const waiting = Array.from({ length: 256 }, (_, index) => socket.emitWithAck('any', index));
    const enveloped = socket.emitWithAck('any', 256);
    const raw = socket.emitWithAck('sum', 1, 2);
    expect(await enveloped).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryable: true } });
    expect(await raw).toEqual({ failed: 'UNAVAILABLE' });
    const refused = served.observations.filter(({ outcome }) => outcome === 'UNAVAILABLE');
    expect(refused.map(({ event }) => event)).toEqual(['any', 'sum']);
    welcomed.open();
    expect(await Promise.all(waiting)).toEqual(waiting.map((_, data) => ({ ok: true, data })));
  });

  test('a connection that has ended meanwhile is welcomed no more', async () => {
    const seen: string[] = [];
    const ended = gate();
    await using served = await serve({
      onConnect: () => void seen.push('connect'),
      onDisconnect: () => {
        seen.push('disconnect');
        setImmediate(ended.open);
      },
    });
    served.io.of('/notes').on('connection', (socket) => socket.disconnect());
    await served.connect('ann');
    await ended.opened;
    expect(seen).toEqual(['disconnect']);
  });
});

describe('closing', () => {
  test('a handshake that was under way is refused', async () => {
    const known = gate<object>();
    const asked = gate();
    await using served = await serve({
      authenticate: () => {
        asked.open();
        return known.opened;
      },
    });
    const connecting = served.connect('ann');
    await asked.opened;
    await served.notes.close();
    known.open({ id: 'ann', name: 'Ann' });
    await expect(connecting).rejects.toMatchObject({ data: { code: 'UNAVAILABLE' } });
    expect(served.io.of('/notes').sockets.size).toBe(0);
  });

  test('a connection that other middlewares let through too late is ended', async () => {
    const passed = gate();
    const reached = gate();
    await using served = await serve();
    served.io.of('/notes').use((_socket, go) => {
      reached.open();
      void passed.opened.then(() => go());
    });
    const connecting = served.connect('ann');
    await reached.opened;
    await served.notes.close();
    passed.open();
    const socket = await connecting;
    if (socket.connected) await next(socket, 'disconnect');
    expect(served.io.of('/notes').sockets.size).toBe(0);
  });

  test('twice is the same as once', async () => {
    const done = gate();
    await using served = await serve({ handlers: { any: (_payload: never, _ctx: Ctx) => done.opened } });
    const socket = await served.connect('ann');
    socket.emit('any', 1);
    await settled(socket);
    const closed = [served.notes.close({ timeoutMs: 60_000 }), served.notes.close({ timeoutMs: 60_000 })];
    await new Promise((resolve) => setImmediate(resolve));
    done.open();
    await Promise.all(closed);
    await served.notes.close();
  });
});
