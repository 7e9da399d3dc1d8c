import type { Call, Scope } from './call.ts';
import type { ClientContract } from './contract-policy.ts';
import type { IdentifiedSocket } from './handler-context.ts';
import type { Runtime } from './runtime.ts';
import type { TokenBucket } from './token-bucket.ts';

/** One accepted connection. */
export interface Session {
  readonly runtime: Runtime;
  readonly socket: IdentifiedSocket<unknown>;
  readonly identity: unknown;
  /** When the credentials expire, in milliseconds since the Unix epoch; Infinity if they do not. */
  readonly expiresAt: number;
  /** Which contract the client speaks. */
  readonly client: ClientContract;
  /** How far the withdrawals were when its handshake began. */
  readonly turn: number;
  expired: boolean;
  /** Calls that arrived before `onConnect` finished; undefined afterwards. */
  waiting: { readonly call: Call; readonly data: readonly unknown[] }[] | undefined;
  /** Whose signals have been read, and must be aborted when the connection ends. */
  readonly signals: Set<Scope>;
  /** Rate limits in use, by the route's index. */
  readonly buckets: (TokenBucket | undefined)[];
  /** Rooms that a call is entering or leaving right now; settled when it is done. */
  readonly locks: Map<string, Promise<void>>;
  /** Called when the connection ends, by what waits for an answer of the client's. */
  readonly abandon: Set<() => void>;
}

/** What is known of a connection that was just accepted. */
export type SessionStart = Pick<Session, 'runtime' | 'socket' | 'identity' | 'expiresAt' | 'client' | 'turn'>;

/** Creates the session of a connection that was just accepted. */
export function createSession(start: SessionStart): Session {
  return {
    ...start,
    expired: false,
    waiting: [],
    signals: new Set(),
    buckets: [],
    locks: new Map(),
    abandon: new Set(),
  };
}
