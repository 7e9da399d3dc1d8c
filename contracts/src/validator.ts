/** One reason why a value was refused; the shape of Standard Schema's issues plus Zod's `code`. */
export interface Issue {
  /** Keys from the payload's root to the offending value. */
  readonly path: readonly (string | number)[];
  /** Zod's issue code, such as `invalid_type` or `too_big`. */
  readonly code: string;
  /** A sentence for a developer. It never repeats the refused value. */
  readonly message: string;
}

/** What a {@link Validator} returns instead of a value it refuses. */
export const INVALID: unique symbol = Symbol.for('sockeye.invalid') as never;

/** The type of {@link INVALID}. */
export type Invalid = typeof INVALID;

/**
 * Checks and converts one payload. Generated validators and the Zod adapter both come in this shape.
 *
 * Neither function throws, whatever it is given. Called without `issues`, a refusal allocates nothing; called again
 * with an array, it also says why.
 */
export interface Validator<App = unknown> {
  /** Wire form to application form: unknown keys by policy, defaults filled in, codecs decoded. */
  readonly decode: (wire: unknown, issues?: Issue[]) => App | Invalid;
  /** Application form to wire form: stripped to the contract, codecs encoded. */
  readonly encode: (app: unknown, issues?: Issue[]) => unknown;
  /**
   * Set where what is decoded is bounded by the schema alone: no recursion, no keys of the sender's choice, and no array
   * longer than this. What comes from outside then needs no look at its shape first. Default: unknown.
   */
  readonly closed?: number;
}
