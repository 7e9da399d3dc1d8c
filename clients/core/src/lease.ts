import type { Runtime } from './runtime.ts';

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

/**
 * Opens with the first share, closes `lingerMs` after the last one; a share taken in between changes nothing.
 *
 * @param onOpen What to do when the first share is taken; `onClose`: `lingerMs` after the last was released.
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

/** Makes a {@link Lease} of the function that releases it. */
export function lease(release: () => void): Lease {
  return { release, [Symbol.dispose]: release };
}
