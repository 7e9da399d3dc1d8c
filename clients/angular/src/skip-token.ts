/** Pass it to a room's inject function in place of the parameters, or return it from their function: joins nothing. */
export const skipToken: unique symbol = Symbol.for('sockeye.skip');

/** Type of {@link skipToken}. */
export type SkipToken = typeof skipToken;
