/**
 * The short way out. Socket.IO makes every answer ready for its debug output, more than once, and looks through it for
 * binary data before it writes it. An answer that is plain JSON is written at once, in the same words; everything else,
 * and all of a server with a parser of its own, goes Socket.IO's way.
 *
 * @module answer
 */
import type { Socket } from 'socket.io';

/** Answers an event. */
export type Acknowledge = (...answers: unknown[]) => void;

/** As much of a Socket.IO socket's inside as is needed. */
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

/** Type of an answer in Socket.IO's protocol. */
const type = 3;

/**
 * What a socket's answers begin with on the wire; undefined where they have to go Socket.IO's way. Only an encoder that
 * writes as Socket.IO's own does is known.
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

/** What answers the event with an id, once. */
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

/** Whether a value is written as JSON whatever the parser: nothing in it is binary, or turns into something else. */
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
