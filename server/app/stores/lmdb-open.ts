import type { EventLog } from '@sockeye/server';
import { committed, isWritable, lmdbLog, lmdbOutbox, openLmdb } from '@sockeye/server/stores/lmdb';
import type { RootDatabase } from 'lmdb';
import { lmdbChat } from './lmdb-chat.ts';
import { lmdbInbox } from './lmdb-inbox.ts';
import { lmdbStore } from './lmdb.ts';
import type { Stores } from './open.ts';
import type { Along, Store } from './store.ts';

/** Options of {@link openLmdbStores}. */
export interface LmdbOptions {
  /** Folder of the database files; created if it does not exist, readable by its owner only. */
  readonly folder: string;
  /** Log for the events. Default: the same database. */
  readonly log?: EventLog | undefined;
}

/** One LMDB environment, which all stores of the application share. */
export interface LmdbEnvironment {
  readonly root: RootDatabase;
  readonly life: Pick<Store, 'kind' | 'healthy' | 'close'> & { readonly eventLog: EventLog };
  /** Writes, within a transaction of the event log where there is one. */
  readonly written: <Outcome>(along: Along<Outcome> | undefined, write: () => Outcome) => Promise<Outcome>;
  /** @throws TypeError where a transaction is not one of this environment: what it writes would not be part of it. */
  readonly assertOwn: (native: unknown) => void;
}

/**
 * Opens the stores and the event log in one embedded LMDB database: needs no server, survives a restart, and related
 * writes are one transaction. Events for a remote log wait in an outbox here until they are appended there.
 *
 * Several processes of one machine can open the folder; LMDB locks the files.
 *
 * @throws Error if the folder cannot be created or opened.
 */
export function openLmdbStores({ folder, log }: LmdbOptions): Stores {
  const root = openLmdb(folder);
  const eventLog = log === undefined ? lmdbLog({ root }) : lmdbOutbox({ root, log });
  let closing: Promise<void> | undefined;
  const assertOwn = (native: unknown): void => {
    if (native !== root) throw new TypeError('The transaction must belong to the event log of the stores.');
  };
  const environment: LmdbEnvironment = {
    root,
    life: {
      kind: 'lmdb',
      eventLog,
      healthy: async () => !closing && (await isWritable(root)),
      close: () => (closing ??= eventLog.close().then(() => root.close())),
    },
    written: (along, write) => {
      if (along === undefined) return committed(root.transaction(write));
      return along((native) => {
        assertOwn(native);
        return write();
      });
    },
    assertOwn,
  };
  return {
    store: lmdbStore(environment),
    chatStore: lmdbChat(environment),
    inboxStore: lmdbInbox(environment),
    eventLog,
  };
}
