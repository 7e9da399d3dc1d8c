import { control } from '@sockeye/contract/wire';
import { afterEach, expect, it } from 'vitest';
import { startOffice, until, visit, type Office, type Visitor } from './office.ts';

const visitors: Visitor[] = [];
let office: Office;
afterEach(async () => {
  for (const { socket } of visitors.splice(0)) socket.disconnect();
  await office[Symbol.asyncDispose]();
});

const enter = async (id: string, options: { plain?: boolean; room?: string } = {}): Promise<Visitor> => {
  const visitor = await visit(office.url, id, options.plain);
  visitors.push(visitor);
  await visitor.join(options.room ?? 'w1');
  return visitor;
};
const names = ({ users }: Visitor): string[] => [...users.keys()].sort();

it('tells everyone in the room who is there, in one snapshot and then in changes', async () => {
  office = await startOffice({ tickMs: 10 });
  const ann = await enter('ann');
  await until(() => ann.users.has('ann'));
  const bob = await enter('bob');
  await until(() => bob.users.size === 2 && ann.users.size === 2);
  await enter('cy', { room: 'w2' });
  bob.socket.disconnect();
  await until(() => ann.left.length === 1);
  expect(names(ann)).toEqual(['ann']);
  expect(ann.gaps).toBe(0);
});

it('counts the caller into what a join handler is told, and forgets who leaves the room', async () => {
  office = await startOffice({ tickMs: 10 });
  const ann = await enter('ann');
  expect(await ann.join('w2')).toEqual({ ok: true, data: { users: 1 } });
  await until(() => ann.users.has('ann'));
  await ann.socket.emitWithAck('leave', { workspaceId: 'w2' });
  await until(() => !office.io.of('/').adapter.rooms.has('workspace:w2'));
  const watcher = await enter('dan', { room: 'w2' });
  await until(() => watcher.users.size === 1);
  expect(await office.server.presence.workers.list({ workspaceId: 'w1' })).toEqual([
    { id: 'ann', name: 'Worker ann', mood: 'fine' },
  ]);
  expect(await office.server.presence.workers.count({ workspaceId: 'w1' })).toBe(1);
  expect(await office.server.presence.workers.count({ workspaceId: 'nowhere' })).toBe(0);
});

it('sees who is there with an adapter that was set after the contract was served', async () => {
  office = await startOffice({ tickMs: 10 });
  office.io.adapter(office.io.of('/').adapter.constructor as never);
  const ann = await enter('ann');
  await until(() => ann.users.has('ann'));
});

it('leaves nobody out who joins a large room while its changes wait', async () => {
  office = await startOffice({ tickMs: 10 });
  const crowd = await Promise.all(Array.from({ length: 60 }, () => enter('crowd')));
  await until(() => crowd.every(({ users }) => users.size === 1));
  const late = await Promise.all(Array.from({ length: 5 }, (_, index) => enter(`late${index}`)));
  const all = [...crowd, ...late];
  await until(() => all.every(({ users }) => users.size === 6));
  expect(all.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(0);
});

it('shows no leave when a tab of two closes, nor when a connection comes back within the grace', async () => {
  office = await startOffice({ tickMs: 10, graceMs: 400 });
  const ann = await enter('ann');
  const tabs = [await enter('bob'), await enter('bob')];
  await until(() => ann.users.size === 2);
  tabs[0]!.socket.disconnect();
  tabs[1]!.socket.io.engine.close();
  const back = await enter('bob');
  await until(() => back.users.size === 2);
  const cy = await enter('cy');
  await until(() => ann.users.has('cy') && cy.users.size === 3);
  expect(ann.left).toEqual([]);
  back.socket.io.engine.close();
  const took = await until(() => ann.left.includes('bob'));
  expect(took).toBeGreaterThan(300);
});

it('changes a user wherever he is, and keeps that for rooms that he enters later', async () => {
  office = await startOffice({ tickMs: 10 });
  const ann = await enter('ann');
  const bob = await enter('bob');
  await bob.join('w2');
  expect(await bob.socket.emitWithAck('mood', { mood: 'busy' })).toEqual({ ok: true, data: { rooms: 2 } });
  await until(() => ann.users.get('bob')?.mood === 'busy');
  const cy = await enter('cy', { room: 'w3' });
  await bob.join('w3');
  await until(() => cy.users.get('bob')?.mood === 'busy');
});

it('tells clients that were not generated the list, and not more often than it should', async () => {
  office = await startOffice({ tickMs: 10, listMs: 200 });
  const plain = await enter('old', { plain: true });
  await until(() => plain.users.size === 1);
  for (let index = 0; index < 10; index += 1) await enter(`n${index}`);
  await until(() => plain.users.size === 11);
  expect(plain.frames).toBeLessThanOrEqual(3);
  expect(visitors[1]!.users.size).toBe(11);
});

it('tells everyone again to a client that asks, and nothing to one outside', async () => {
  office = await startOffice({ tickMs: 10 });
  const ann = await enter('ann');
  await until(() => ann.users.size === 1);
  ann.users.clear();
  expect(await ann.socket.emitWithAck(control.presence, { room: 'workspace:w1' })).toEqual({
    ok: true,
    data: {},
  });
  await until(() => ann.users.size === 1);
  const answer = (await ann.socket.emitWithAck(control.presence, { room: 'workspace:w2' })) as {
    ok: boolean;
  };
  expect(answer.ok).toBe(false);
  for (const junk of [null, 'x', { room: 7 }, undefined]) ann.socket.emit(control.presence, junk);
  expect(await ann.join('w1')).toMatchObject({ ok: true });
});

it('shows nobody behind a connection of which the application cannot tell', async () => {
  office = await startOffice({ tickMs: 10 });
  const ann = await enter('ann');
  const nameless = await visit(office.url, '');
  visitors.push(nameless);
  await until(() => ann.users.size === 1);
  expect(await office.server.presence.workers.list({ workspaceId: 'nowhere' })).toEqual([]);
});

it('tells of each arrival once, however many tabs', async () => {
  office = await startOffice({ tickMs: 10 });
  const arrived: string[] = [];
  const stop = office.server.presence.workers.onArrival(({ workspaceId }, users) => {
    for (const { id } of users) arrived.push(`${workspaceId} ${id}`);
  });
  await enter('ann');
  await enter('ann');
  await enter('bob', { room: 'w2' });
  await until(() => arrived.length === 2);
  expect(arrived).toEqual(['w1 ann', 'w2 bob']);
  stop();
  const cy = await enter('cy');
  await until(() => cy.users.size === 2);
  expect(arrived).toHaveLength(2);
});
