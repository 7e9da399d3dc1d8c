import {
  ContractError,
  errorBody,
  INVALID,
  type ContractStamp,
  type ErrorBody,
  type Issue,
} from '@sockeye/contract/wire';
import type { Socket } from 'socket.io';
import { judgeContract, warnOf, type ClientContract } from './contract-policy.ts';
import { grantedIdentity, isGrant, isRefusal, refusalBody } from './grant.ts';
import { shapeFault } from './nesting.ts';
import { encodeOutgoing } from './outgoing.ts';
import { logError, logWarning } from './report.ts';
import type { Runtime } from './runtime.ts';

/** An accepted handshake. */
export interface Admission {
  readonly ok: true;
  readonly identity: unknown;
  /** Milliseconds since the Unix epoch; Infinity if the credentials do not expire. */
  readonly expiresAt: number;
}

/** What a refused client receives in the `data` of `connect_error`. */
export interface ConnectErrorBody extends ErrorBody {
  /** With CONTRACT_MISMATCH: the client's stamp, if it sent one. */
  readonly client?: ContractStamp;
  /** With CONTRACT_MISMATCH: the server's stamp. */
  readonly server?: ContractStamp;
  /** With CONTRACT_MISMATCH: the client is the older one, so that reloading it is likely to help. */
  readonly reload?: boolean;
}

/** The result of a handshake. */
export type HandshakeResult = Admission | { readonly ok: false; readonly error: ConnectErrorBody };

/** The result of a handshake, and the client's contract; absent if it was not checked. */
export interface Handshaken {
  readonly result: HandshakeResult;
  readonly client?: ClientContract;
}

/**
 * Checks a handshake: contract stamp, `auth`, identity. Clients are counted when they are authenticated, or refused
 * because of their contract. Never rejects.
 */
export async function judgeHandshake(runtime: Runtime, socket: Socket): Promise<Handshaken> {
  if (runtime.closing) return { result: refused(errorBody('UNAVAILABLE')) };
  const { sockeye: stamp, ...auth } = socket.handshake.auth as Record<string, unknown>;
  const client = judgeContract(runtime, stamp);
  const isRejected = client.decision === 'reject';
  const result = isRejected ? mismatch(runtime, client) : await authenticated(runtime, socket, auth);
  // A client accepted after the server began to close would never be disconnected.
  if (runtime.closing) return { result: refused(errorBody('UNAVAILABLE')) };
  if (isRejected || result.ok) warnOf(runtime, client, runtime.clients.met(client));
  return { result, client };
}

function mismatch(runtime: Runtime, { stamp: client, reload }: ClientContract): HandshakeResult {
  const { contract, version, hash } = runtime.table.contract;
  const theirs = client === undefined ? 'no contract' : `${client.contract} ${client.version}`;
  const remedy = reload ? 'Reload the client.' : 'Regenerate the client.';
  const message = `The server speaks ${contract} ${version}, the client ${theirs}. ${remedy}`;
  return refused({
    ...errorBody('CONTRACT_MISMATCH', { message }),
    ...(client === undefined ? {} : { client }),
    server: { contract, version, hash },
    reload,
  });
}

async function authenticated(
  runtime: Runtime,
  socket: Socket,
  given: Record<string, unknown>,
): Promise<HandshakeResult> {
  const { authenticate, authenticateTimeoutMs, bounds } = runtime.options;
  if (shapeFault(given, bounds) !== 'none') return refused(errorBody('UNAUTHENTICATED'));
  try {
    const auth = authenticate?.complete?.(given, socket.handshake) ?? given;
    const checked = runtime.table.auth === undefined ? auth : runtime.table.auth.decode(auth);
    if (checked === INVALID)
      return refused(errorBody('UNAUTHENTICATED', { issues: issuesOf(runtime, auth) }));
    if (authenticate === undefined) return admission(runtime, undefined, Number.POSITIVE_INFINITY);
    const data = socket.data as Record<string, unknown>;
    const verdict = await withDeadline(authenticate(checked, socket.handshake, data), authenticateTimeoutMs);
    if (verdict === late) return refused(errorBody('TIMEOUT'));
    if (isRefusal(verdict)) return refused(refusalBody(verdict));
    return isGrant(verdict)
      ? admission(runtime, grantedIdentity(verdict), verdict.expiresAt)
      : admission(runtime, verdict, Number.POSITIVE_INFINITY);
  } catch (error) {
    const isMeant = error instanceof ContractError;
    if (!isMeant || error.cause !== undefined) {
      logWarning(runtime.options, { socketId: socket.id, err: error }, 'authenticate failed');
    }
    return refused(isMeant ? error.body : errorBody('UNAUTHENTICATED'));
  }
}

function issuesOf(runtime: Runtime, auth: unknown): readonly Issue[] {
  const issues: Issue[] = [];
  runtime.table.auth?.decode(auth, issues);
  return issues;
}

/** Validates the identity and strips it to the contract. */
function admission(runtime: Runtime, identity: unknown, expiresAt: number): HandshakeResult {
  const validator = runtime.table.identity;
  if (validator === undefined) return { ok: true, identity, expiresAt };
  try {
    return {
      ok: true,
      identity: validator.decode(encodeOutgoing(validator, identity, 'the identity')),
      expiresAt,
    };
  } catch (error) {
    logError(
      runtime.options,
      { err: error },
      'authenticate returned an identity that does not match the contract',
    );
    return refused(errorBody('INTERNAL'));
  }
}

const late: unique symbol = Symbol('sockeye.late');

async function withDeadline(work: unknown, timeoutMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise((resolve) => {
    timer = setTimeout(resolve, timeoutMs, late);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function refused(error: ConnectErrorBody): HandshakeResult {
  return { ok: false, error };
}
