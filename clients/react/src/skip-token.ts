/** Pass it to a room's hook in place of the parameters: the hook joins nothing, but can be called on every render. */
export const skipToken: unique symbol = Symbol.for('sockeye.skip');

/** Type of {@link skipToken}. */
export type SkipToken = typeof skipToken;
