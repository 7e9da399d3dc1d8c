import type { ClientSession, Collection } from 'mongoose';
import { decideClaim, keyTtlMs, type EventLog, type Settlement } from './log.ts';
import { idOf, isDuplicate, type CommandDocument } from './mongo-documents.ts';

/** Commands that take effect once, in MongoDB. */
export interface MongoCommands extends Pick<EventLog, 'claim' | 'release'> {
  owns(claim: Omit<Settlement, 'result'>): Promise<boolean>;
  /** Keeps an answer, within a transaction where there is one; false where the claim was lost. */
  settle(settlement: Settlement, session?: ClientSession): Promise<boolean>;
}

/** Options of {@link mongoCommands}. */
export interface MongoCommandParts {
  readonly commands: Collection<CommandDocument>;
  readonly now: () => number;
  /** Before a command is given to somebody else whose first owner may have died after its effect. */
  readonly beforeTakeOver: () => Promise<void>;
}

/** Keeps commands in a collection. */
export function mongoCommands({ commands, now, beforeTakeOver }: MongoCommandParts): MongoCommands {
  const owns: MongoCommands['owns'] = async ({ key, token }) => {
    const stored = await commands.findOne({ _id: idOf(key) });
    return stored?.token === token && stored.result === undefined;
  };

  return {
    owns,
    claim: async (bid) => {
      const { digest, token, leaseMs } = bid;
      const _id = idOf(bid.key);
      let isSure = false;
      for (;;) {
        const stored = (await commands.findOne({ _id })) ?? undefined;
        const claim = decideClaim(stored, bid, now());
        if (claim.kind !== 'mine') return claim;
        if (stored !== undefined && stored.token !== token && stored.result === undefined && !isSure) {
          await beforeTakeOver();
          isSure = true;
          continue;
        }
        const until = now() + leaseMs;
        const made = { _id, digest, token, until, expiresAt: new Date(until + keyTtlMs) };
        try {
          if (stored === undefined) await commands.insertOne(made);
          else {
            const taken = await commands.replaceOne({ _id, token: stored.token, until: stored.until }, made);
            if (taken.matchedCount === 0) continue;
          }
          return claim;
        } catch (error) {
          if (!isDuplicate(error)) throw error;
        }
      }
    },
    settle: async ({ key, token, result }, session) => {
      const until = now() + keyTtlMs;
      const { matchedCount } = await commands.updateOne(
        { _id: idOf(key), token, result: { $exists: false } },
        { $set: { result, until, expiresAt: new Date(until) } },
        session && { session },
      );
      return matchedCount === 1;
    },
    release: async (key, token) => {
      if (await owns({ key, token })) await commands.deleteOne({ _id: idOf(key), token });
    },
  };
}
