import { control, type Revoked } from '@sockeye/contract/wire';
import { logError } from '../report.ts';
import { sessionOf, type Runtime } from '../runtime.ts';
import type { Session } from '../session.ts';

/** Fields of an identity; everyone whose identity has the same values is meant. */
export type PartialIdentity = Readonly<Record<string, unknown>>;

/** Name of what nodes tell each other. */
const evicted = 'sockeye:evict';

/** Takes everyone with an identity out of some rooms: at once on this node, and on the others as soon as they hear. */
export function evict(runtime: Runtime, rooms: readonly string[], identity: PartialIdentity): void {
  evictHere(runtime, rooms, identity);
  const { namespace } = runtime;
  const told = { contract: runtime.table.contract.contract, rooms, identity };
  const tell = (nodes: number): void => {
    if (nodes > 1) namespace.serverSideEmit(evicted, told);
  };
  Promise.resolve(namespace.adapter.serverCount())
    .then(tell)
    .catch((error: unknown) => logError(runtime.options, { rooms, err: error }, 'other nodes were not told'));
}

/** Does what other nodes tell. */
export function heedEvictions(runtime: Runtime): void {
  const heed = (told: { contract?: unknown; rooms?: unknown; identity?: unknown } | null): void => {
    if (told?.contract !== runtime.table.contract.contract || !Array.isArray(told.rooms)) return;
    evictHere(runtime, told.rooms as string[], told.identity as PartialIdentity);
  };
  // Socket.IO's types know neither the events nor the name of what comes from other nodes.
  (runtime.namespace as unknown as { on(event: string, listener: typeof heed): void }).on(evicted, heed);
}

/** Takes a connection out of a room; a generated client is told, and hears nothing of the room after that. */
export function revoke(session: Session, room: string, code: string): void {
  const leaving = session.socket.leave(room) as unknown;
  if (leaving instanceof Promise) leaving.catch(() => undefined);
  if (session.client.stamp === undefined) return;
  session.socket.emit(control.revoked, { room, code } satisfies Revoked);
}

function evictHere(runtime: Runtime, rooms: readonly string[], identity: PartialIdentity): void {
  const { adapter, sockets } = runtime.namespace;
  for (const room of rooms) {
    for (const id of [...(adapter.rooms.get(room) ?? [])]) {
      const socket = sockets.get(id);
      const session = socket && sessionOf(runtime, socket);
      if (session !== undefined && isMeant(session.identity, identity)) revoke(session, room, 'FORBIDDEN');
    }
  }
}

function isMeant(identity: unknown, wanted: PartialIdentity): boolean {
  const entries = Object.entries(wanted);
  if (typeof identity !== 'object' || identity === null || entries.length === 0) return false;
  return entries.every(([key, value]) => (identity as Record<string, unknown>)[key] === value);
}
