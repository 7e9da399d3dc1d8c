import { control, type ContractTable } from '@sockeye/contract/wire';
import { expect, it } from 'vitest';
import { defineClient } from '../define-client.ts';
import { projections } from './projection.ts';
import { rooms } from '../rooms.ts';
import type { ClientOptions } from '../options.ts';
import type { ClientBase, RoomBase } from '../surface.ts';
import { boardTable, object } from '../testing/board-table.ts';
import { fakeClock, turn } from '../testing/fake-clock.ts';
import { scriptedServer } from '../testing/scripted-server.ts';
import { presence, type PresenceStore } from './presence.ts';

interface User {
  readonly id: string;
  readonly since: Date;
}
interface Board extends RoomBase {
  readonly online: PresenceStore<User>;
  readonly on: (event: string, handler: (payload: { users: readonly User[] }) => void) => () => void;
}
interface Client extends ClientBase {
  readonly board: (params: { boardId: string }) => Board;
}

const user = object({ id: 'string', since: 'date' });
const users = { decode: (wire: unknown) => wire, encode: (app: unknown) => app };
const table: ContractTable = {
  ...boardTable,
  serverToClient: {
    ...boardTable.serverToClient,
    online_users: { name: 'onlineUsers', payload: users, room: 'board', roomInPayload: true },
  },
  projections: {
    online: presence({ room: 'board', key: 'id', of: user, list: { event: 'online_users', field: 'users' } }),
  },
};
const make = defineClient<ClientOptions, Client>(table, { projections, rooms });

async function joined() {
  const server = scriptedServer();
  const clock = fakeClock();
  const client = make({ auth: () => ({ token: 't' }), io: server.io, clock, lingerMs: 0 });
  const board = client.board({ boardId: 'b1' });
  const lease = board.join();
  await turn();
  server.accept();
  server.take('board:join').ack({ ok: true, data: { title: 'b1' } });
  await turn();
  const tell = (frame: object): void => {
    const head = { room: 'board:b1', of: 'online', epoch: 'e1', seq: 1, total: 0 };
    server.push(control.presence, { ...head, ...frame });
  };
  const ids = () => board.online.getSnapshot().users.map(({ id }) => id);
  return { server, clock, client, board, lease, tell, ids };
}

const wire = (id: string) => ({ id, since: '2026-11-21T12:00:00.000Z' });

it('is stale and empty until everyone was told, then follows the changes', async () => {
  const { board, tell, ids } = await joined();
  expect(board.online.getSnapshot()).toEqual({ users: [], total: 0, stale: true });
  tell({ users: [wire('ann'), wire('bob')], total: 2 });
  expect(board.online.getSnapshot()).toEqual({
    users: [wire('ann'), wire('bob')].map(({ id, since }) => ({ id, since: new Date(since) })),
    total: 2,
    stale: false,
  });
  const [ann] = board.online.getSnapshot().users;
  tell({ seq: 2, joins: [wire('cy')], leaves: ['bob'], total: 2 });
  expect(ids()).toEqual(['ann', 'cy']);
  expect(board.online.getSnapshot().users[0]).toBe(ann);
  expect(board.online.getSnapshot()).toBe(board.online.getSnapshot());
  tell({ seq: 3, changes: [{ ...wire('ann'), since: '2026-11-21T13:00:00.000Z' }], total: 2 });
  expect(ids()).toEqual(['ann', 'cy']);
  expect(board.online.getSnapshot().users[0]!.since.getUTCHours()).toBe(13);
});

it('asks for everyone once after a gap, and shows nothing that it cannot place', async () => {
  const { server, tell, ids } = await joined();
  tell({ users: [wire('ann')], total: 1 });
  tell({ seq: 3, joins: [wire('cy')], total: 3 });
  tell({ seq: 4, joins: [wire('dan')], total: 4 });
  expect(ids()).toEqual(['ann']);
  const { args } = server.take(control.presence);
  expect(args[0]).toEqual({ room: 'board:b1' });
  expect(server.sent).toEqual([]);
  tell({ seq: 5, users: [wire('ann'), wire('bob')], total: 2 });
  tell({ seq: 6, joins: [wire('cy')], total: 3 });
  expect(ids()).toEqual(['ann', 'bob', 'cy']);
  tell({ epoch: 'e2', seq: 7, joins: [wire('eve')], total: 4 });
  expect(server.take(control.presence).args[0]).toEqual({ room: 'board:b1' });
});

it('keeps the list while the connection is lost, and forgets it with the room', async () => {
  const { server, clock, board, lease, tell, ids } = await joined();
  tell({ users: [wire('ann')], total: 1 });
  server.cut();
  expect(board.online.getSnapshot()).toMatchObject({ total: 1, stale: true });
  await clock.advance(500);
  server.accept();
  server.take('board:join').ack({ ok: true, data: { title: 'b1' } });
  tell({ epoch: 'e2', users: [wire('bob')], total: 1 });
  expect(ids()).toEqual(['bob']);
  lease.release();
  await clock.advance(1);
  expect(board.online.getSnapshot()).toEqual({ users: [], total: 0, stale: true });
  tell({ epoch: 'e2', seq: 2, joins: [wire('cy')], total: 2 });
  expect(ids()).toEqual([]);
});

it('hands the list to who listens to the event of plain clients', async () => {
  const { board, tell } = await joined();
  const heard: string[][] = [];
  board.on('online_users', (payload) => heard.push(payload.users.map(({ id }) => id)));
  tell({ users: [wire('ann')], total: 1 });
  tell({ seq: 2, joins: [wire('bob')], total: 2 });
  expect(heard).toEqual([['ann'], ['ann', 'bob']]);
});

it('leaves out users that do not match the contract, and takes keys for what they are', async () => {
  const { tell, ids } = await joined();
  tell({ users: [wire('__proto__'), { id: 7 }, wire('constructor')], total: 3 });
  expect(ids()).toEqual(['__proto__', 'constructor']);
  tell({ of: 'others', seq: 2, leaves: ['constructor'], total: 1 });
  expect(ids()).toEqual(['__proto__', 'constructor']);
});
