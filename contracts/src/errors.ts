import type { Issue } from './validator.ts';

/** Properties of an error code. */
export interface CodeRule {
  /** The same call may succeed later, unchanged. */
  readonly retryable: boolean;
  /** The text for the peer if the error has none, or if its own text must not leave the process. */
  readonly message: string;
  /** Whether an error's own text may be shown to the peer. */
  readonly expose: boolean;
}

/**
 * All error codes of Sockeye itself. A contract adds its own, with typed details.
 *
 * The last three are created by the side that waits for an answer and are never sent over the wire.
 */
export const codes = {
  INVALID_PAYLOAD: { retryable: false, expose: true, message: 'The payload does not match the contract.' },
  UNKNOWN_EVENT: { retryable: false, expose: true, message: 'The contract has no such event.' },
  UNAUTHENTICATED: { retryable: false, expose: true, message: 'Sign in first.' },
  TOKEN_EXPIRED: { retryable: true, expose: true, message: 'The token has expired.' },
  FORBIDDEN: { retryable: false, expose: true, message: 'Not allowed.' },
  NOT_IN_ROOM: { retryable: false, expose: true, message: 'Join the room first.' },
  RATE_LIMITED: { retryable: true, expose: true, message: 'Too many calls.' },
  TOO_LARGE: { retryable: false, expose: true, message: 'The payload is too large or too deep.' },
  TIMEOUT: { retryable: true, expose: true, message: 'No answer in time.' },
  CONFLICT: { retryable: false, expose: true, message: 'The state has changed in the meantime.' },
  UNAVAILABLE: { retryable: true, expose: true, message: 'The service is not available.' },
  INTERNAL: { retryable: false, expose: false, message: 'Internal error.' },
  CONTRACT_MISMATCH: {
    retryable: false,
    expose: true,
    message: 'Client and server speak different contract versions.',
  },
  DISCONNECTED: { retryable: true, expose: true, message: 'The connection is closed.' },
  ABORTED: { retryable: false, expose: true, message: 'The call was aborted.' },
  INVALID_RESPONSE: { retryable: false, expose: true, message: 'The answer does not match the contract.' },
} as const satisfies Record<string, CodeRule>;

/** An error code of Sockeye itself. */
export type FixedCode = keyof typeof codes;

/** An error as it is sent over the wire. */
export interface ErrorBody<Code extends string = string, Details = unknown> {
  readonly code: Code;
  /** A sentence for a developer; show users your own text, chosen by `code`. */
  readonly message: string;
  /** Details that the contract declares for the error; decoded, they have the application form. */
  readonly details?: Details;
  /** With INVALID_PAYLOAD and INVALID_RESPONSE: what is invalid, and where. */
  readonly issues?: readonly Issue[];
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** With RATE_LIMITED and UNAVAILABLE: how long to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** The parts of an {@link ErrorBody} that do not follow from its code. */
export interface ErrorExtras {
  readonly message?: string | undefined;
  readonly details?: unknown;
  readonly issues?: readonly Issue[] | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** Creates an {@link ErrorBody}, with the defaults of its code. */
export function errorBody<Code extends string>(code: Code, extras: ErrorExtras = {}): ErrorBody<Code> {
  const rule: CodeRule | undefined = Object.hasOwn(codes, code) ? codes[code as FixedCode] : undefined;
  return {
    code,
    message: extras.message ?? rule?.message ?? code,
    retryable: extras.retryable ?? rule?.retryable ?? false,
    ...(extras.details === undefined ? {} : { details: extras.details }),
    ...(extras.issues === undefined ? {} : { issues: extras.issues }),
    ...(extras.retryAfterMs === undefined ? {} : { retryAfterMs: extras.retryAfterMs }),
  };
}

/**
 * An {@link ErrorBody} to throw. Thrown in a handler, it becomes the answer to the call; thrown by Sockeye, it tells
 * you what to fix. `cause` stays in the process.
 */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly code: string;
  readonly body: ErrorBody;

  constructor(code: string, extras: ErrorExtras & { readonly cause?: unknown } = {}) {
    const body = errorBody(code, extras);
    super(body.message, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.code = code;
    this.body = body;
  }
}
