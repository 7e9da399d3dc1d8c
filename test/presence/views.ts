import type { PresenceChange } from '@sockeye/contract/wire';
import { createPresenceNode, type PresenceNode } from '../../server/src/presence/node.ts';
import type { Roll } from '../../server/src/presence/roll.ts';
import type { PresenceStore } from '../../server/src/presence/store.ts';
import type { PresenceClock } from '../../server/src/presence/clock.ts';

/** What a client of one node has been told of a room: the fold of the frames alone. */
export interface View {
  readonly users: Set<string>;
  readonly left: string[];
  /** When each of them left, on the node's clock. */
  readonly leftAt: number[];
  frames: number;
  /** How often clients could be told something. */
  looks: number;
}

/** A node whose frames are folded into one view a room, as a client does it. */
export interface ViewedNode extends PresenceNode {
  readonly view: (room: string) => View;
}

/** How a {@link ViewedNode} is made. */
export interface ViewedOptions {
  readonly store: PresenceStore;
  readonly clock: PresenceClock;
  readonly graceMs: number;
  readonly tickMs: number;
  readonly limit?: number;
}

/** Makes a node without sockets. */
export function viewedNode({ store, clock, graceMs, tickMs, limit = 10_000 }: ViewedOptions): ViewedNode {
  const views = new Map<string, View>();
  const view = (room: string): View => {
    const known = views.get(room) ?? { users: new Set<string>(), left: [], leftAt: [], frames: 0, looks: 0 };
    views.set(room, known);
    return known;
  };
  const node = createPresenceNode({
    store,
    clock,
    scope: 'test',
    graceMs,
    tickMs,
    rule: { limit, keyOf: (user) => (user as { id: string }).id },
    publish: ({ room }: Roll, change: PresenceChange | undefined) => {
      const seen = view(room);
      seen.looks += 1;
      if (!change) return false;
      seen.frames += 1;
      for (const id of change.leaves ?? []) {
        seen.users.delete(String(id));
        seen.left.push(String(id));
        seen.leftAt.push(clock.now());
      }
      for (const user of change.joins ?? []) seen.users.add((user as { id: string }).id);
      return false;
    },
    onArrival: () => undefined,
    onReach: () => undefined,
    onError: () => undefined,
  });
  return { ...node, view };
}

/** A user whose key is all that is known. */
export function userText(id: string): string {
  return JSON.stringify({ id });
}
