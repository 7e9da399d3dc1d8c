/**
 * Many clients of the ledger in a process of their own. Told a crowd by its parent, it lets all of them come at once, each
 * with the cursor that it was given, and tells when every one has the last entry of its book.
 *
 * @module crowd
 */
import { createLedgerClient } from '#ledger.client.gen';
import { storedCursors, type CursorKeeper } from '@sockeye/client';
import type { Cursor } from '@sockeye/contract/wire';

/** Who comes. */
export interface Crowd {
  readonly port: number;
  /** One client each: its book, where it stopped reading, and the offset up to which it has to hear. */
  readonly clients: readonly { readonly bookId: string; readonly since: Cursor; readonly last: number }[];
}

/** What became of them. */
export interface CrowdReport {
  /** From the first connection to the last one's last entry, in milliseconds. */
  readonly liveMs: number;
  /** Entries that were missing, came twice or in disorder. */
  readonly faults: number;
  readonly deliveries: number;
  /** Joins that failed at first, and were made again. */
  readonly retries: number;
}

process.on('disconnect', () => process.exit());
process.once('message', (crowd: Crowd) => void come(crowd).then((report) => process.send?.({ report })));
process.send?.({ ready: true });

async function come({ port, clients }: Crowd): Promise<CrowdReport> {
  const startedAt = performance.now();
  let faults = 0;
  let deliveries = 0;
  let retries = 0;
  await Promise.all(
    clients.map(async ({ bookId, since, last }, index) => {
      const client = createLedgerClient({
        url: `http://127.0.0.1:${port}`,
        auth: () => ({ user: `c${process.pid}-${index}` }),
        backoff: { minMs: 200, maxMs: 4_000 },
        cursors: cursorAt(`book:${bookId}`, since),
      });
      client.connect();
      const book = client.book({ bookId });
      let at = since.offset;
      await new Promise<void>((resolve) => {
        book.on('entry:added', (_entry, { offset = -1 }) => {
          deliveries += 1;
          if (offset !== at + 1) faults += 1;
          at = offset;
          if (at === last) resolve();
        });
        void book.join().ready.then((joined) => {
          if (!joined.ok) retries += 1;
        });
      });
    }),
  );
  return { liveMs: performance.now() - startedAt, faults, deliveries, retries };
}

function cursorAt(room: string, since: Cursor): CursorKeeper {
  return storedCursors({
    get: (key) => (key === room ? { version: 1, room, ...since } : undefined),
    set: () => undefined,
    remove: () => undefined,
  });
}
