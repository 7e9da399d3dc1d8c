import { expect } from 'vitest';
import { at } from '../../clients/core/src/testing/log-client.ts';
import type { Scene } from './driver.ts';

const payload = { boardId: 'b1', text: 'x' };
const card = { id: 'c1', text: 'x', createdAt: '2026-01-02T03:04:05.000Z' };
const inBoard = (boardId: string, offset?: number) => ({
  room: `board:${boardId}`,
  ...(offset !== undefined && at(offset)),
});

/** Shows a board that is joined. */
async function joined(scene: Scene) {
  const view = scene.mount('b1');
  await scene.connect();
  await scene.admit();
  expect(view.screen()).toMatchObject({ connection: 'connected', phase: 'joined' });
  return view;
}

/** Moves on board `b1`, as they stand in a batch. */
const moves = (...xs: readonly number[]) => xs.map((x) => ['cursor:move', { boardId: 'b1', x }]);

/** What comes of moves and bells from here on. */
function hearMoves({ client }: Scene, also?: (x: number) => unknown): readonly unknown[] {
  const heard: unknown[] = [];
  client.on('cursor:move', ({ x }: { x: number }) => {
    heard.push(x);
    also?.(x);
  });
  client.on('bell', () => heard.push('bell'));
  return heard;
}

async function reconnect({ settle, server, clock }: Scene) {
  await settle(() => server.cut());
  await settle(() => clock.advance(500));
  await settle(server.accept);
}

/** What every binding has to do, whatever the framework: title, and what happens. */
export const scenarios: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'ack: a request is answered, and shown as such': async (scene) => {
    const view = await joined(scene);
    const result = view.send(payload);
    await scene.settle();
    expect(view.screen().request).toBe('pending');
    await scene.settle(() => scene.server.take('card:add').ack({ ok: true, data: card }));
    expect(await result).toMatchObject({ ok: true, data: { id: 'c1' } });
    expect(view.screen().request).toBe('success');
  },

  'timeout: a request without an answer ends': async (scene) => {
    const view = await joined(scene);
    const result = view.send(payload);
    await scene.settle(() => scene.clock.advance(5_000));
    expect(await result).toMatchObject({ ok: false, error: { code: 'TIMEOUT' } });
    expect(view.screen().request).toBe('TIMEOUT');
    await scene.settle(() => scene.server.take('card:add').ack({ ok: true, data: card }));
    expect(view.screen().request).toBe('TIMEOUT');
  },

  'abort: a request is given up by its signal': async (scene) => {
    const view = await joined(scene);
    const abort = new AbortController();
    const result = view.send(payload, { signal: abort.signal });
    await scene.settle(() => abort.abort());
    expect(await result).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
    expect(view.screen().request).toBe('ABORTED');
  },

  'disconnect mid-request: it ends at once': async (scene) => {
    const view = await joined(scene);
    const result = view.send(payload);
    await scene.settle(() => scene.server.cut());
    expect(await result).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    expect(view.screen()).toMatchObject({
      connection: 'reconnecting',
      phase: 'waiting',
      request: 'DISCONNECTED',
    });
  },

  'unsubscribe: a component that is gone hears nothing, its neighbour everything once': async (scene) => {
    const view = await joined(scene);
    const neighbour = scene.mount('b1');
    await scene.settle(() => view.unmount());
    await scene.settle(() => scene.server.push('noted', { id: 'n1' }, inBoard('b1')));
    expect([view.heard.length, neighbour.heard.map(({ id }) => id)]).toEqual([0, ['n1']]);
  },

  'rejoin order: rooms before what was queued': async (scene) => {
    const view = await joined(scene);
    await scene.settle(() => scene.server.cut());
    void view.send(payload, { whenOffline: 'queue' });
    await scene.settle(() => scene.clock.advance(500));
    await scene.settle(scene.server.accept);
    expect(scene.names()).toEqual(['board:join']);
    await scene.admit();
    expect(scene.names()).toEqual(['card:add']);
    expect(view.screen()).toMatchObject({ phase: 'joined', request: 'pending' });
  },

  'late mount: what happened before is there at once, and nothing is joined again': async (scene) => {
    await joined(scene);
    await scene.settle(() => scene.server.push('noted', { id: 'n1' }, inBoard('b1')));
    await scene.settle(() => scene.clock.advance(100));
    const late = scene.mount('b1');
    expect(late.screen()).toMatchObject({ phase: 'joined', notes: ['n1'] });
    await scene.settle();
    expect([late.heard, scene.names()]).toEqual([[], []]);
  },

  'remount: state lives in the client while no component shows it': async (scene) => {
    const view = await joined(scene);
    await scene.settle(() => view.unmount());
    await scene.settle(() => scene.server.push('noted', { id: 'n1' }, inBoard('b1')));
    await scene.settle(() => scene.clock.advance(500));
    expect(scene.mount('b1').screen()).toMatchObject({ phase: 'joined', notes: ['n1'] });
    await scene.settle(() => scene.clock.advance(5_000));
    expect(scene.names()).toEqual([]);
  },

  'double mount when already connected: joins once and never leaves': async (scene) => {
    await scene.connect();
    const view = scene.mount('b1');
    await scene.settle(() => view.unmount());
    scene.mount('b1');
    await scene.settle();
    await scene.admit();
    await scene.settle(() => scene.clock.advance(10_000));
    expect(scene.names()).toEqual([]);
    expect([scene.server.sockets, scene.server.handshakes.length]).toEqual([1, 1]);
  },

  'destroyed mid-request: the caller gets the answer, nobody else': async (scene) => {
    const view = await joined(scene);
    const result = view.send(payload);
    const sent = scene.server.take('card:add');
    await scene.settle(() => view.unmount());
    await scene.settle(() => sent.ack({ ok: true, data: card }));
    expect(await result).toMatchObject({ ok: true });
    expect(scene.errors).toEqual([]);
  },

  'room argument: another room is joined, the old one left, nothing of it is shown or heard': async (
    scene,
  ) => {
    const view = await joined(scene);
    await scene.settle(() => scene.server.push('noted', { id: 'old' }, inBoard('b1')));
    await scene.settle(() => scene.clock.advance(100));
    await scene.settle(() => view.show('b2'));
    expect(view.screen()).toMatchObject({ phase: 'joining', notes: [] });
    const join = scene.server.take('board:join');
    expect(join.args[0]).toEqual({ boardId: 'b2' });
    await scene.settle(() => join.ack({ ok: true, data: { title: 'Two' } }));
    await scene.settle(() => scene.server.push('noted', { id: 'late' }, inBoard('b1')));
    await scene.settle(() => scene.server.push('noted', { id: 'new' }, inBoard('b2')));
    await scene.settle(() => scene.clock.advance(1_000));
    const leave = scene.server.take('board:leave');
    expect(leave.args[0]).toEqual({ boardId: 'b1' });
    expect(view.screen()).toMatchObject({ phase: 'joined', notes: ['new'] });
    expect(view.heard.map(({ id }) => id)).toEqual(['old', 'new']);
    await scene.settle(() => view.show(undefined));
    expect(view.screen()).toMatchObject({ phase: 'idle', notes: [] });
  },

  'handlers: the latest one is called, not the one of the first drawing': async (scene) => {
    const view = await joined(scene);
    await scene.settle(() => scene.server.push('noted', { id: 'n1' }, inBoard('b1')));
    expect(view.heard).toEqual([{ id: 'n1', replayed: false, phase: 'joined' }]);
  },

  'token refresh: an expired token is refreshed once, and the page goes on': async (scene) => {
    const view = await joined(scene);
    await scene.settle(() => scene.server.cut());
    await scene.settle(() => scene.clock.advance(500));
    await scene.settle(() =>
      scene.server.deny('x', { code: 'TOKEN_EXPIRED', message: 'x', retryable: true }),
    );
    await scene.settle(scene.server.accept);
    await scene.admit();
    expect(scene.server.handshakes.map(({ token }) => token)).toEqual(['connect', 'reconnect', 'expired']);
    expect(view.screen()).toMatchObject({ connection: 'connected', phase: 'joined' });
  },

  'unauthorized: a fresh token that is refused too is shown, and not tried for ever': async (scene) => {
    const view = scene.mount('b1');
    await scene.settle();
    const refuse = () => scene.server.deny('x', { code: 'TOKEN_EXPIRED', message: 'x', retryable: true });
    await scene.settle(refuse);
    await scene.settle(refuse);
    await scene.settle(() => scene.clock.advance(600_000));
    expect(scene.server.handshakes).toHaveLength(2);
    expect(view.screen()).toMatchObject({ connection: 'unauthorized', phase: 'waiting' });
  },

  'denied: a room that may not be joined is shown as such': async (scene) => {
    const view = scene.mount('b1');
    await scene.connect();
    const error = { code: 'FORBIDDEN', message: 'no', retryable: false };
    await scene.settle(() => scene.server.take('board:join').ack({ ok: false, error }));
    expect(view.screen().phase).toBe('denied');
  },

  'typing: an entry expires by itself, and with the connection': async (scene) => {
    const view = await joined(scene);
    const move = (x: number) => () => scene.server.push('cursor:move', { boardId: 'b1', x });
    await scene.settle(move(1));
    await scene.settle(() => scene.clock.advance(3_900));
    expect(view.screen().typing).toEqual([1]);
    await scene.settle(() => scene.clock.advance(200));
    expect(view.screen().typing).toEqual([]);
    await scene.settle(move(2));
    await scene.settle(() => scene.server.cut());
    await scene.settle(() => scene.clock.advance(20));
    expect(view.screen().typing).toEqual([]);
  },

  'presence: users, not tabs; the last list stays while the connection is lost': async (scene) => {
    const view = await joined(scene);
    const tell = (seq: number, told: object) => () =>
      scene.server.push('sockeye:presence', { room: 'board:b1', of: 'people', epoch: 'e', seq, ...told });
    await scene.settle(tell(0, { total: 2, users: [{ id: 'alice' }, { id: 'bob' }] }));
    await scene.settle(() => scene.clock.advance(20));
    expect(view.screen().people).toEqual(['alice', 'bob']);
    // Alice has closed one of two tabs: nothing is told. Bob has closed his only one.
    await scene.settle(tell(1, { total: 1, leaves: ['bob'] }));
    await scene.settle(() => scene.clock.advance(20));
    expect(view.screen().people).toEqual(['alice']);
    await scene.settle(() => scene.server.cut());
    await scene.settle(() => scene.clock.advance(20));
    expect(view.screen().people).toEqual(['alice']);
  },

  'batch: volatile events of one frame are heard in order, and shown': async (scene) => {
    const view = await joined(scene);
    const heard = hearMoves(scene);
    await scene.settle(() => scene.server.push('sockeye:batch', ...moves(1, 2), ['bell'], ...moves(3, 1)));
    await scene.settle(() => scene.clock.advance(20));
    expect(heard).toEqual([1, 2, 'bell', 3, 1]);
    expect(view.screen().typing.toSorted()).toEqual([1, 2, 3]);
  },

  'batch: what is no event of the contract is left out and told, the rest is heard': async (scene) => {
    const view = await joined(scene);
    const heard = hearMoves(scene);
    const wrong = [
      ...[null, 7, 'cursor:move', {}, [], [7], [['cursor:move', { boardId: 'b1', x: 8 }]]],
      ['sockeye:batch', ...moves(8)],
      ['sockeye:revoked', { room: 'board:b1', code: 'FORBIDDEN' }],
      ['cursor:move', { boardId: 'b1', x: 'far' }],
      ['cursor:move'],
    ];
    const mixed = wrong.flatMap((entry, index) => [entry, ...moves(index)]);
    // A later server may send events that this client does not know: as with one that comes alone, nobody is told.
    await scene.settle(() => scene.server.push('sockeye:batch', ['later:event', 1], ...mixed));
    await scene.settle(() => scene.clock.advance(20));
    expect(heard).toEqual(wrong.map((_, index) => index));
    expect(scene.invalid.map(({ event, direction }) => [event, direction])).toEqual([
      ...wrong.slice(0, -2).map(() => ['sockeye:batch', 'inbound']),
      ...Array.from({ length: 2 }, () => ['cursor:move', 'inbound']),
    ]);
    expect(view.screen().phase).toBe('joined');
  },

  'batch: nothing is heard of it after a disconnect in its middle': async (scene) => {
    await joined(scene);
    const heard = hearMoves(scene, (x) => x === 2 && scene.server.cut());
    await scene.settle(() => scene.server.push('sockeye:batch', ...moves(1, 2, 3)));
    await scene.settle(() => scene.server.push('sockeye:batch', ...moves(4, 5)));
    expect(heard).toEqual([1, 2]);
    await scene.settle(() => scene.clock.advance(500));
    await scene.settle(scene.server.accept);
    await scene.admit();
    await scene.settle(() => scene.server.push('sockeye:batch', ...moves(6, 7)));
    expect(heard).toEqual([1, 2, 6, 7]);
  },

  'batch: a room that was left shows nothing of it, another room its own': async (scene) => {
    const view = await joined(scene);
    await scene.settle(() => view.show('b2'));
    await scene.admit('Two');
    await scene.settle(() => scene.clock.advance(1_000));
    await scene.settle(() => scene.server.take('board:leave').ack({ ok: true, data: {} }));
    await scene.settle(() =>
      scene.server.push('sockeye:batch', ...moves(1), ['cursor:move', { boardId: 'b2', x: 2 }], ...moves(3)),
    );
    await scene.settle(() => scene.clock.advance(20));
    expect(view.screen()).toMatchObject({ phase: 'joined', typing: [2] });
  },

  'burst: 1,000 events in one turn are all heard, in order, and drawn a few times': async (scene) => {
    const view = await joined(scene);
    const before = view.draws();
    const ids = Array.from({ length: 1_000 }, (_, n) => `n${n}`);
    await scene.settle(() => {
      for (const id of ids) scene.server.push('noted', { id }, inBoard('b1'));
    });
    await scene.settle(() => scene.clock.advance(100));
    expect(view.heard.map(({ id }) => id)).toEqual(ids);
    expect(view.screen().notes).toEqual(ids);
    expect(view.draws() - before).toBeLessThanOrEqual(4);
  },

  'durable: what was missed is replayed once, in order, without a load': async (scene) => {
    const view = scene.mount('b1');
    await scene.connect();
    const begin = (offset: number, head: number, recovered: boolean) =>
      scene.settle(() =>
        scene.server.push('sockeye:log', { room: 'board:b1', ...at(offset), head, recovered }),
      );
    const entry = (offset: number) =>
      scene.settle(() => scene.server.push('noted', { id: `n${offset}` }, inBoard('b1', offset)));
    await begin(0, 0, false);
    await scene.admit();
    await entry(1);
    await reconnect(scene);
    expect(scene.server.sent[0]).toMatchObject({
      event: 'board:join',
      args: [{ boardId: 'b1' }, { since: at(1) }],
    });
    await begin(1, 3, true);
    await scene.admit();
    for (const offset of [1, 2, 2, 3, 4]) await entry(offset);
    await scene.settle(() => scene.clock.advance(100));
    expect(view.heard.map(({ id, replayed }) => [id, replayed])).toEqual([
      ['n1', false],
      ['n2', true],
      ['n3', true],
      ['n4', false],
    ]);
    expect(view.screen().notes).toEqual(['n1', 'n2', 'n3', 'n4']);
  },

  'logout: closing the client clears what is shown, and ends what waits': async (scene) => {
    const view = await joined(scene);
    await scene.settle(() => scene.server.push('noted', { id: 'n1' }, inBoard('b1')));
    await scene.settle(() => scene.server.push('cursor:move', { boardId: 'b1', x: 1 }));
    await scene.settle(() => scene.clock.advance(100));
    expect(view.screen()).toMatchObject({ notes: ['n1'], typing: [1] });
    const result = view.send(payload);
    await scene.settle(() => scene.client.close());
    expect(await result).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } });
    expect(view.screen()).toMatchObject({ connection: 'closed', phase: 'left', notes: [], typing: [] });
    await scene.settle(() => scene.clock.advance(60_000));
    expect([scene.clock.timers(), scene.server.connected()]).toEqual([0, false]);
  },
};
