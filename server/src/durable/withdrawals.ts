import { isMeant, type Eviction } from './evict.ts';

/**
 * Evictions as they became known on this node, in a row: whoever was let in before one, and enters after it, is found
 * by comparing turns, however long that takes.
 */
export interface Withdrawals {
  /** Moves with every eviction: where it did not, nothing was withdrawn. */
  readonly turn: number;
  add(eviction: Eviction): void;
  /** Some may have been missed, and nobody can tell which. */
  miss(): void;
  /** What became known of a connection's right to a room since a turn. */
  since(turn: number, who: Entrant): Withdrawn;
}

/** Who is about to enter which room. */
export interface Entrant {
  /** The room's name. */
  readonly room: string;
  readonly identity: unknown;
}

/** `missed`: it may have been withdrawn unheard. `forgotten`: there were more evictions since than are remembered. */
export type Withdrawn = 'none' | 'meant' | 'missed' | 'forgotten';

/** Remembers so many evictions at least, and twice as many at most. */
export function createWithdrawals(most = 10_000): Withdrawals {
  /** Evictions; undefined where some were missed. */
  let kept: (Eviction | undefined)[] = [];
  let dropped = 0;

  const push = (eviction: Eviction | undefined): void => {
    kept.push(eviction);
    if (kept.length < most * 2) return;
    dropped += kept.length - most;
    kept = kept.slice(-most);
  };

  return {
    get turn() {
      return dropped + kept.length;
    },
    add: push,
    miss: () => push(undefined),
    since: (turn, { room, identity }) => {
      if (turn < dropped) return 'forgotten';
      let found: Withdrawn = 'none';
      for (let index = turn - dropped; index < kept.length; index += 1) {
        const eviction = kept[index];
        if (eviction === undefined) found = 'missed';
        else if (eviction.rooms.includes(room) && isMeant(identity, eviction.identity)) return 'meant';
      }
      return found;
    },
  };
}
