import { ContractError } from '@sockeye/contract/wire';
import { describe, expect, test } from 'vitest';
import { serve, settled, type Change, type Ctx } from './served.fixture.ts';

const join = { boardId: 'b1' };
const never = new Promise<never>(() => undefined);

describe('every call is answered', () => {
  const cases: [name: string, handler: (payload: never, ctx: Ctx) => unknown, want: object][] = [
    [
      'value',
      () => ({ id: 'c', text: 't', at: new Date(0) }),
      { ok: true, data: { id: 'c', text: 't', at: '1970-01-01T00:00:00.000Z' } },
    ],
    [
      'extra fields',
      () => ({ id: 'c', text: 't', at: new Date(0), passwordHash: 'x' }),
      { ok: true, data: { id: 'c', text: 't', at: '1970-01-01T00:00:00.000Z' } },
    ],
    ['promise', async () => ({ id: 'c', text: 't', at: new Date(0) }), { ok: true, data: { id: 'c' } }],
    [
      'thenable',
      () => ({ then: (done: (v: unknown) => void) => done({ id: 'c', text: 't', at: new Date(0) }) }),
      { ok: true },
    ],
    [
      'own failure',
      (_p, ctx) => ctx.fail('FULL', { limit: 3 }),
      { ok: false, error: { code: 'FULL', details: { limit: 3 }, retryable: false } },
    ],
    [
      'fixed failure',
      async (_p, ctx) => ctx.fail('CONFLICT', undefined, 'gone'),
      { ok: false, error: { code: 'CONFLICT', message: 'gone' } },
    ],
    [
      'thrown ContractError',
      () => {
        throw new ContractError('UNAVAILABLE', { retryAfterMs: 5 });
      },
      { ok: false, error: { code: 'UNAVAILABLE', retryable: true, retryAfterMs: 5 } },
    ],
    [
      'throw',
      () => {
        throw new Error('secret');
      },
      { ok: false, error: { code: 'INTERNAL', message: 'Internal error.' } },
    ],
    [
      'throw null',
      () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what JavaScript allows
        throw null;
      },
      { ok: false, error: { code: 'INTERNAL' } },
    ],
    [
      'reject',
      async () => {
        throw new Error('secret');
      },
      { ok: false, error: { code: 'INTERNAL', message: 'Internal error.' } },
    ],
    [
      'undeclared code',
      (_p, ctx) => ctx.fail('NOPE'),
      { ok: false, error: { code: 'INTERNAL', message: 'Internal error.' } },
    ],
    [
      'wrong details',
      (_p, ctx) => ctx.fail('FULL', { limit: 'x' }),
      { ok: false, error: { code: 'INTERNAL' } },
    ],
    ['wrong answer', () => ({ id: 1 }), { ok: false, error: { code: 'INTERNAL' } }],
    [
      'client-side code',
      () => {
        throw new ContractError('DISCONNECTED');
      },
      { ok: false, error: { code: 'INTERNAL' } },
    ],
    [
      'own emit is wrong',
      (_p, ctx) => ctx.all().emit('notice', { text: 1 }),
      { ok: false, error: { code: 'INTERNAL' } },
    ],
    [
      'exposed INTERNAL',
      () => {
        throw new ContractError('INTERNAL', { message: 'secret' });
      },
      { ok: false, error: { code: 'INTERNAL', message: 'Internal error.' } },
    ],
    ['never', () => never, { ok: false, error: { code: 'TIMEOUT', retryable: true } }],
  ];
  test.each(cases)('%s', async (_name, handler, want) => {
    await using served = await serve({ handlers: { 'card:add': handler } });
    const socket = await served.connect();
    await socket.emitWithAck('board:join', join);
    const answer = await socket.emitWithAck('card:add', { ...join, text: 'x' });
    expect(answer).toMatchObject(want);
    expect(JSON.stringify(answer)).not.toContain('secret');
    const code = (want as { error?: { code: string } }).error?.code ?? 'ok';
    expect(served.observations.find(({ event }) => event === 'card:add')).toMatchObject({
      outcome: code,
      socketId: socket.id,
      room: 'board:b1',
    });
    expect(served.logged.some(({ level }) => level === 'error')).toBe(code === 'INTERNAL');
  });

  test('a late rejection is logged and nothing else', async () => {
    let reject: (error: Error) => void = () => undefined;
    await using served = await serve({
      handlers: {
        'card:add': () =>
          new Promise((_r, no) => {
            reject = no;
          }),
      },
    });
    const socket = await served.connect();
    await socket.emitWithAck('board:join', join);
    expect(await socket.emitWithAck('card:add', { ...join, text: 'x' })).toMatchObject({
      error: { code: 'TIMEOUT' },
    });
    reject(new Error('too late'));
    await settled(socket);
    expect(served.logged.map(({ message }) => message)).toContain('"card:add" failed after its deadline');
  });

  test('the signal is aborted at the deadline and at a disconnect', async () => {
    const reasons: unknown[] = [];
    let started: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => {
      started = resolve;
    });
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      ended = resolve;
    });
    await using served = await serve({
      handlers: {
        'card:add': (_p, ctx) => {
          ctx.signal.addEventListener('abort', () =>
            reasons.push((ctx.signal.reason as { code: string }).code),
          );
          return never;
        },
        any: (_p, ctx) => {
          ctx.signal.addEventListener('abort', () => {
            reasons.push((ctx.signal.reason as { code: string }).code);
            ended();
          });
          started();
          return never;
        },
      },
    });
    const socket = await served.connect();
    await socket.emitWithAck('board:join', join);
    await socket.emitWithAck('card:add', { ...join, text: 'x' });
    expect(reasons).toEqual(['TIMEOUT']);
    socket.emit('any', 1);
    await seen;
    socket.disconnect();
    await end;
    expect(reasons).toEqual(['TIMEOUT', 'DISCONNECTED']);
  });
});

describe('what comes in', () => {
  const bad: [name: string, event: string, args: unknown[], want: object][] = [
    [
      'wrong payload',
      'board:join',
      [{ boardId: 1 }],
      { code: 'INVALID_PAYLOAD', issues: [{ path: ['boardId'], code: 'invalid_type' }] },
    ],
    ['no payload', 'board:join', [], { code: 'INVALID_PAYLOAD' }],
    ['three arguments', 'board:join', [join, {}, 1], { code: 'INVALID_PAYLOAD' }],
    ['meta of a wrong kind', 'board:join', [join, 'meta'], { code: 'INVALID_PAYLOAD' }],
    [
      'meta with a wrong id',
      'board:join',
      [join, { id: 5 }],
      { code: 'INVALID_PAYLOAD', issues: [{ path: ['id'] }] },
    ],
    ['payload where none is', 'ping', [{ a: 1 }], { code: 'INVALID_PAYLOAD' }],
    ['prototype key', 'any', [JSON.parse('{"a":{"__proto__":{"admin":true}}}')], { code: 'INVALID_PAYLOAD' }],
    ['constructor key', 'any', [{ constructor: 1 }], { code: 'INVALID_PAYLOAD' }],
    ['too deep', 'any', [JSON.parse('['.repeat(65) + ']'.repeat(65))], { code: 'TOO_LARGE' }],
    [
      'too wide',
      'any',
      [Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`k${i}`, i]))],
      { code: 'TOO_LARGE' },
    ],
    ['too many items', 'any', [Array.from({ length: 10_001 }, () => 0)], { code: 'TOO_LARGE' }],
    ['unknown event', 'nope', [1], { code: 'UNKNOWN_EVENT' }],
    ['not in the room', 'card:add', [{ ...join, text: 'x' }], { code: 'NOT_IN_ROOM' }],
  ];
  test.each(bad)('%s', async (_name, event, args, want) => {
    await using served = await serve();
    const socket = await served.connect();
    expect(await socket.emitWithAck(event, ...args)).toMatchObject({ ok: false, error: want });
    expect(served.observations.at(-1)).toMatchObject({ event, outcome: (want as { code: string }).code });
  });

  const good: [name: string, event: string, args: unknown[], want: unknown][] = [
    ['no payload', 'ping', [], { ok: true, data: 'pong' }],
    ['null for no payload', 'ping', [null], { ok: true, data: 'pong' }],
    ['empty object for no payload', 'ping', [{}, { id: 'k' }], { ok: true, data: 'pong' }],
    ['just deep enough', 'any', [JSON.parse('['.repeat(64) + ']'.repeat(64))], { ok: true }],
    ['event without a promised ack', 'limited', [{}], { ok: true }],
    ['positional arguments', 'sum', [1, 2], 3],
    ['binary', 'any', [Buffer.from('x')], { ok: true }],
  ];
  test.each(good)('accepts %s', async (_name, event, args, want) => {
    await using served = await serve();
    const socket = await served.connect();
    const answer: unknown = await socket.emitWithAck(event, ...args);
    if (typeof want === 'object') expect(answer).toMatchObject(want as object);
    else expect(answer).toBe(want);
  });

  test('an existing wire keeps its own acknowledgements', async () => {
    await using served = await serve();
    const socket = await served.connect();
    expect(await socket.emitWithAck('sum', 1)).toEqual({ failed: 'INVALID_PAYLOAD' });
    const args = await new Promise((resolve) =>
      socket.emit('pair', 'x', (...all: unknown[]) => resolve(all)),
    );
    expect(args).toEqual([null, 'x']);
    let answered = false;
    socket.emit('pair', 5, () => {
      answered = true;
    });
    await settled(socket);
    expect(answered).toBe(false);
  });

  test('metadata reaches the handler', async () => {
    await using served = await serve({
      handlers: { any: (_p, ctx) => [ctx.meta, ctx.event, ctx.identity, ctx.rawSocket.data] },
    });
    const socket = await served.connect();
    const identity = { id: 'ann', name: 'ANN' };
    expect(await socket.emitWithAck('any', 1, { id: 'k1', other: 1 })).toEqual({
      ok: true,
      data: [{ id: 'k1' }, 'any', identity, { identity }],
    });
  });

  test('calls over the rate are told when to come back', async () => {
    let now = 0;
    await using served = await serve({ now: () => now });
    const socket = await served.connect();
    const call = () => socket.emitWithAck('limited', {});
    expect([await call(), await call()]).toEqual([{ ok: true }, { ok: true }]);
    expect(await call()).toMatchObject({
      ok: false,
      error: { code: 'RATE_LIMITED', retryable: true, retryAfterMs: 500 },
    });
    now = 499;
    expect(await call()).toMatchObject({ error: { retryAfterMs: 1 } });
    now = 500;
    expect(await call()).toEqual({ ok: true });
  });

  test('events wait until onConnect is done, and keep their order', async () => {
    let open: () => void = () => undefined;
    const seen: unknown[] = [];
    const change: Change = {
      onConnect: () =>
        new Promise<void>((resolve) => {
          open = resolve;
        }),
      handlers: { any: (p) => void seen.push(p) },
    };
    await using served = await serve(change);
    const socket = await served.connect();
    const both = Promise.all([socket.emitWithAck('any', 1), socket.emitWithAck('any', 2)]);
    await new Promise<void>((resolve) => {
      socket.emit('nope', () => resolve());
    });
    expect(seen).toEqual([]);
    open();
    await both;
    expect(seen).toEqual([1, 2]);
  });

  test('an observer or a log that fails breaks nothing', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    await using served = await serve({
      // eslint-disable-next-line @typescript-eslint/no-misused-promises -- an observer that is async by mistake
      observe: () => Promise.reject(new Error('broken')),
      log: { error: broken, warn: broken },
      handlers: { any: broken },
    });
    const socket = await served.connect();
    expect(await socket.emitWithAck('any', 1)).toMatchObject({ error: { code: 'INTERNAL' } });
  });
});
