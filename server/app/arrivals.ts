import type { Present } from './presence.ts';

/** Tells who is new in a workspace since the last time it was asked about that workspace. */
export type Arrivals = (workspaceId: string, users: readonly Present[]) => readonly Present[];

/** Makes {@link Arrivals}; a workspace that nobody is in is forgotten. */
export function createArrivals(): Arrivals {
  const known = new Map<string, ReadonlySet<string>>();
  return (workspaceId, users) => {
    const before = known.get(workspaceId);
    if (users.length === 0) known.delete(workspaceId);
    else known.set(workspaceId, new Set(users.map(({ id }) => id)));
    return users.filter(({ id }) => !before?.has(id));
  };
}
