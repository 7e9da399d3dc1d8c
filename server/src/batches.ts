/**
 * Many cursors, few frames. What a connection is sent in `volatile` events goes out at once while it is quiet; what comes
 * within a tick after that is collected, and sent as one frame at the tick's end, by the control event `sockeye:batch`.
 * Only clients whose handshake says that they can take it get that; everybody else gets a frame for every event.
 *
 * Collected are encoded packets, where Socket.IO writes them to a connection: whom they go to, over however many nodes,
 * has been decided by then, and nothing is encoded twice. A connection that is not ready gets its frame when it is; what
 * is kept for it meanwhile is bounded and the oldest goes first, so that the newest is told in the end.
 *
 * What is sent later does not overtake what is collected: it makes the frame go before it. So whoever is taken out of a
 * room, or leaves it, hears what the room was told before, and the news of it after. For one who reads so slowly that half
 * of its budget is used, the frame is left out then.
 *
 * @module batches
 */
import { control, type ContractTable } from '@sockeye/contract/wire';
import type { Socket } from 'socket.io';

/** What is kept for one connection and namespace at most: packets, and UTF-16 units of text. */
const bounds = { packets: 1_000, size: 256_000 };

/** What is collected for one connection. */
export interface Batch {
  /**
   * Writes an encoded packet; false where the connection is not ready to take it. One that something else `follows` is
   * written or left out in any case.
   */
  readonly write: (packet: string, follows: boolean) => boolean;
  readonly isReady: () => boolean;
  readonly batcher: Batcher;
  /** By what packets begin with: type and namespace. */
  readonly lanes: Map<string, Lane>;
  /** It was sent something within this tick. */
  isBusy: boolean;
}

interface Lane {
  /** Names of the events that are collected, as they are written. */
  readonly names: ReadonlySet<string>;
  /** Arguments of what is collected, each with its event's name. */
  readonly texts: string[];
  size: number;
}

/** Collects for the connections of one contract, at the cost of one timer for all of them. */
export interface Batcher {
  /** What the packets of the contract's namespace begin with. */
  readonly prefix: string;
  readonly names: ReadonlySet<string>;
  /** Sends what is collected for a connection at every tick, until there was nothing. */
  readonly watch: (batch: Batch) => void;
}

/** Makes a batcher; undefined for a contract without volatile events. `tickMs` in milliseconds; 0: nothing is collected. */
export function createBatcher(table: ContractTable, tickMs: number): Batcher | undefined {
  const volatile = Object.entries(table.serverToClient).filter(([, entry]) => entry.volatile);
  if (volatile.length === 0 || tickMs === 0) return undefined;
  const { namespace } = table.contract;
  const busy = new Set<Batch>();
  let isTicking = false;

  function tick(): void {
    for (const batch of busy) {
      batch.isBusy = flush(batch);
      if (!batch.isBusy) busy.delete(batch);
    }
    isTicking = busy.size > 0;
    if (isTicking) setTimeout(tick, tickMs).unref();
  }

  return {
    prefix: namespace === '/' ? '2' : `2${namespace},`,
    names: new Set(volatile.map(([event]) => JSON.stringify(event))),
    watch: (batch) => {
      batch.isBusy = true;
      busy.add(batch);
      if (isTicking) return;
      isTicking = true;
      setTimeout(tick, tickMs).unref();
    },
  };
}

/** Whether a client says that it takes batches. */
export function takesBatches({ handshake }: Socket): boolean {
  return (handshake.auth as { sockeye?: { batches?: unknown } | null }).sockeye?.batches === true;
}

/** Collects what the connection is sent in volatile events of a contract from now on. */
export function openLane({ lanes }: Batch, { prefix, names }: Batcher): void {
  const known = lanes.get(prefix);
  const both = new Set([...(known?.names ?? []), ...names]);
  lanes.set(prefix, { names: both, texts: known?.texts ?? [], size: known?.size ?? 0 });
}

/** Collects nothing of a contract any more; what was collected is forgotten. */
export function closeLane({ lanes }: Batch, { prefix }: Batcher): void {
  lanes.delete(prefix);
}

/** Takes a packet that is about to be written; true where it is kept, false where it has to go by itself. */
export function collect(batch: Batch, packets: readonly unknown[]): boolean {
  const [packet] = packets;
  if (packets.length !== 1 || typeof packet !== 'string') return false;
  const at = packet.indexOf('[');
  const lane = batch.lanes.get(packet.slice(0, at));
  if (lane?.names.has(packet.slice(at + 1, packet.indexOf('"', at + 2) + 1)) !== true) return false;
  if (!batch.isBusy) {
    batch.batcher.watch(batch);
    if (batch.isReady()) return false;
  }
  keep(lane, packet.slice(at));
  return true;
}

function keep(lane: Lane, text: string): void {
  const { texts } = lane;
  texts.push(text);
  lane.size += text.length;
  while (texts.length > bounds.packets || (lane.size > bounds.size && texts.length > 1)) {
    lane.size -= texts.shift()!.length;
  }
}

/**
 * Sends what is collected, as far as the connection is ready; false where there was nothing.
 *
 * @param follows Something else is written next: nothing may wait any longer.
 */
export function flush({ lanes, write }: Batch, follows = false): boolean {
  let had = false;
  for (const [prefix, lane] of lanes) {
    const { texts } = lane;
    if (texts.length === 0) continue;
    had = true;
    const packet = texts.length === 1 ? texts[0]! : `["${control.batch}",${texts.join(',')}]`;
    if (!write(prefix + packet, follows)) continue;
    texts.length = 0;
    lane.size = 0;
  }
  return had;
}
