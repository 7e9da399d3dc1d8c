import type { ContractTable, EventEntry } from '@sockeye/contract/wire';
import type { Namespace, Socket } from 'socket.io';
import type { Call } from './call.ts';
import type { ClientLedger } from './client-versions.ts';
import type { Deadlines } from './deadlines.ts';
import type { Durable } from './durable/serve.ts';
import type { Withdrawals } from './durable/withdrawals.ts';
import type { Presences } from './presence/serve.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import type { Route } from './route.ts';
import type { Session } from './session.ts';

/** A served contract: the state that all parts of the runtime share. */
export interface Runtime {
  readonly table: ContractTable;
  readonly options: ResolvedOptions;
  readonly namespace: Namespace;
  readonly routes: ReadonlyMap<string, Route>;
  readonly outgoing: ReadonlyMap<string, EventEntry>;
  /** Versions at which a server event changed its form, here and on nodes of later versions. */
  readonly turningPoints: string[];
  /** Which versions of clients there are. */
  readonly clients: ClientLedger;
  /** Property under which a socket carries its session. */
  readonly sessionKey: symbol;
  /** Prototype of the contexts that handlers are given. */
  contexts: object;
  /** Logs of rooms; undefined for a contract that has none, and until it is attached. */
  durable: Durable | undefined;
  /** Evictions as they became known here. */
  readonly withdrawals: Withdrawals;
  /** Who is in which room; undefined until the contract is attached. */
  presence: Presences | undefined;
  /** No new connections and events. */
  closing: boolean;
  /** Asynchronous calls that are not answered yet. */
  readonly running: Deadlines<Call>;
  /** Called when `running` is empty again. */
  onIdle: (() => void) | undefined;
}

/** The session of a socket; undefined if this contract has not accepted it. */
export function sessionOf(runtime: Runtime, socket: Socket): Session | undefined {
  return (socket as unknown as Record<symbol, Session | undefined>)[runtime.sessionKey];
}

/** Puts a session on its socket. */
export function bindSession(session: Session): void {
  (session.socket as unknown as Record<symbol, Session>)[session.runtime.sessionKey] = session;
  (session.socket.data as { identity: unknown }).identity = session.identity;
}
