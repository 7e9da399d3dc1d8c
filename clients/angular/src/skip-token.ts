/** Given to an inject function in place of its argument, or returned by it: nothing is joined. */
export const skipToken: unique symbol = Symbol.for('sockeye.skip');

/** Type of {@link skipToken}. */
export type SkipToken = typeof skipToken;
