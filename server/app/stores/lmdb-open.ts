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
  /** Folder of the database files; made where it is missing, readable by its owner only. */
  readonly folder: string;
  /** Where events go. Default: the same database. */
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
 * Opens the stores and the event log in one embedded LMDB database: nothing to install, survives a restart, and whatever
 * belongs together is one transaction. Events for a log that is elsewhere wait in an outbox here until they are there.
 *
 * Several processes of one machine may have a folder open; LMDB itself guards the files.
 *
 * @throws Error when the folder cannot be made or opened.
 */
export function openLmdbStores({ folder, log }: LmdbOptions): Stores {
  const root = openLmdb(folder);
  const eventLog = log === undefined ? lmdbLog({ root }) : lmdbOutbox({ root, log });
  let closing: Promise<void> | undefined;
  const assertOwn = (native: unknown): void => {
    if (native !== root) throw new TypeError('The event log has to be that of the stores.');
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
