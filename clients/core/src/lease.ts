/**
 * A share in something that is kept open while at least one share is held. Disposable, so that `using` releases it.
 */
export interface Lease {
  /** Gives the share back; the second call does nothing. */
  readonly release: () => void;
  readonly [Symbol.dispose]: () => void;
}
