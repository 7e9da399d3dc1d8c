import { errorBody, type ErrorBody, type FixedCode } from '@sockeye/contract/wire';

const granted: unique symbol = Symbol('sockeye.grant');
const joined: unique symbol = Symbol('sockeye.membership');
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

/** That the caller is a member of a room, and since when. */
export interface Membership {
  readonly [joined]: Date;
}

/**
 * Lets the caller into a room as a member since a moment: what an authorizer returns for a room whose history is
 * `sinceJoin`, of which it may then read what happened after that moment.
 */
export function memberSince(at: Date): Membership {
  return { [joined]: at };
}

/** Whether a value was made by {@link memberSince}. */
export function isMembership(value: unknown): value is Membership {
  return typeof value === 'object' && value !== null && joined in value;
}

/** When a membership began, in milliseconds since the Unix epoch. */
export function membershipStart(membership: Membership): number {
  return membership[joined].getTime();
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
