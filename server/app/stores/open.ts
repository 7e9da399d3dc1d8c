import { join } from 'node:path';
import type { EventLog } from '@sockeye/server';
import { memoryLog } from '@sockeye/server/stores/memory';
import type { ChatStore } from './chat-store.ts';
import type { InboxStore } from './inbox-store.ts';
import { openLmdbStores } from './lmdb-open.ts';
import { memoryChat } from './memory-chat.ts';
import { memoryInbox } from './memory-inbox.ts';
import { memoryStore } from './memory.ts';
import type { Store } from './store.ts';

/** All stores of the application. */
export interface Stores {
  readonly store: Store;
  readonly chatStore: ChatStore;
  readonly inboxStore: InboxStore;
  /** Its transactions can include the writes of all stores. */
  readonly eventLog: EventLog;
}

/** Where to store the data; see `Config`. */
export interface StoreConfig {
  readonly dataDir: string;
  readonly mongodbUri: string | undefined;
}

/**
 * Opens the stores: in MongoDB if its URI is set, else in LMDB, or in memory if the folder is `memory`.
 *
 * @param log Log for the events. Default: that of the stores.
 * @throws Error if the database is unreachable or the folder cannot be created.
 */
export async function openStores({ dataDir, mongodbUri }: StoreConfig, log?: EventLog): Promise<Stores> {
  if (mongodbUri !== undefined) {
    // Loaded only if it is used, because loading Mongoose is slow.
    const { openMongo } = await import('./mongo.ts');
    return openMongo({ uri: mongodbUri, log });
  }
  if (dataDir !== 'memory') return openLmdbStores({ folder: join(dataDir, 'store'), log });
  return {
    store: memoryStore(),
    chatStore: memoryChat(),
    inboxStore: memoryInbox(),
    eventLog: log ?? memoryLog(),
  };
}
