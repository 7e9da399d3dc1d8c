/**
 * Limits the data that waits for slow clients. Engine.IO buffers without a limit what the transport cannot send, and
 * Socket.IO drops only `volatile` events; here the buffer has a budget.
 *
 * Data written within one turn of the event loop does not count, because no client could have read it yet. After
 * that, over half the budget, events with `delivery: 'event'` are dropped and counted; over the whole budget, or
 * after dropping for too long, the connection is closed with the reason `lagging`, so that the client reconnects and
 * catches up.
 *
 * @module backpressure
 */
import type { Socket } from 'socket.io';
import { closeLane, collect, flush, openLane, takesBatches, type Batch, type Batcher } from './batches.ts';
import { afterTurn, type Turning } from './turns.ts';

/** How much data may wait for one connection. */
export interface BackpressureOptions {
  /** Packets. Default: 1,000. */
  readonly maxPackets?: number | undefined;
  /** Bytes; a UTF-16 unit of text counts as one. Default: 1,000,000. */
  readonly maxBytes?: number | undefined;
  /** How long events are dropped before the connection is closed, in milliseconds. Default: 5,000. */
  readonly patienceMs?: number | undefined;
}

/** A connection with dropped events. */
export interface Lagging {
  readonly socketId: string;
  /** Number of events dropped since the connection last kept up. */
  readonly dropped: number;
  /** What waits for it. */
  readonly packets: number;
  readonly bytes: number;
}

/** Receives changes of a connection's state. */
export interface BackpressureListener {
  /** Dropping of events begins, or the connection is closed. */
  readonly onLagging: (socket: Socket, lagging: Lagging, action: 'drop' | 'close') => void;
  /** It keeps up again, after `dropped` events were dropped. */
  readonly onRecovered: (socket: Socket, dropped: number) => void;
}

/** Options with their defaults filled in. */
export type BackpressureRule = { readonly [Key in keyof BackpressureOptions]-?: number };

/** Fills in the defaults that {@link BackpressureOptions} documents. */
export function resolveBackpressure(given: BackpressureOptions = {}): BackpressureRule {
  return {
    maxPackets: given.maxPackets ?? 1_000,
    maxBytes: given.maxBytes ?? 1_000_000,
    patienceMs: given.patienceMs ?? 5_000,
  };
}

interface Meter extends Turning {
  readonly rule: BackpressureRule;
  /** Writes without a check. */
  readonly write: Writer['writeToEngine'];
  readonly close: () => void;
  /** Drops an event. */
  readonly drop: () => void;
  /** The first packet that waits; undefined while nothing does, as far as was looked. */
  oldest: unknown;
  /** Bytes that were written behind it, and its own. */
  bytes: number;
  /** It waits since an earlier turn of the event loop. */
  isStuck: boolean;
  dropped: number;
  /** When the first of them was dropped; 0 while none is. */
  since: number;
  closed: boolean;
  /** What is collected of volatile events; undefined where the client does not take batches. */
  batch: Batch | undefined;
}

/** As much of Engine.IO's connection as is needed. */
interface Connection {
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly writable: boolean; readonly socket?: { terminate?(): void } };
  close(discard?: boolean): void;
  on(event: 'drain' | 'close', listener: () => void): unknown;
  once(event: 'drain', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
}

/** As much of Socket.IO's client (one connection, all namespaces) as is needed. */
interface Writer {
  readonly conn: Connection;
  writeToEngine: (this: Writer, packets: readonly unknown[], options: WriteOptions) => void;
  [meterKey]?: Meter;
}

interface WriteOptions {
  readonly volatile?: boolean;
  /** Left out silently where an event would be dropped. Engine.IO does not know it. */
  readonly optional?: boolean;
}

interface Waiting {
  readonly options: WriteOptions;
  readonly size: number;
}

const meterKey: unique symbol = Symbol('sockeye.backpressure');

/** Watches a connection from now on; once for all of its namespaces. */
export function watchBackpressure(
  socket: Socket,
  rule: BackpressureRule,
  { onLagging, onRecovered }: BackpressureListener,
): void {
  const client = socket.client as unknown as Writer;
  if (client[meterKey] || typeof client.writeToEngine !== 'function') return;
  const { conn } = client;
  const meter: Meter = {
    rule,
    write: client.writeToEngine,
    close,
    drop,
    turn: 0,
    settle,
    oldest: undefined,
    bytes: 0,
    isStuck: false,
    dropped: 0,
    since: 0,
    closed: false,
    batch: undefined,
  };
  client[meterKey] = meter;
  let patience: NodeJS.Timeout | undefined;
  const seen = (): Lagging => ({
    socketId: socket.id,
    dropped: meter.dropped,
    packets: conn.writeBuffer.length,
    bytes: meter.bytes,
  });

  function close(): void {
    if (meter.closed) return;
    meter.closed = true;
    clearTimeout(patience);
    onLagging(socket, seen(), 'close');
    // A peer that does not read will not take part in a closing handshake either.
    const { socket: raw } = conn.transport;
    if (raw?.terminate) raw.terminate();
    else conn.close(true);
  }

  function drop(): void {
    meter.dropped += 1;
    if (meter.since > 0) return;
    meter.since = performance.now();
    onLagging(socket, seen(), 'drop');
    conn.on('drain', recover);
    patience = setTimeout(close, rule.patienceMs).unref();
  }

  function recover(): void {
    if (meter.since === 0 || meter.closed || conn.writeBuffer.length > 0) return;
    const { dropped } = meter;
    meter.dropped = meter.since = 0;
    conn.off('drain', recover);
    clearTimeout(patience);
    onRecovered(socket, dropped);
  }

  /** What still waits after a turn is stuck until the transport has taken everything. */
  function settle(): void {
    if (meter.oldest === conn.writeBuffer[0]) {
      meter.isStuck = true;
      conn.once('drain', clear);
    } else {
      clear();
    }
  }

  function clear(): void {
    meter.oldest = undefined;
    meter.bytes = 0;
    meter.isStuck = false;
  }

  conn.on('close', () => clearTimeout(patience));
  client.writeToEngine = writeWithin;
}

/** The write function of all watched connections: one for all, as broadcasts call it for each of their receivers. */
function writeWithin(this: Writer, packets: readonly unknown[], options: WriteOptions): void {
  const meter = this[meterKey]!;
  const { batch } = meter;
  if (batch === undefined) return put(this, packets, options);
  const { volatile: isVolatile = false } = options;
  if (isVolatile && collect(batch, packets)) return;
  // What may be dropped goes with what was collected before it: behind it, where the connection is ready for both.
  const isReady = batch.isReady();
  const had = flush(batch, !isVolatile);
  put(this, packets, isVolatile && isReady && had ? { ...options, volatile: false } : options);
}

/** Writes within the budget. Of a connection that is not ready Socket.IO itself drops what is volatile. */
function put(writer: Writer, packets: readonly unknown[], options: WriteOptions): void {
  const meter = writer[meterKey]!;
  const { conn } = writer;
  if (conn.transport.writable || options.volatile === true) return meter.write.call(writer, packets, options);
  if (meter.closed) return;
  const size = sizeOf(packets);
  const oldest = conn.writeBuffer[0];
  if (oldest === undefined || oldest !== meter.oldest) return putFirst(writer, packets, { options, size });
  if (meter.isStuck) {
    const { rule } = meter;
    const waiting = conn.writeBuffer.length;
    const isFull = waiting * 2 >= rule.maxPackets || (meter.bytes + size) * 2 > rule.maxBytes;
    if (isFull && options.optional) return;
    if (waiting >= rule.maxPackets || meter.bytes + size > rule.maxBytes) return meter.close();
    if (isFull && isDroppable(packets[0])) return meter.drop();
  }
  meter.bytes += size;
  meter.write.call(writer, packets, options);
}

/** Writes what begins to wait, or waits behind what is not the budget's: nobody could have read it yet. */
function putFirst(writer: Writer, packets: readonly unknown[], { options, size }: Waiting): void {
  const meter = writer[meterKey]!;
  meter.write.call(writer, packets, options);
  meter.oldest = writer.conn.writeBuffer[0];
  meter.bytes = size;
  meter.isStuck = false;
  if (meter.oldest !== undefined) afterTurn(meter);
}

/** Collects the volatile events that a watched connection is sent of a contract, where its client takes batches. */
export function batchVolatile(socket: Socket, batcher: Batcher): void {
  const client = socket.client as unknown as Writer;
  const meter = client[meterKey];
  if (meter === undefined || !takesBatches(socket)) return;
  const { conn } = client;
  const isReady = (): boolean => conn.transport.writable;
  const write = (packet: string, follows: boolean): boolean => {
    // Nobody is left to take it.
    if (conn.readyState !== 'open') return true;
    if (!follows && !isReady()) return false;
    put(client, [packet], { optional: true });
    return true;
  };
  const batch = (meter.batch ??= { write, isReady, batcher, lanes: new Map(), isBusy: false });
  openLane(batch, batcher);
  socket.on('disconnect', () => closeLane(batch, batcher));
}

/** Whether a connection is so far behind that events for it are dropped. */
export function isLagging(socket: Socket): boolean {
  const client = socket.client as unknown as Writer;
  const meter = client[meterKey];
  return meter !== undefined && (meter.closed || (meter.since > 0 && client.conn.writeBuffer.length > 0));
}

/**
 * Whether an encoded packet is an event that asks for no answer and is none of Sockeye's own. Socket.IO's protocol 5:
 * type, attachments, namespace, acknowledgement id, data.
 */
function isDroppable(packet: unknown): boolean {
  if (typeof packet !== 'string') return false;
  const match = /^[25](?:\d+-)?(?:\/[^,]*,)?(\d*)\["(sockeye:)?/.exec(packet);
  return match !== null && match[1] === '' && match[2] === undefined && !isDurable(packet);
}

/** Entries of a log carry their place; leaving one out would only make the client ask for it. */
function isDurable(packet: string): boolean {
  return packet.includes('"epoch":', Math.max(0, packet.length - 200));
}

function sizeOf(packets: readonly unknown[]): number {
  let size = 0;
  for (const packet of packets) size += (packet as { length?: number }).length ?? 0;
  return size;
}
