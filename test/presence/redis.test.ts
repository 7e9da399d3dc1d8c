import { redisPresence } from '@sockeye/server/stores/redis-presence';
import { Redis } from 'ioredis';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWith, redis } from '../services.ts';
import { startRedis, type RedisServer } from '../store/redis-server.ts';
import { elapse, startOffice, until, visit, type Office, type Visitor } from './office.ts';

const leaseMs = 1_500;
const graceMs = 300;

describeWith(redis(), 'presence of several nodes, put together in Redis', (program) => {
  let server: RedisServer;
  const ends: (() => unknown)[] = [];
  beforeEach(async () => {
    server = await startRedis(program);
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await server[Symbol.asyncDispose]();
  });

  const connect = (): Redis => {
    const client = new Redis(server.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    ends.push(() => client.disconnect());
    return client;
  };
  const node = async (): Promise<Office> => {
    const store = redisPresence({ redis: connect(), leaseMs });
    const office = await startOffice({ store, graceMs, tickMs: 50 });
    ends.push(() => office[Symbol.asyncDispose]());
    ends.unshift(() => store.close());
    return office;
  };
  const childNode = async (): Promise<{ readonly url: string; readonly child: ChildProcess }> => {
    const args = ['--conditions=@sockeye/source', '--import', 'tsx', 'test/presence/node-process.ts'];
    const child = spawn(process.execPath, [...args, server.url, String(leaseMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    ends.push(() => {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
    });
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { url, child };
  };
  const enter = async (url: string, id: string): Promise<Visitor> => {
    const visitor = await visit(url, id);
    ends.push(() => void visitor.socket.disconnect());
    await visitor.join('w1');
    return visitor;
  };

  it('shows every node the users of all, once each', async () => {
    const [first, second] = [await node(), await node()];
    const ann = await enter(first.url, 'ann');
    const bob = await enter(second.url, 'bob');
    const again = await enter(second.url, 'ann');
    await until(() => [ann, bob, again].every(({ users }) => users.size === 2));
    again.socket.disconnect();
    const cy = await enter(second.url, 'cy');
    await until(() => [ann, bob, cy].every(({ users }) => users.size === 3));
    expect([ann, bob].flatMap(({ left }) => left)).toEqual([]);
    await bob.socket.emitWithAck('mood', { mood: 'busy' });
    await until(() => ann.users.get('bob')?.mood === 'busy');
    bob.socket.disconnect();
    await until(() => !ann.users.has('bob') && !cy.users.has('bob'));
    expect([ann, cy].reduce((sum, { gaps }) => sum + gaps, 0)).toBe(0);
  });

  it('changes a user from a node where he has no tab', async () => {
    const [first, second] = [await node(), await node()];
    const ann = await enter(first.url, 'ann');
    await until(() => ann.users.size === 1);
    expect(await second.server.presence.workers.update('ann', { mood: 'busy' })).toEqual([
      { workspaceId: 'w1' },
    ]);
    await until(() => ann.users.get('ann')?.mood === 'busy');
    expect(await second.server.presence.workers.list({ workspaceId: 'w1' })).toEqual([
      { id: 'ann', name: 'Worker ann', mood: 'busy' },
    ]);
  });

  it('is right again within the lease and a second after a node with 300 connections was killed', async () => {
    const first = await node();
    const { url, child } = await childNode();
    const ann = await enter(first.url, 'ann');
    const visitors = await Promise.all(Array.from({ length: 300 }, (_, index) => enter(url, `k${index}`)));
    await until(() => ann.users.size === 301 && visitors.every(({ users }) => users.size === 301), 10_000);
    child.kill('SIGKILL');
    const took = await until(() => ann.users.size === 1, 10_000);
    expect(took).toBeLessThan(leaseMs + 1_000);
  }, 20_000);

  it('takes a node back that was frozen for twice its lease, under another name', async () => {
    const first = await node();
    const { url, child } = await childNode();
    const ann = await enter(first.url, 'ann');
    const bob = await enter(url, 'bob');
    await until(() => ann.users.size === 2 && bob.users.size === 2);
    child.kill('SIGSTOP');
    await until(() => ann.users.size === 1, 2 * leaseMs);
    await elapse(leaseMs);
    child.kill('SIGCONT');
    const took = await until(() => ann.users.size === 2);
    expect(took).toBeLessThan(1_000);
    expect([...bob.users.keys()].sort()).toEqual(['ann', 'bob']);
    bob.socket.disconnect();
    await until(() => !ann.users.has('bob'));
    const client = connect();
    expect(await client.zcard('{sockeye:presence:office/workers}:nodes')).toBe(2);
  }, 20_000);

  it('is right about who stayed, moved and went while a node was frozen for ten seconds', async () => {
    const first = await node();
    const { url, child } = await childNode();
    const ann = await enter(first.url, 'ann');
    const [bob, cy, dan, eve] = [
      await enter(url, 'bob'),
      await enter(url, 'cy'),
      await enter(url, 'dan'),
      await enter(url, 'eve'),
    ];
    await enter(first.url, 'eve');
    await until(() => [ann, bob, cy, dan, eve].every(({ users }) => users.size === 5));
    child.kill('SIGSTOP');
    const frozenAt = performance.now();
    dan.socket.disconnect();
    cy.socket.disconnect();
    const moved = await enter(first.url, 'cy');
    await until(() => ann.users.size === 3 && moved.users.size === 3, 2 * leaseMs);
    expect([...ann.users.keys()].sort()).toEqual(['ann', 'cy', 'eve']);
    await elapse(10_000 - (performance.now() - frozenAt));
    expect([...ann.left].sort()).toEqual(['bob', 'dan']);
    child.kill('SIGCONT');
    const took = await until(() => ann.users.has('bob') && bob.users.has('cy') && !bob.users.has('dan'));
    expect(took).toBeLessThan(1_000);
    await elapse(2 * leaseMs);
    for (const { users } of [ann, moved, bob, eve])
      expect([...users.keys()].sort()).toEqual(['ann', 'bob', 'cy', 'eve']);
    expect(ann.left).toHaveLength(2);
    expect(bob.left).toEqual(['dan']);
  }, 40_000);

  it('shows no leave when Redis comes back empty, and the next one in time', async () => {
    const [first, second] = [await node(), await node()];
    const ann = await enter(first.url, 'ann');
    const bob = await enter(second.url, 'bob');
    const cy = await enter(second.url, 'cy');
    await until(() => [ann, bob, cy].every(({ users }) => users.size === 3));
    await server.restart();
    const client = connect();
    await elapse(2 * leaseMs);
    expect(await client.hlen('{sockeye:presence:office/workers}:users:workspace:w1')).toBe(3);
    expect([ann, bob, cy].flatMap(({ left }) => left)).toEqual([]);
    cy.socket.disconnect();
    const took = await until(() => !ann.users.has('cy') && !bob.users.has('cy'));
    expect(took).toBeLessThan(5_000);
  });

  it('goes on for its own users while Redis is frozen, and catches up when it is not', async () => {
    const [first, second] = [await node(), await node()];
    const ann = await enter(first.url, 'ann');
    const bob = await enter(second.url, 'bob');
    await until(() => ann.users.size === 2 && bob.users.size === 2);
    process.kill(server.pid, 'SIGSTOP');
    const cy = await enter(first.url, 'cy');
    await until(() => ann.users.has('cy') && cy.users.has('ann'));
    await elapse(2 * leaseMs);
    process.kill(server.pid, 'SIGCONT');
    await until(() => bob.users.has('cy') && cy.users.has('bob'));
    await elapse(leaseMs);
    expect([ann, bob, cy].flatMap(({ left }) => left)).toEqual([]);
  }, 20_000);
});
