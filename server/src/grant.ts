import { errorBody, type ErrorBody, type FixedCode } from '@sockeye/contract/wire';

const granted: unique symbol = Symbol('sockeye.grant');
const refused: unique symbol = Symbol('sockeye.refusal');

/** An identity with an end: what `authenticate` returns where credentials expire. */
export interface Grant<Identity> {
  readonly [granted]: Identity;
  readonly expiresAt: number;
}

/** A handshake that was turned away. */
export interface Refusal {
  readonly [refused]: ErrorBody;
}

/** Accepts a handshake until `expiresAt`, in milliseconds since the Unix epoch. */
export function grant<Identity>(identity: Identity, expiresAt: number): Grant<Identity> {
  return { [granted]: identity, expiresAt };
}

/** Turns a handshake away with a code, and optionally a text of one's own. */
export function refuse(code: FixedCode, message?: string): Refusal {
  return { [refused]: errorBody(code, { message }) };
}

/** The identity that a grant carries. */
export function grantedIdentity<Identity>(value: Grant<Identity>): Identity {
  return value[granted];
}

/** Whether a value was made by {@link grant}. */
export function isGrant(value: unknown): value is Grant<unknown> {
  return typeof value === 'object' && value !== null && granted in value;
}

/** Whether a value was made by {@link refuse}. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && refused in value;
}

/** The error that a refusal carries. */
export function refusalBody(refusal: Refusal): ErrorBody {
  return refusal[refused];
}
