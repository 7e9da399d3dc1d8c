import type { RootDatabase } from 'lmdb';
import { decideClaim, keyTtlMs, type EventLog, type Settlement, type StoredCommand } from './log.ts';
import { committed, keyOf, sweeper } from './lmdb-environment.ts';

/** Commands that take effect once, in an LMDB environment. */
export interface LmdbCommands extends Pick<EventLog, 'claim' | 'settle' | 'release'> {
  /** Keeps an answer inside a write transaction; false where the claim was lost. */
  settleInside(settlement: Settlement): boolean;
  /** Forgets claims and answers that are over. To be called inside a write transaction. */
  sweep(): void;
}

/** Keeps commands in the database `log.commands` of an environment. */
export function lmdbCommands(root: RootDatabase, now: () => number): LmdbCommands {
  const commands = root.openDB<StoredCommand, string>({ name: 'log.commands' });

  const sweep = sweeper(commands);
  const inTransaction = <Value>(work: () => Value): Promise<Value> => committed(root.transaction(work));

  const settleInside = ({ key, token, result }: Settlement): boolean => {
    const stored = commands.get(keyOf(key));
    if (stored?.token !== token || stored.result !== undefined) return false;
    commands.putSync(keyOf(key), { ...stored, result, until: now() + keyTtlMs });
    return true;
  };

  return {
    settleInside,
    sweep: () => sweep(now()),
    claim: (bid) =>
      inTransaction(() => {
        const { key, digest, token, leaseMs } = bid;
        const claim = decideClaim(commands.get(keyOf(key)), bid, now());
        if (claim.kind === 'mine') commands.putSync(keyOf(key), { digest, token, until: now() + leaseMs });
        return claim;
      }),
    settle: (settlement) => inTransaction(() => settleInside(settlement)),
    release: async (key, token) => {
      await inTransaction(() => {
        const stored = commands.get(keyOf(key));
        if (stored?.token === token && stored.result === undefined) commands.removeSync(keyOf(key));
      });
    },
  };
}
