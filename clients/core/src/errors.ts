import type { ErrorBody, ErrorExtras, Failure } from '@sockeye/contract/wire';

/** Codes after which the same call may succeed later. Whether such a call took effect is unknown. */
export const passing = ['DISCONNECTED', 'RATE_LIMITED', 'TIMEOUT', 'TOKEN_EXPIRED', 'UNAVAILABLE'];

/**
 * An error by its code. Its message is the code in words, such as `Invalid payload.`, so that pages do not load message
 * texts; errors of a server bring their own.
 */
export function errorOf(code: string, extras: ErrorExtras = {}): ErrorBody {
  const message = `${code.charAt(0)}${code.slice(1).toLowerCase().replaceAll('_', ' ')}.`;
  const body = { code, message, retryable: passing.includes(code) };
  for (const [key, value] of Object.entries(extras)) {
    if (value !== undefined) body[key as never] = value as never;
  }
  return body;
}

/** A failed result with this code. */
export function fail(code: string, extras?: ErrorExtras): Failure {
  return { ok: false, error: errorOf(code, extras) };
}

/**
 * An {@link ErrorBody} to throw. Throw it in `auth`, in a handler that answers, or in an edit to set the error code.
 * Sockeye throws it for mistakes in your code. `cause` is never sent.
 */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: string;
  readonly body: ErrorBody;

  constructor(code: string, { cause, ...extras }: ErrorExtras & { readonly cause?: unknown } = {}) {
    const body = errorOf(code, extras);
    super(body.message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.body = body;
  }
}

/** Body of a thrown {@link ContractError}, from any copy of the class; undefined for anything else. */
export function bodyOf(error: unknown): ErrorBody | undefined {
  const { name, body } = Object(error) as Partial<ContractError>;
  return name === 'ContractError' ? body : undefined;
}
