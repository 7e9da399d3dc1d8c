import type * as z from 'zod';

/** One of the contract's own errors: the schema of its details, and its options. */
export interface ErrorDefinition<Details extends z.ZodType | undefined = z.ZodType | undefined> {
  readonly kind: 'error';
  readonly details: Details;
  readonly summary: string | undefined;
  readonly retryable: boolean;
}

/** Options of an error. */
export interface ErrorOptions {
  /** One sentence for the generated documentation. */
  readonly summary?: string;
  /** Whether the same call may succeed later. Default: false. */
  readonly retryable?: boolean;
}

/**
 * Declares an error that a call may end with, and its details.
 *
 * @example errors: { QUOTA_EXCEEDED: errorOf(z.object({ limit: z.int() })) }
 */
export function errorOf(details?: undefined, options?: ErrorOptions): ErrorDefinition<undefined>;
export function errorOf<Details extends z.ZodType>(
  details: Details,
  options?: ErrorOptions,
): ErrorDefinition<Details>;
export function errorOf(details?: z.ZodType, options: ErrorOptions = {}): ErrorDefinition {
  return { kind: 'error', details, summary: options.summary, retryable: options.retryable ?? false };
}
