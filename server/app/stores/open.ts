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

/** Everything that the application keeps. */
export interface Stores {
  readonly store: Store;
  readonly chatStore: ChatStore;
  readonly inboxStore: InboxStore;
  /** Its transactions carry the writes of all stores. */
  readonly eventLog: EventLog;
}

/** Where to keep it; see `Config`. */
export interface StoreConfig {
  readonly dataDir: string;
  readonly mongodbUri: string | undefined;
}

/**
 * Opens the stores: in MongoDB where its address is set, else in LMDB, in memory where the folder is called `memory`.
 *
 * @param log Where events go. Default: where the stores are.
 * @throws Error when the database cannot be reached or the folder cannot be made.
 */
export async function openStores({ dataDir, mongodbUri }: StoreConfig, log?: EventLog): Promise<Stores> {
  if (mongodbUri !== undefined) {
    // Loaded only where it is used: Mongoose takes its time.
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
