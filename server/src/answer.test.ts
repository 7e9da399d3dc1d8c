import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import { describe, expect, test } from 'vitest';
import { answerOnce, answerPrefix } from './answer.ts';
import { serve, settled } from './served.fixture.ts';

interface Written {
  readonly packets: unknown;
  readonly options: unknown;
}

/** What a socket hands to its connection, instead of writing it. */
function written(socket: Socket, run: () => void): readonly Written[] {
  const all: Written[] = [];
  const client = socket.client as unknown as { writeToEngine?: unknown };
  const { writeToEngine } = client;
  client.writeToEngine = (packets: unknown, options: unknown) => void all.push({ packets, options });
  run();
  client.writeToEngine = writeToEngine;
  return all;
}

class Own {
  readonly field = 1;
}

const answers: [name: string, values: unknown[]][] = [
  ['nothing', []],
  ['an envelope', [{ ok: true, data: { id: 'ä"\n', list: [1, 2.5, -0, null], deep: { none: undefined } } }]],
  ['no data', [{ ok: true, data: undefined }]],
  ['several values', [1, 'two', null, undefined, false]],
  ['a number that is none', [Number.NaN]],
  ['binary data', [{ ok: true, data: { bytes: Buffer.from('abc') } }]],
  ['an array of bytes', [[new Uint8Array([1, 2])]]],
  ['a date', [{ at: new Date(0) }]],
  ['what turns into binary data', [{ data: { toJSON: () => Buffer.from('abc') } }]],
  ['an instance', [new Own()]],
  ['no prototype', [Object.assign(Object.create(null) as object, { a: 1 })]],
  ['a function within', [{ run: () => 1 }]],
  ['an array with holes', [[1, , 3]]], // eslint-disable-line no-sparse-arrays
];

describe.each(['/notes', '/'])('an answer on %s', (namespace) => {
  test.each(answers)('of %s is what Socket.IO writes', async (_name, values) => {
    await using served = await serve();
    const client = await served.connect();
    const [nested] = served.io.of('/notes').sockets.values();
    // The same connection, as it would be on the other namespace.
    const socket = Object.create(nested!, { nsp: { value: served.io.of(namespace) } }) as Socket;
    const prefix = answerPrefix(socket);
    expect(prefix).toBe(namespace === '/' ? '3' : '3/notes,');
    const own = written(socket, () => answerOnce(socket, 7, prefix)(...values));
    const theirs = written(socket, () => (socket as unknown as Acks).ack(7)(...values));
    expect(own).toEqual(theirs);
    expect(own).toHaveLength(1);
    await settled(client);
  });
});

interface Acks {
  ack(id: number): (...values: unknown[]) => void;
}

test('an event is answered once, and nobody who is gone', async () => {
  await using served = await serve();
  await served.connect();
  const [socket] = served.io.of('/notes').sockets.values();
  const prefix = answerPrefix(socket!);
  const answer = answerOnce(socket!, 1, prefix);
  expect(written(socket!, () => (answer(1), answer(2)))).toHaveLength(1);
  (socket!.conn as unknown as { close(discard: boolean): void }).close(true);
  expect(written(socket!, () => answerOnce(socket!, 2, prefix)(1))).toEqual([]);
});

class Decoder extends EventEmitter {
  add(text: string): void {
    this.emit('decoded', JSON.parse(text));
  }
  destroy(): void {
    this.removeAllListeners();
  }
}
class Encoder {
  encode(packet: unknown): string[] {
    return [JSON.stringify(packet)];
  }
}

test('a parser of the application writes its answers itself', async () => {
  const parser = { Encoder, Decoder };
  await using served = await serve({ io: { parser } });
  const client = await served.connect('ann', { parser });
  const [socket] = served.io.of('/notes').sockets.values();
  expect(answerPrefix(socket!)).toBeUndefined();
  expect(await client.emitWithAck('any', 1)).toEqual({ ok: true, data: 1 });
});
