import {
  codes,
  ContractError,
  errorBody,
  INVALID,
  type ErrorBody,
  type FixedCode,
} from '@sockeye/contract/wire';
import { refuseCall, REFUSED, type Call } from './call.ts';
import { failureBody, type HandlerFailure } from './failure.ts';
import { encodeOutgoing, isOwnFault, ownFault } from './outgoing.ts';

/** Codes that are created on the side of the caller and never sent over the wire. */
const clientOnly: ReadonlySet<string> = new Set(['DISCONNECTED', 'ABORTED', 'INVALID_RESPONSE']);

/** Refuses a call because of its room. The details name the room if the contract declares such details. */
export function denial(call: Call, code: FixedCode): typeof REFUSED {
  const details = call.runtime.table.errors[code]?.details?.encode({ room: call.room });
  return refuseCall(call, code, details === undefined || details === INVALID ? {} : { details });
}

/**
 * Refuses a call with the failure that its handler or authorizer returned.
 *
 * @throws ContractError if the event does not declare that code, or the details do not match the contract.
 */
export function failedWith(call: Call, failure: HandlerFailure): typeof REFUSED {
  call.failure = allowedBody(call, failureBody(failure));
  return REFUSED;
}

/**
 * The answer to a thrown error: a {@link ContractError} as it is, INTERNAL for everything else.
 *
 * @throws ContractError like {@link failedWith}.
 */
export function bodyOf(call: Call, error: unknown): ErrorBody {
  if (!(error instanceof ContractError) || isOwnFault(error)) return errorBody('INTERNAL');
  return allowedBody(call, error.body);
}

function allowedBody(call: Call, body: ErrorBody): ErrorBody {
  if (Object.hasOwn(codes, body.code) && !clientOnly.has(body.code)) return fixedBody(call, body);
  if (call.route.entry.errors?.includes(body.code)) return declaredBody(call, body);
  throw ownFault(
    'INTERNAL',
    `Event "${call.event}" does not declare the error ${body.code}. Add it to the event's errors.`,
  );
}

function fixedBody(call: Call, { details, ...rest }: ErrorBody): ErrorBody {
  if (!codes[rest.code as FixedCode].expose) return errorBody(rest.code);
  const encoded =
    details === undefined ? INVALID : call.runtime.table.errors[rest.code]?.details?.encode(details);
  return encoded === undefined || encoded === INVALID ? rest : { ...rest, details: encoded };
}

function declaredBody(call: Call, { details, ...rest }: ErrorBody): ErrorBody {
  const rule = call.runtime.table.errors[rest.code];
  const retryable = rule?.retryable ?? rest.retryable;
  if (rule?.details === undefined) return { ...rest, retryable };
  const encoded = encodeOutgoing(rule.details, details, `error ${rest.code}, answering "${call.event}"`);
  return { ...rest, retryable, details: encoded };
}
