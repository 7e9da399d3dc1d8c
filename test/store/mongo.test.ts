import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMongo } from '../../server/app/stores/mongo.ts';
import type { Stores } from '../../server/app/stores/open.ts';
import { inChannel, notified } from '../e2e/chat-reference.ts';
import { call, signIn, startReference } from '../e2e/reference.ts';
import { describeWith, mongodb } from '../services.ts';
import { describeChatStore } from './chat-store.suite.ts';
import { describeInboxStore } from './inbox-store.suite.ts';
import { startMongo, type MongoServer } from './mongo-server.ts';
import { describeStore } from './store.suite.ts';

describeWith(mongodb(), 'MongoDB', (found) => {
  let server: MongoServer;
  beforeAll(async () => {
    server = await startMongo(found);
  }, 30_000);
  afterAll(() => server.stop());

  const open =
    <Name extends keyof Stores>(name: Name) =>
    async () => {
      const uri = server.freshUri();
      const store = (await openMongo({ uri }))[name];
      const reopen = async () => {
        await store.close();
        return (await openMongo({ uri }))[name];
      };
      return { store, reopen };
    };

  describeStore('mongo', { open: open('store') });
  describeChatStore('mongo', { open: open('chatStore') });
  describeInboxStore('mongo', { open: open('inboxStore') });

  test('the application keeps board, chat and notifications across a restart, and what was missed', async () => {
    const uri = server.freshUri();
    const before = await startReference(await openMongo({ uri }));
    const alice = await inChannel(before, 'alice');
    const { accessToken: token } = await signIn(before, 'alice');
    const body = { title: 'Draw a fish', assigneeId: 'u_bob' };
    await call(before, 'POST /workspaces/ws_design/tasks', { token, body });
    await alice.client.messageSend({ channelId: 'ch_general', text: 'Before the restart' });
    await before.close(1_000);
    const after = await startReference(await openMongo({ uri }));
    const bob = await inChannel(after, 'bob');
    expect(bob.data.page.messages.at(-1)).toMatchObject({ seq: 7, text: 'Before the restart' });
    expect((await notified(after, 'bob')).client.unread.getSnapshot()).toBe(1);
    expect((await after.store.tasks.list('ws_design')).at(-1)?.title).toBe('Draw a fish');
  }, 30_000);
});
