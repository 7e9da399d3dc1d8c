import { ContractError } from '@sockeye/contract/wire';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { turn } from './testing/fake-clock.ts';
import { harness } from './testing/harness.ts';

const card = { id: 'c1', text: 'hi', createdAt: '2026-01-02T03:04:05.000Z' };
const decoded = { card: { ...card, createdAt: new Date(card.createdAt) } };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a listener', () => {
  it.each([
    ['a payload', 'card:added', [{ card, extra: 1 }], decoded, {}],
    [
      'its room from the metadata',
      'card:added',
      [{ card }, { room: 'board:b1' }],
      decoded,
      { room: 'board:b1' },
    ],
    [
      'its room from the payload',
      'cursor:move',
      [{ boardId: 'b:1', x: 1 }],
      { boardId: 'b:1', x: 1 },
      { room: 'board:b%3A1' },
    ],
    ['metadata that is none', 'notice', [{ text: 'x' }, 'offset-17'], { text: 'x' }, {}],
    ['a tuple', 'pointed', [1, 2], [1, 2], {}],
    ['nothing', 'bell', [], undefined, {}],
    ['null for nothing', 'bell', [null, { room: 'board:b1' }], undefined, { room: 'board:b1' }],
    ['an empty object for nothing', 'bell', [{}], undefined, {}],
  ])('gets %s', async (_, event, args, payload, meta) => {
    const { client, server, connect } = harness();
    const seen: unknown[][] = [];
    client.on(event, (...got) => seen.push(got));
    await connect();
    server.push(event, ...args);
    expect(seen).toEqual([[payload, { ...meta, replayed: false }]]);
  });

  it('gets nothing that does not match; it is reported, counted and not thrown (32)', async () => {
    const { client, server, connect, invalid, errors } = harness();
    const seen: unknown[] = [];
    client.on('card:added', (payload) => seen.push(payload));
    client.on('bell', (payload) => seen.push(payload));
    await connect();
    server.push('card:added', { card: { ...card, createdAt: 'secret' } });
    server.push('card:added');
    server.push('bell', { ring: 1 });
    expect(seen).toEqual([]);
    expect(errors).toEqual([]);
    expect(client.connection.getSnapshot().invalid).toBe(3);
    expect(invalid).toMatchObject([
      {
        event: 'card:added',
        direction: 'inbound',
        issues: [{ path: ['card', 'createdAt'] }],
        excerpt: { card: { id: 'string', text: 'string', createdAt: 'string' } },
      },
      { event: 'card:added', excerpt: 'undefined' },
      { event: 'bell', issues: [{ code: 'invalid_type' }] },
    ]);
    expect(JSON.stringify(invalid)).not.toContain('secret');
  });

  it('has an identity of its own: registered twice it is called twice, and removed one by one (1, 2)', async () => {
    const { client, server, connect } = harness();
    let calls = 0;
    const count = () => calls++;
    const stops = [client.on('notice', count), client.on('notice', count)];
    client.on('notice', () => calls++);
    await connect();
    server.push('notice', { text: 'x' });
    expect(calls).toBe(3);
    stops[0]!();
    stops[0]!();
    server.push('notice', { text: 'x' });
    expect(calls).toBe(5);
    stops[1]!();
    server.push('notice', { text: 'x' });
    expect(calls).toBe(6);
  });

  it('ends with its signal', async () => {
    const { client, server, connect } = harness();
    const seen: unknown[] = [];
    const abort = new AbortController();
    client.on('notice', (payload) => seen.push(payload), { signal: abort.signal });
    client.on('notice', (payload) => seen.push(payload), { signal: AbortSignal.abort() });
    await connect();
    server.push('notice', { text: '1' });
    abort.abort();
    server.push('notice', { text: '2' });
    expect(seen).toEqual([{ text: '1' }]);
    // With nobody left to tell, the payload is not even looked at.
    server.push('notice', { text: 7 });
    expect(client.connection.getSnapshot().invalid).toBe(0);
  });

  it('that throws or rejects does not stop the others', async () => {
    const { client, server, connect, errors } = harness();
    const seen: unknown[] = [];
    client.on('notice', () => {
      throw new Error('sync');
    });
    client.on('notice', () => Promise.reject(new Error('async')));
    client.on('notice', (payload) => seen.push(payload));
    await connect();
    server.push('notice', { text: 'x' });
    await turn();
    expect(seen).toEqual([{ text: 'x' }]);
    expect(errors.map(String)).toEqual(['Error: sync', 'Error: async']);
  });

  it('that throws is reported as uncaught when nobody takes errors', async () => {
    const reported: unknown[] = [];
    vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
    const { client, server, connect } = harness({ onError: undefined });
    client.on('notice', () => {
      throw new Error('sync');
    });
    await connect();
    server.push('notice', { text: 'x' });
    expect(reported.map(String)).toEqual(['Error: sync']);
  });

  it('removed by another of the same event is not called; added ones are called next time', async () => {
    const { client, server, connect } = harness();
    const seen: string[] = [];
    const stop = { end: () => undefined as void };
    client.on('notice', () => {
      seen.push('first');
      stop.end();
      if (seen.length === 1) client.on('notice', () => seen.push('late'));
    });
    stop.end = client.on('notice', () => seen.push('second'));
    await connect();
    server.push('notice', { text: 'x' });
    expect(seen).toEqual(['first']);
    server.push('notice', { text: 'x' });
    expect(seen).toEqual(['first', 'first', 'late']);
  });

  it('may close the client', async () => {
    const { client, server, connect, phase, errors } = harness();
    const seen: unknown[] = [];
    client.on('notice', () => client.close());
    client.on('notice', (payload) => seen.push(payload));
    await connect();
    server.push('notice', { text: 'x' });
    expect([phase(), seen, errors]).toEqual(['closed', [], []]);
  });

  it('by a generated method is the same', async () => {
    const { client, server, connect } = harness();
    const seen: unknown[] = [];
    const stop = client.onCardAdded((payload) => seen.push(payload));
    await connect();
    server.push('card:added', { card });
    stop();
    server.push('card:added', { card });
    expect(seen).toEqual([decoded]);
  });
});

describe('a listener of a room', () => {
  it('gets the events of that room, and the client’s listeners get them too', async () => {
    const { client, server, connect, join } = harness();
    const seen: string[] = [];
    client.on('card:added', () => seen.push('all'));
    client.on('cursor:move', () => seen.push('all'));
    await connect();
    const one = await join('b1');
    const two = await join('b2');
    one.on('card:added', () => seen.push('one'));
    two.on('card:added', () => seen.push('two'));
    one.on('cursor:move', () => seen.push('one'));
    const stop = two.on('cursor:move', () => seen.push('two'));
    server.push('card:added', { card }, { room: 'board:b1' });
    expect(seen.splice(0)).toEqual(['all', 'one']);
    server.push('cursor:move', { boardId: 'b2', x: 1 });
    expect(seen.splice(0)).toEqual(['all', 'two']);
    stop();
    server.push('cursor:move', { boardId: 'b2', x: 1 });
    server.push('card:added', { card });
    server.push('card:added', { card }, { room: 'board:b3' });
    expect(seen).toEqual(['all', 'all', 'all']);
  });
});

describe('a question', () => {
  const ask = async (
    event: string,
    handler?: (payload: never) => unknown,
    payload: unknown = event === 'confirm' ? { question: 'q' } : { q: 'q' },
  ) => {
    const set = harness();
    if (handler) set.client.answer(event, handler);
    await set.connect();
    const answers: unknown[][] = [];
    set.server.push(event, payload, (...answer: unknown[]) => answers.push(answer));
    await turn();
    return { ...set, answers };
  };

  it.each([
    ['an envelope', 'confirm', { yes: true, extra: 1 }, [{ ok: true, data: { yes: true } }]],
    ['a promise of it', 'confirm', Promise.resolve({ yes: false }), [{ ok: true, data: { yes: false } }]],
    ['a bare value', 'choose', 'pong', ['pong']],
    ['bare values', 'pick', [1, 2], [1, 2]],
  ])('is answered with %s', async (_, event, value, want) => {
    expect((await ask(event, () => value)).answers).toEqual([want]);
  });

  const failures: [string, string, ((payload: never) => unknown) | undefined, unknown[][]][] = [
    ['nobody there', 'confirm', undefined, [[{ ok: false, error: { code: 'UNAVAILABLE' } }]]],
    [
      'a handler that throws',
      'confirm',
      () => Promise.reject(new Error('secret')),
      [[{ error: { code: 'INTERNAL' } }]],
    ],
    [
      'an error on purpose',
      'confirm',
      () => Promise.reject(new ContractError('CONFLICT')),
      [[{ error: { code: 'CONFLICT' } }]],
    ],
    ['an answer of another shape', 'confirm', () => 'yes', [[{ ok: false, error: { code: 'INTERNAL' } }]]],
    ['an existing wire with a failure', 'pick', undefined, [['UNAVAILABLE']]],
    ['an existing wire without one', 'choose', undefined, []],
  ];
  it.each(failures)('fails as the wire says: %s', async (_, event, handler, want) => {
    const { answers } = await ask(event, handler);
    expect(answers).toHaveLength(want.length);
    expect(answers).toMatchObject(want);
    expect(JSON.stringify(answers)).not.toContain('secret');
  });

  it('of another shape is refused with the issues, and reported', async () => {
    const { answers, invalid } = await ask('confirm', () => ({ yes: true }), { question: 7 });
    expect(answers).toMatchObject([
      [{ ok: false, error: { code: 'INVALID_PAYLOAD', issues: [{ path: ['question'] }] } }],
    ]);
    expect(invalid).toHaveLength(1);
  });

  it('that the contract does not know is answered so', async () => {
    expect((await ask('toString')).answers).toMatchObject([
      [{ ok: false, error: { code: 'UNKNOWN_EVENT' } }],
    ]);
  });

  it('without a promised answer is acknowledged, and reaches listeners', async () => {
    const { client, server, connect } = harness();
    const seen: unknown[] = [];
    client.on('notice', (payload) => seen.push(payload));
    await connect();
    const answers: unknown[] = [];
    server.push('notice', { text: 'x' }, (answer: unknown) => answers.push(answer));
    await turn();
    expect([seen, answers]).toEqual([[{ text: 'x' }], [{ ok: true, data: undefined }]]);
  });

  it('is answered by one handler at a time', async () => {
    const { client } = harness();
    const abort = new AbortController();
    const stop = client.answerConfirm(() => ({ yes: true }), { signal: abort.signal });
    expect(() => client.answerConfirm(() => ({ yes: true }))).toThrow(/"confirm" already has a handler/);
    stop();
    stop();
    client.answerConfirm(() => ({ yes: true }), { signal: abort.signal });
    abort.abort();
    client.answerConfirm(() => ({ yes: true }));
  });

  it('of a connection that is gone is not answered over the next', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const { client, server, connect, reconnect } = harness();
    client.answer('confirm', () => new Promise((resolve) => (answer = resolve)));
    await connect();
    const answers: unknown[] = [];
    server.push('confirm', { question: 'q' }, (value: unknown) => answers.push(value));
    await reconnect();
    answer({ yes: true });
    await turn();
    expect(answers).toEqual([]);
  });
});
