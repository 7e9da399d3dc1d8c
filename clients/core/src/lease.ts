import type { Clock } from './clock.ts';

/**
 * A share in something that is kept open while at least one share is held. Disposable, so that `using` releases it.
 */
export interface Lease {
  /** Gives the share back; the second call does nothing. */
  readonly release: () => void;
  readonly [Symbol.dispose]: () => void;
}

/** Counts the shares in one thing. */
export interface Leases {
  readonly take: () => Lease;
  /** Whether the thing is open: a share is held, or the last one was released less than `lingerMs` ago. */
  readonly open: () => boolean;
  /** Closes for good without calling `onClose`; later shares open nothing. */
  readonly end: () => void;
}

/** What a thing with shares does when the first is taken and `lingerMs` after the last was released. */
export interface LeasesOptions {
  readonly clock: Clock;
  readonly lingerMs: number;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** Opens with the first share, closes `lingerMs` after the last one; a share taken in between changes nothing. */
export function createLeases({ clock, lingerMs, onOpen, onClose }: LeasesOptions): Leases {
  let count = 0;
  let open = false;
  let ended = false;
  let stay = (): void => undefined;
  return {
    take: () => {
      count++;
      stay();
      if (!open && !ended) {
        open = true;
        onOpen();
      }
      let held = true;
      return lease(() => {
        if (!held) return;
        held = false;
        if (--count || ended) return;
        stay = clock.after(lingerMs, () => {
          open = false;
          onClose();
        });
      });
    },
    open: () => open,
    end: () => {
      ended = true;
      open = false;
      stay();
    },
  };
}

/** Makes a {@link Lease} of the function that releases it. */
export function lease(release: () => void): Lease {
  return { release, [Symbol.dispose]: release };
}
