/**
 * Batches volatile events. The first event for a connection is sent at once; those that follow within a tick are sent
 * in one frame at its end, the control event `sockeye:batch`. This applies only to clients whose handshake contains
 * `batches: true`; others receive one frame per event.
 *
 * Batches contain encoded packets, collected where Socket.IO writes to a connection: the receivers are known by then,
 * on any number of nodes, and nothing is encoded twice. A connection that is not ready receives its frame later; what
 * waits for it is limited, and the oldest events are dropped first.
 *
 * Later events do not overtake a batch: it is sent before them. A client that leaves a room or is evicted therefore
 * receives the room's earlier events first. If the connection has used half of its budget, the batch is dropped.
 *
 * @module batches
 */
import { control, type ContractTable } from '@sockeye/contract/wire';
import type { Socket } from 'socket.io';

/** Limits for what waits for one connection and namespace: packets, and UTF-16 units of text. */
const bounds = { packets: 1_000, size: 256_000 };

/** The waiting events of one connection. */
export interface Batch {
  /**
   * Writes an encoded packet; false if the connection is not ready. If something else `follows`, the packet is written
   * or dropped in any case.
   */
  readonly write: (packet: string, follows: boolean) => boolean;
  readonly isReady: () => boolean;
  readonly batcher: Batcher;
  /** By the prefix of packets: type and namespace. */
  readonly lanes: Map<string, Lane>;
  /** Something was sent to it within this tick. */
  isBusy: boolean;
}

interface Lane {
  /** Names of the batched events, as they are written. */
  readonly names: ReadonlySet<string>;
  /** The waiting events: name and arguments of each. */
  readonly texts: string[];
  size: number;
}

/** Batches events for the connections of one contract, with one timer for all of them. */
export interface Batcher {
  /** The prefix of the packets of the contract's namespace. */
  readonly prefix: string;
  readonly names: ReadonlySet<string>;
  /** Sends the batch of a connection at every tick, until one is empty. */
  readonly watch: (batch: Batch) => void;
}

/**
 * Creates a batcher; undefined for a contract without volatile events. `tickMs` in milliseconds; 0: no batching.
 */
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

/** Whether a client supports batches. */
export function takesBatches({ handshake }: Socket): boolean {
  return (handshake.auth as { sockeye?: { batches?: unknown } | null }).sockeye?.batches === true;
}

/** Starts batching a contract's volatile events for a connection. */
export function openLane({ lanes }: Batch, { prefix, names }: Batcher): void {
  const known = lanes.get(prefix);
  const both = new Set([...(known?.names ?? []), ...names]);
  lanes.set(prefix, { names: both, texts: known?.texts ?? [], size: known?.size ?? 0 });
}

/** Stops batching for a contract; waiting events are dropped. */
export function closeLane({ lanes }: Batch, { prefix }: Batcher): void {
  lanes.delete(prefix);
}

/** Takes a packet that is about to be written; true if it is batched, false if it has to be written directly. */
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
 * Sends the batch if the connection is ready; false if it is empty.
 *
 * @param follows Something else is written next, so the batch must not wait any longer.
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
