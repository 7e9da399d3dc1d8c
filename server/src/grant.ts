import { errorBody, type ErrorBody, type FixedCode } from '@sockeye/contract/wire';

const granted: unique symbol = Symbol('sockeye.grant');
const joined: unique symbol = Symbol('sockeye.membership');
const refused: unique symbol = Symbol('sockeye.refusal');

/** An identity that expires: what `authenticate` returns for credentials that expire. */
export interface Grant<Identity> {
  readonly [granted]: Identity;
  readonly expiresAt: number;
}

/** A refused handshake. */
export interface Refusal {
  readonly [refused]: ErrorBody;
}

/** Accepts a handshake until `expiresAt`, in milliseconds since the Unix epoch. */
export function grant<Identity>(identity: Identity, expiresAt: number): Grant<Identity> {
  return { [granted]: identity, expiresAt };
}

/** Refuses a handshake with a code, and optionally a message. */
export function refuse(code: FixedCode, message?: string): Refusal {
  return { [refused]: errorBody(code, { message }) };
}

/** Since when the caller has been a member of a room. */
export interface Membership {
  readonly [joined]: Date;
}

/**
 * Admits the caller to a room as a member since a date. Return this from the authorizer of a room with the history
 * `sinceJoin`: the caller may read the room's durable events since then.
 */
export function memberSince(at: Date): Membership {
  return { [joined]: at };
}

/** Whether a value was returned by {@link memberSince}. */
export function isMembership(value: unknown): value is Membership {
  return typeof value === 'object' && value !== null && joined in value;
}

/** When a membership began, in milliseconds since the Unix epoch. */
export function membershipStart(membership: Membership): number {
  return membership[joined].getTime();
}

/** The identity of a grant. */
export function grantedIdentity<Identity>(value: Grant<Identity>): Identity {
  return value[granted];
}

/** Whether a value was returned by {@link grant}. */
export function isGrant(value: unknown): value is Grant<unknown> {
  return typeof value === 'object' && value !== null && granted in value;
}

/** Whether a value was returned by {@link refuse}. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && refused in value;
}

/** The error of a refusal. */
export function refusalBody(refusal: Refusal): ErrorBody {
  return refusal[refused];
}
