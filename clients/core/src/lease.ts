import type { Runtime } from './runtime.ts';

/**
 * Keeps a connection or a room open while it is held. Disposable: `using` releases it.
 */
export interface Lease {
  /** Releases the lease. A second call does nothing. */
  readonly release: () => void;
  readonly [Symbol.dispose]: () => void;
}

/** Counts the leases of one thing. */
export interface Leases {
  readonly take: () => Lease;
  /** Whether the thing is open: a lease is held, or the last one was released less than `lingerMs` ago. */
  readonly open: () => boolean;
  /** Closes permanently, without calling `onClose`; later leases open nothing. */
  readonly end: () => void;
}

/**
 * Opens with the first lease and closes `lingerMs` after the last one is released, unless another is taken meanwhile.
 *
 * @param onOpen Called when the first lease is taken. `onClose`: called `lingerMs` after the last one is released.
 */
export function createLeases(
  { clock, lingerMs }: Pick<Runtime, 'clock' | 'lingerMs'>,
  onOpen: () => void,
  onClose: () => void,
): Leases {
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

/** Creates a {@link Lease} from the function that releases it. */
export function lease(release: () => void): Lease {
  return { release, [Symbol.dispose]: release };
}
