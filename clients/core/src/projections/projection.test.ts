import type { ContractTable } from '@sockeye/contract/wire';
import { expect, it } from 'vitest';
import { defineClient } from '../define-client.ts';
import type { ClientOptions } from '../options.ts';
import type { ClientBase, RoomBase } from '../surface.ts';
import { boardTable, object } from '../testing/board-table.ts';
import { fakeClock, turn } from '../testing/fake-clock.ts';
import { scriptedServer } from '../testing/scripted-server.ts';
import type { CollectionStore } from './collection-store.ts';
import { collection } from './collection.ts';
import { expiring, type ExpiringStore } from './expiring.ts';
import { feed, type FeedStore } from './feed.ts';
import { projections } from './projection.ts';
import { rooms } from '../rooms.ts';

interface Card {
  readonly id: string;
}
interface Board extends RoomBase {
  readonly cards: CollectionStore<Card, string>;
  readonly cursors: ExpiringStore<{ boardId: string; x: number }>;
}
interface Client extends ClientBase {
  readonly board: (params: { boardId: string }) => Board;
  readonly notices: FeedStore<{ text: string }, string>;
  readonly on: (event: string, handler: (payload: Card) => void) => () => void;
}

const table: ContractTable = {
  ...boardTable,
  serverToClient: {
    ...boardTable.serverToClient,
    'card:put': { name: 'cardPut', payload: object({ id: 'string' }), room: 'board' },
  },
  projections: {
    cards: collection({ room: 'board', key: 'id', upsert: { 'card:put': true } }),
    cursors: expiring({ room: 'board', event: 'cursor:move', key: 'x', ttlMs: 1_000 }),
    notices: feed({ event: 'notice', key: 'text', limit: 5 }),
  },
};
const make = defineClient<ClientOptions, Client>(table, { projections, rooms });

async function connected(load?: (params: { boardId: string }) => readonly Card[]) {
  const server = scriptedServer();
  const clock = fakeClock();
  const client = make({
    auth: () => ({ token: 't' }),
    io: server.io,
    clock,
    lingerMs: 0,
    ...(load && { projections: { cards: { load } } }),
  });
  const board = client.board({ boardId: 'b1' });
  const lease = board.join();
  await turn();
  server.accept();
  server.take('board:join').ack({ ok: true, data: { title: 'b1' } });
  await turn();
  const ids = () => board.cards.getSnapshot().rows.map(({ id }) => id);
  return { server, clock, client, board, lease, ids };
}

it('fills the store of the right room alone, watched or not, without a lease of its own', async () => {
  const { server, client, board, ids } = await connected();
  const other = client.board({ boardId: 'b2' });
  other.cards.subscribe(() => undefined);
  server.push('card:put', { id: 'c1' }, { room: 'board:b1' });
  server.push('notice', { text: 'hi' });
  expect([ids(), other.cards.getSnapshot().rows]).toEqual([['c1'], []]);
  expect(client.notices.getSnapshot().unread).toBe(1);
  expect([other.status.getSnapshot().phase, server.sent]).toEqual(['idle', []]);
  expect(board.cards.getSnapshot().status).toBe('ready');
});

it('drops what does not match the contract before it reaches a store', async () => {
  const { server, client, ids } = await connected();
  server.push('card:put', { id: 7 }, { room: 'board:b1' });
  expect([ids(), client.connection.getSnapshot().invalid]).toEqual([[], 1]);
});

it('loads when joined and watched, and again after a reconnect', async () => {
  const asked: string[] = [];
  const { server, clock, board, ids } = await connected(({ boardId }) => {
    asked.push(boardId);
    return [{ id: `c${asked.length}` }];
  });
  expect(asked).toEqual([]);
  board.cards.subscribe(() => undefined);
  await turn();
  server.push('cursor:move', { boardId: 'b1', x: 1 });
  expect([ids(), board.cursors.getSnapshot().length]).toEqual([['c1'], 1]);
  server.cut();
  expect([ids(), board.cursors.getSnapshot().length]).toEqual([['c1'], 0]);
  await clock.advance(500);
  server.accept();
  server.take('board:join').ack({ ok: true, data: { title: 'b1' } });
  await turn();
  expect([asked, ids()]).toEqual([['b1', 'b1'], ['c2']]);
});

it('takes nothing of a room that was left, as long as the server has not heard of it', async () => {
  const { server, clock, client, board, lease, ids } = await connected();
  server.push('card:put', { id: 'c1' }, { room: 'board:b1' });
  const heard: unknown[] = [];
  client.connect();
  client.on('card:put', (card) => heard.push(card));
  lease.release();
  await clock.advance(0);
  expect([board.status.getSnapshot().phase, ids()]).toEqual(['left', []]);
  server.push('card:put', { id: 'c2' }, { room: 'board:b1' });
  expect([ids(), heard]).toEqual([[], [{ id: 'c2' }]]);
  board.join();
  server.take('board:leave').ack({ ok: true });
  await turn();
  server.take('board:join').ack({ ok: true, data: { title: 'b1' } });
  await turn();
  server.push('card:put', { id: 'c3' }, { room: 'board:b1' });
  expect(ids()).toEqual(['c3']);
});

it('forgets the rooms that are left, and everything when the client is closed', async () => {
  const { server, clock, client, board, lease, ids } = await connected();
  let told = 0;
  board.cards.subscribe(() => told++);
  server.push('card:put', { id: 'c1' }, { room: 'board:b1' });
  server.push('notice', { text: 'hi' });
  lease.release();
  await clock.advance(0);
  expect([ids(), client.notices.getSnapshot().items.length]).toEqual([[], 1]);
  client.close();
  await turn();
  expect([client.notices.getSnapshot().items, told, clock.timers()]).toEqual([[], 1, 0]);
});
