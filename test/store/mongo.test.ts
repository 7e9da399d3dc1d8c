import { afterAll, beforeAll } from 'vitest';
import { openMongo } from '../../server/app/stores/mongo.ts';
import type { Stores } from '../../server/app/stores/open.ts';
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
});
