import type { ErrorBody, ErrorExtras, Failure } from '@sockeye/contract/wire';

/** Codes of the wire after which the same call may work later; what becomes of such a call is open. */
export const passing = ['DISCONNECTED', 'RATE_LIMITED', 'TIMEOUT', 'TOKEN_EXPIRED', 'UNAVAILABLE'];

/**
 * An error, filled in by what its code says. Its text is the code in words, such as `Invalid payload.`, so that no page
 * loads the wire's sentences: those of a server's errors come with them.
 */
export function errorOf(code: string, extras: ErrorExtras = {}): ErrorBody {
  const message = `${code.charAt(0)}${code.slice(1).toLowerCase().replaceAll('_', ' ')}.`;
  const body = { code, message, retryable: passing.includes(code) };
  for (const [key, value] of Object.entries(extras)) {
    if (value !== undefined) body[key as never] = value as never;
  }
  return body;
}

/** A call that failed for such a reason. */
export function fail(code: string, extras?: ErrorExtras): Failure {
  return { ok: false, error: errorOf(code, extras) };
}

/**
 * An {@link ErrorBody} to throw. Thrown by `auth`, by who answers a question or by an edit it decides what follows;
 * thrown by Sockeye it tells a developer what to mend. `cause` stays in the page.
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

/** What a thrown {@link ContractError} says, of whatever copy of the class; undefined for anything else. */
export function bodyOf(error: unknown): ErrorBody | undefined {
  const { name, body } = Object(error) as Partial<ContractError>;
  return name === 'ContractError' ? body : undefined;
}
