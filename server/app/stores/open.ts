import { join } from 'node:path';
import type { ChatStore } from './chat-store.ts';
import type { InboxStore } from './inbox-store.ts';
import { lmdbChat } from './lmdb-chat.ts';
import { lmdbInbox } from './lmdb-inbox.ts';
import { lmdbStore } from './lmdb.ts';
import { memoryChat } from './memory-chat.ts';
import { memoryInbox } from './memory-inbox.ts';
import { memoryStore } from './memory.ts';
import type { Store } from './store.ts';

/** Everything that the application keeps. */
export interface Stores {
  readonly store: Store;
  readonly chatStore: ChatStore;
  readonly inboxStore: InboxStore;
}

/** Where to keep it; see `Config`. */
export interface StoreConfig {
  readonly dataDir: string;
  readonly mongodbUri: string | undefined;
}

/**
 * Opens the stores: in MongoDB where its address is set, else in LMDB, in memory where the folder is called `memory`.
 *
 * @throws Error when the database cannot be reached or the folder cannot be made.
 */
export async function openStores({ dataDir, mongodbUri }: StoreConfig): Promise<Stores> {
  if (mongodbUri !== undefined) {
    // Loaded only where it is used: Mongoose takes its time.
    const { openMongo } = await import('./mongo.ts');
    return openMongo({ uri: mongodbUri });
  }
  if (dataDir === 'memory')
    return { store: memoryStore(), chatStore: memoryChat(), inboxStore: memoryInbox() };
  return {
    store: lmdbStore({ folder: join(dataDir, 'collab') }),
    chatStore: lmdbChat({ folder: join(dataDir, 'chat') }),
    inboxStore: lmdbInbox({ folder: join(dataDir, 'inbox') }),
  };
}
