import { control, type Revoked } from '@sockeye/contract/wire';
import { logError } from '../report.ts';
import { sessionOf, type Runtime } from '../runtime.ts';
import type { Session } from '../session.ts';
import { newId } from '../stores/log.ts';

/** Fields of an identity; selects everyone whose identity has the same values. */
export type PartialIdentity = Readonly<Record<string, unknown>>;

/** Who is evicted from which rooms. */
export interface Eviction {
  readonly id: string;
  readonly rooms: readonly string[];
  readonly identity: PartialIdentity;
}

/** Name of the message between nodes. */
const evicted = 'sockeye:evict';

/**
 * Evicts everyone with an identity from some rooms: at once on this node, and on others when they receive the
 * message. If the contract has an event log, they also learn of it from there, however long they were unreachable.
 */
export function evict(runtime: Runtime, rooms: readonly string[], identity: PartialIdentity): void {
  const eviction: Eviction = { id: newId(), rooms, identity };
  takeOut(runtime, eviction);
  runtime.durable?.evictions.record(eviction);
  const { namespace } = runtime;
  const tell = (nodes: number): void => {
    if (nodes > 1)
      namespace.serverSideEmit(evicted, { contract: runtime.table.contract.contract, ...eviction });
  };
  Promise.resolve(namespace.adapter.serverCount())
    .then(tell)
    .catch((error: unknown) =>
      logError(runtime.options, { rooms, err: error }, 'an eviction could not be sent to other nodes'),
    );
}

/** Applies the evictions of other nodes. */
export function heedEvictions(runtime: Runtime): void {
  const heed = (told: (Partial<Eviction> & { readonly contract?: unknown }) | null): void => {
    if (told?.contract !== runtime.table.contract.contract || !Array.isArray(told.rooms)) return;
    const eviction = told as Eviction;
    // A node of an earlier version sends no id.
    if (runtime.durable === undefined || typeof eviction.id !== 'string') takeOut(runtime, eviction);
    else runtime.durable.evictions.apply(eviction);
  };
  // Socket.IO's types know neither the events nor the name of what comes from other nodes.
  (runtime.namespace as unknown as { on(event: string, listener: typeof heed): void }).on(evicted, heed);
}

/** Evicts a connection from a room; a generated client is notified and receives nothing of the room afterwards. */
export function revoke(session: Session, room: string, code: string): void {
  const leaving = session.socket.leave(room) as unknown;
  if (leaving instanceof Promise) leaving.catch(() => undefined);
  if (session.client.stamp === undefined) return;
  session.socket.emit(control.revoked, { room, code } satisfies Revoked);
}

/**
 * Evicts everyone on this node whom an eviction selects and `isWanted` accepts. Those who are only about to enter find
 * it among the withdrawals.
 */
export function takeOut(
  runtime: Runtime,
  eviction: Eviction,
  isWanted: (session: Session, room: string) => boolean = () => true,
): void {
  runtime.withdrawals.add(eviction);
  const { rooms, identity } = eviction;
  for (const room of rooms)
    for (const session of sessionsIn(runtime, room))
      if (isMeant(session.identity, identity) && isWanted(session, room)) revoke(session, room, 'FORBIDDEN');
}

/** The connections of this contract in a room, on this node. */
export function sessionsIn(runtime: Runtime, room: string): readonly Session[] {
  const { adapter, sockets } = runtime.namespace;
  return [...(adapter.rooms.get(room) ?? [])].flatMap((id) => {
    const socket = sockets.get(id);
    const session = socket && sessionOf(runtime, socket);
    return session === undefined ? [] : [session];
  });
}

/** Whether an eviction of `wanted` selects an identity. */
export function isMeant(identity: unknown, wanted: PartialIdentity): boolean {
  const entries = Object.entries(wanted);
  if (typeof identity !== 'object' || identity === null || entries.length === 0) return false;
  return entries.every(([key, value]) => (identity as Record<string, unknown>)[key] === value);
}
