/** Given to a hook in place of its argument: the hook does nothing, and is called on every render all the same. */
export const skipToken: unique symbol = Symbol.for('sockeye.skip');

/** Type of {@link skipToken}. */
export type SkipToken = typeof skipToken;
