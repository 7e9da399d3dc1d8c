/**
 * State that can be watched: what React's `useSyncExternalStore` takes, and what signals are made from. Reading and
 * watching change nothing; in particular they take no lease.
 */
export interface Store<Value> {
  /** The current value: immutable, and the same object until something changes. */
  readonly getSnapshot: () => Value;
  /** The value before anything happened; what a server renders and a browser hydrates from. */
  readonly getServerSnapshot: () => Value;
  /**
   * Calls `listener` after the value has changed, once for all changes of one synchronous stretch of code. The same
   * function given twice is called twice. Returns the way to stop.
   */
  readonly subscribe: (listener: () => void) => () => void;
}
