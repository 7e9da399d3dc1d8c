import type { EventLog } from '@sockeye/server';
import { mongoLog } from '@sockeye/server/stores/mongo';
import { createConnection } from 'mongoose';
import { mongoChat } from './mongo-chat.ts';
import { mongoInbox } from './mongo-inbox.ts';
import { carriers, modelsOf } from './mongo-models.ts';
import { mongoStore } from './mongo-store.ts';
import type { Stores } from './open.ts';

/** Options of {@link openMongo}. */
export interface MongoOptions {
  /** With the name of the database: `mongodb://localhost/collab`. */
  readonly uri: string;
  /** Log for the events. Default: the same database. */
  readonly log?: EventLog | undefined;
  /** How long to look for the server, in ms. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** Mongoose's number for a connection that is up; Node finds no name for it in the package. */
const connected = 1;

/**
 * Opens the stores and the event log in MongoDB, over one connection, and creates their indexes. A write and its events
 * are committed together: in a MongoDB transaction on a replica set, otherwise in one document, which contains the
 * events until they are in the log.
 *
 * @throws MongooseError if the server is not found in time.
 */
export async function openMongo({ uri, log, timeoutMs = 10_000 }: MongoOptions): Promise<Stores> {
  const connection = createConnection(uri, {
    serverSelectionTimeoutMS: timeoutMs,
    // What is undefined in the application is absent in the database.
    ignoreUndefined: true,
    autoIndex: false,
    autoCreate: false,
  });
  try {
    await connection.asPromise();
    const models = modelsOf(connection);
    const all: readonly { createIndexes(): Promise<void> }[] = Object.values(models);
    await Promise.all(all.map((model) => model.createIndexes()));
    const eventLog = mongoLog({ connection, outboxes: carriers, ...(log && { log }) });
    let closing: Promise<void> | undefined;
    const life = {
      kind: 'mongo',
      healthy: async () => {
        if (closing) return false;
        try {
          await connection.db?.command({ ping: 1 });
          return Number(connection.readyState) === connected;
        } catch {
          return false;
        }
      },
      close: () => (closing ??= eventLog.close().then(() => connection.close())),
    };
    return {
      store: { ...mongoStore(models, life), eventLog },
      chatStore: { ...mongoChat(models, life), eventLog },
      inboxStore: { ...mongoInbox(models, life), eventLog },
      eventLog,
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
