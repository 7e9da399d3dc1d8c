/** One reason why a value is invalid; the shape of Standard Schema's issues plus Zod's `code`. */
export interface Issue {
  /** Keys from the payload's root to the offending value. */
  readonly path: readonly (string | number)[];
  /** Zod's issue code, such as `invalid_type` or `too_big`. */
  readonly code: string;
  /** A sentence for a developer. It never contains the invalid value. */
  readonly message: string;
}

/** What a {@link Validator} returns for an invalid value. */
export const INVALID: unique symbol = Symbol.for('sockeye.invalid') as never;

/** The type of {@link INVALID}. */
export type Invalid = typeof INVALID;

/**
 * Checks and converts one payload. Generated validators and the Zod adapter both have this shape.
 *
 * Neither function throws, whatever its input. Without `issues`, an invalid value costs no allocation; call again with
 * an array to collect the reasons.
 */
export interface Validator<App = unknown> {
  /** Wire form to application form: unknown keys by policy, defaults filled in, codecs decoded. */
  readonly decode: (wire: unknown, issues?: Issue[]) => App | Invalid;
  /** Application form to wire form: stripped to the contract, codecs encoded. */
  readonly encode: (app: unknown, issues?: Issue[]) => unknown;
  /**
   * Set if the schema alone bounds the decoded value: no recursion, no keys chosen by the sender, and no array longer
   * than this. Received values then need no check of their shape before decoding. Default: unknown.
   */
  readonly closed?: number;
}
