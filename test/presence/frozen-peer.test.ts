import { redisPresence } from '@sockeye/server/stores/redis-presence';
import { Redis } from 'ioredis';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { describeWith, redis } from '../services.ts';
import { startRedis } from '../store/redis-server.ts';
import { startOffice, until, visit } from './office.ts';

const leaseMs = 1_500;

describeWith(redis(), 'a node whose neighbour is frozen', (program) => {
  it('answers who is there at once, before and after the lease: nobody is asked, nobody is waited for', async () => {
    const server = await startRedis(program);
    onTestFinished(() => server[Symbol.asyncDispose]());
    const link = new Redis(server.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    link.on('error', () => undefined);
    onTestFinished(() => link.disconnect());
    const store = redisPresence({ redis: link, leaseMs });
    onTestFinished(() => store.close());
    const office = await startOffice({ store, graceMs: 300, tickMs: 50 });
    onTestFinished(() => office[Symbol.asyncDispose]());
    const args = ['--conditions=@sockeye/source', '--import', 'tsx', 'test/presence/node-process.ts'];
    const child = spawn(process.execPath, [...args, server.url, String(leaseMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
    const [ann, bob] = [await visit(office.url, 'ann'), await visit(url, 'bob')];
    onTestFinished(() => void [ann, bob].map(({ socket }) => socket.disconnect()));
    await ann.join('w1');
    await bob.join('w1');
    await until(() => ann.users.size === 2 && bob.users.size === 2);

    const { workers } = office.server.presence;
    const ask = async () => {
      const startedAt = performance.now();
      const users = await workers.list({ workspaceId: 'w1' });
      const changed = await workers.update('ann', { mood: 'busy' });
      expect(changed).toEqual([{ workspaceId: 'w1' }]);
      const cy = await visit(office.url, 'cy');
      expect(await cy.join('w2')).toMatchObject({ ok: true });
      cy.socket.disconnect();
      return { ids: users.map(({ id }) => id).sort(), tookMs: performance.now() - startedAt };
    };
    child.kill('SIGSTOP');
    const early = await ask();
    expect(early.ids).toEqual(['ann', 'bob']);
    await until(() => ann.users.size === 1, 2 * leaseMs);
    const late = await ask();
    expect(late.ids).toEqual(['ann']);
    expect(Math.max(early.tookMs, late.tookMs)).toBeLessThan(1_000);
  }, 20_000);
});
