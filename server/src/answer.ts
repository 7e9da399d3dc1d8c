/**
 * The fast path for acks. Socket.IO prepares every ack for its debug output, more than once, and searches it for binary
 * data before writing it. An ack of plain JSON is written directly, in the same format; all others, and all acks of a
 * server with a custom parser, take Socket.IO's own path.
 *
 * @module answer
 */
import type { Socket } from 'socket.io';

/** Answers an event. */
export type Acknowledge = (...answers: unknown[]) => void;

/** The internals of a Socket.IO socket that are used. */
interface Answerer {
  packet(packet: Answer): void;
  readonly nsp: { readonly name: string; readonly server: { readonly opts?: { readonly parser?: unknown } } };
  readonly client: {
    readonly conn: { readonly readyState: string };
    readonly encoder?: { encode?(packet: Answer & { readonly nsp: string }): unknown };
    writeToEngine(packets: readonly string[], options: { readonly compress: boolean }): void;
  };
}

interface Answer {
  readonly type: number;
  readonly id: number;
  readonly data: readonly unknown[];
}

/** Packet type of an ack in Socket.IO's protocol. */
const type = 3;

/**
 * The prefix of a socket's acks on the wire; undefined if they have to take Socket.IO's own path. Only Socket.IO's
 * default encoder is supported.
 */
export function answerPrefix(socket: Socket): string | undefined {
  const { nsp, client } = socket as unknown as Answerer;
  const prefix = nsp.name === '/' ? '3' : `3${nsp.name},`;
  if (nsp.server.opts === undefined || nsp.server.opts.parser !== undefined) return undefined;
  if (typeof client.writeToEngine !== 'function') return undefined;
  const encoded = client.encoder?.encode?.({ type, nsp: nsp.name, id: 7, data: [{ ok: true }] });
  const isKnown = Array.isArray(encoded) && encoded.length === 1 && encoded[0] === `${prefix}7[{"ok":true}]`;
  return isKnown ? prefix : undefined;
}

/** The function that answers the event with an id, once. */
export function answerOnce(socket: object, id: number, prefix: string | undefined): Acknowledge {
  let isAnswered = false;
  return (...data) => {
    if (isAnswered) return;
    isAnswered = true;
    const answerer = socket as Answerer;
    if (prefix === undefined || !data.every(isPlain)) return answerer.packet({ type, id, data });
    const { client } = answerer;
    if (client.conn.readyState === 'open')
      client.writeToEngine([prefix + id + JSON.stringify(data)], { compress: true });
  };
}

/** Whether a value is plain JSON: nothing in it is binary or is converted by the encoder. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function';
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (!isPlain(value[index])) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const fields = value as Record<string, unknown>;
  for (const key in fields) if (!isPlain(fields[key])) return false;
  return true;
}
