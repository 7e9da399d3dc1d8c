import { describe, expect, it } from 'vitest';
import type { StoredCursor } from '../storage.ts';
import { turn } from '../testing/fake-clock.ts';
import { storedCursors } from './cursors.ts';
import { at, logHarness, memoryStorage } from '../testing/log-client.ts';

const ok = { ok: true, data: { title: 'B' } };

describe('collections of a room with a log', () => {
  async function loaded() {
    const loads: string[] = [];
    const load = (name: string) => () => {
      loads.push(name);
      return [{ id: name }];
    };
    const harness = logHarness({
      projections: { notes: { load: load('notes') }, mixed: { load: load('mixed') } },
    });
    await harness.connect();
    const room = await harness.enter(() => harness.start(at(0)));
    room.notes.subscribe(() => undefined);
    room.mixed.subscribe(() => undefined);
    await turn();
    expect(loads.splice(0)).toEqual(['notes', 'mixed']);
    const ids = () => room.notes.getSnapshot().rows.map(({ id }) => id);
    const again = async (recovered: boolean) => {
      harness.server.cut();
      await harness.clock.advance(500);
      harness.server.accept();
      const join = harness.server.take('board:join');
      harness.start(at(recovered ? 1 : 5), { head: 5, recovered });
      join.ack(ok);
      await turn();
    };
    harness.entries(1);
    return { ...harness, room, loads, ids, again };
  }

  it('are not loaded anew when everything missed is replayed, unless they follow other events too', async () => {
    const { again, loads, ids, entries } = await loaded();
    await again(true);
    entries(2, 3, 4, 5);
    expect(loads).toEqual(['mixed']);
    expect(ids()).toEqual(['notes', 'n1', 'n2', 'n3', 'n4', 'n5']);
  });

  it('are loaded anew when it cannot be, and keep what arrives meanwhile', async () => {
    const { again, loads, ids, entries } = await loaded();
    await again(false);
    entries(6);
    await turn();
    expect(loads).toEqual(['notes', 'mixed']);
    expect(ids()).toEqual(['notes', 'n6']);
  });

  it('are loaded anew after a reconnect to a server that keeps no log', async () => {
    const { again, server, clock, loads } = await loaded();
    await again(true);
    loads.length = 0;
    server.cut();
    await clock.advance(500);
    server.accept();
    server.take('board:join').ack(ok);
    await turn();
    expect(loads).toEqual(['notes', 'mixed']);
  });

  it('are loaded by a new page that goes on from a stored cursor', async () => {
    const cursors = memoryStorage<StoredCursor>();
    cursors.kept.set('board:b1', { version: 1, room: 'board:b1', ...at(3) });
    let loads = 0;
    const harness = logHarness({
      cursors: storedCursors(cursors),
      projections: { notes: { load: () => [{ id: `l${++loads}` }] } },
    });
    await harness.connect();
    const room = await harness.enter(() => harness.start(at(3), { head: 3, recovered: true }));
    room.notes.subscribe(() => undefined);
    await turn();
    expect(room.notes.getSnapshot().rows).toEqual([{ id: 'l1' }]);
  });

  it('are loaded anew in the middle of a connection when the log begins elsewhere', async () => {
    const { start, loads, entries, ids } = await loaded();
    start(at(0, 'e2'), { head: 0 });
    await turn();
    expect(loads).toEqual(['notes', 'mixed']);
    entries(1);
    expect(ids()).toEqual(['notes']);
  });

  it('are not loaded anew when a gap was filled', async () => {
    const { server, start, loads, entries, ids } = await loaded();
    entries(3);
    server.take('sockeye:sync').ack({ ok: true });
    start(at(1), { head: 3, recovered: true });
    entries(2, 3);
    await turn();
    expect([loads, ids()]).toEqual([[], ['notes', 'n1', 'n2', 'n3']]);
  });

  it('are loaded anew when the log goes on from elsewhere than it says', async () => {
    const { start, loads } = await loaded();
    start(at(4), { head: 4, recovered: true });
    await turn();
    expect(loads).toEqual(['notes', 'mixed']);
  });
});
