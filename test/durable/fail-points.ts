import type { Commit, EventLog } from '@sockeye/server/codegen';

/** What can go wrong around a store. */
export interface FailPoints {
  /** Called when something was committed, before the caller hears of it: a crash goes here. */
  committed?: () => void;
  /** Whether a commit is kept from subscribers. */
  loses?: (room: string, commit: Commit | undefined) => boolean;
  /** Why every call fails; undefined while none does. */
  outage?: Error | undefined;
}

/** A store around which things go wrong. */
export function withFailPoints(log: EventLog, points: FailPoints): EventLog {
  const guarded =
    <Args extends unknown[], Value>(call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      if (points.outage !== undefined) throw points.outage;
      return call(...args);
    };
  const committing =
    <Args extends unknown[], Value>(call: (...args: Args) => Promise<Value>) =>
    async (...args: Args): Promise<Value> => {
      const value = await call(...args);
      points.committed?.();
      return value;
    };
  return {
    ...log,
    append: guarded(committing(log.append)),
    transaction: async (work) => {
      if (points.outage !== undefined) throw points.outage;
      const value = await log.transaction(work);
      points.committed?.();
      return value;
    },
    settle: guarded(committing(log.settle)),
    read: guarded(log.read),
    heads: guarded(log.heads),
    claim: guarded(log.claim),
    subscribe: guarded((room, listener) =>
      log.subscribe(room, (commit) => {
        if (points.loses?.(room, commit) !== true) listener(commit);
      }),
    ),
  };
}
