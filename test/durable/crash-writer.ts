import { lmdbLog } from '@sockeye/server/stores/lmdb';
import { open } from 'lmdb';

/** Writes cards with their events until it is killed, and tells of each one that was committed. */
const root = open({ path: process.argv[2]!, maxDbs: 16 });
const log = lmdbLog({ root });
const cards = root.openDB<string, string>({ name: 'cards' });

for (let count = 1; ; count += 1) {
  const id = `${process.pid}-${count}`;
  await log.transaction((tx) => {
    cards.putSync(id, 'a card');
    void tx.append({ room: 'board:b1', event: 'card:added', body: id, keep: 100_000, maxAgeMs: 1e12 });
  });
  process.send?.(count);
}
