import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMs } from './duration.ts';
import { nearest } from './nearest.ts';
import { codes, ContractError, errorBody, roomName, stampVerdict } from './wire.ts';

const server = { contract: 'board', version: '2.3.1', hash: 'abc' };

const stamps: readonly (readonly [stamp: unknown, verdict: string])[] = [
  [{ ...server }, 'same'],
  [{ ...server, hash: 'def' }, 'older'],
  [{ ...server, version: '2.3.0', hash: 'def' }, 'older'],
  [{ ...server, version: '2.0.9', hash: 'def' }, 'older'],
  [{ ...server, version: '2.3.2', hash: 'def' }, 'newer'],
  [{ ...server, version: '2.10.0', hash: 'def' }, 'newer'],
  [{ ...server, version: '1.9.9', hash: 'def' }, 'incompatible'],
  [{ ...server, version: '3.0.0', hash: 'def' }, 'incompatible'],
  [{ ...server, contract: 'chat' }, 'other-contract'],
  [{ ...server, version: '2.3', hash: 'def' }, 'malformed'],
  [{ contract: 'board' }, 'malformed'],
  [null, 'malformed'],
  ['2.3.1', 'malformed'],
];

const durations: readonly (readonly [text: string, ms: number | undefined])[] = [
  ['500ms', 500],
  ['1s', 1_000],
  ['2.5m', 150_000],
  ['1h', 3_600_000],
  ['0s', undefined],
  ['-1s', undefined],
  ['1d', 86_400_000],
  ['1w', undefined],
  ['1 s', undefined],
  ['', undefined],
];

describe('stampVerdict', () => {
  it.each(stamps)('%j is %s', (stamp, verdict) => expect(stampVerdict(stamp, server)).toBe(verdict));

  it('lets the minor play the major below 1.0.0', () => {
    const young = { contract: 'board', version: '0.4.0', hash: 'abc' };
    expect(stampVerdict({ ...young, version: '0.3.9', hash: 'x' }, young)).toBe('incompatible');
    expect(stampVerdict({ ...young, version: '0.4.1', hash: 'x' }, young)).toBe('newer');
  });
});

describe('durationMs', () => {
  it.each(durations)('%j is %s', (text, ms) => expect(durationMs(text)).toBe(ms));
});

describe('roomName', () => {
  it('writes parameters in the order of the keys', () => {
    expect(roomName('seat', ['row', 'table'], { table: 4, row: 'a' })).toBe('seat:a:4');
  });

  it('gives different rooms different names', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ':', '%', '3', 'A', '\ud800') });
    fc.assert(
      fc.property(text, text, text, text, (a, b, c, d) => {
        const same = roomName('r', ['x', 'y'], { x: a, y: b }) === roomName('r', ['x', 'y'], { x: c, y: d });
        expect(same).toBe(a === c && b === d);
      }),
    );
  });
});

describe('errors', () => {
  it('takes from the code what the caller leaves out', () => {
    expect(errorBody('TIMEOUT')).toEqual({
      code: 'TIMEOUT',
      message: codes.TIMEOUT.message,
      retryable: true,
    });
    expect(errorBody('BOARD_FULL', { details: { limit: 3 } })).toEqual({
      code: 'BOARD_FULL',
      message: 'BOARD_FULL',
      retryable: false,
      details: { limit: 3 },
    });
    expect(errorBody('constructor').retryable).toBe(false);
  });

  it('keeps the cause out of the body', () => {
    const error = new ContractError('CONFLICT', { message: 'Too late.', cause: new Error('secret') });
    expect(error).toMatchObject({ code: 'CONFLICT', message: 'Too late.' });
    expect(JSON.stringify(error.body)).toBe('{"code":"CONFLICT","message":"Too late.","retryable":false}');
  });
});

describe('nearest', () => {
  it.each([
    ['payloads', 'payload'],
    ['clientToSever', 'clientToServer'],
    ['WITHIN', 'within'],
    ['xyz', undefined],
  ])('%s is close to %s', (word, want) => {
    expect(nearest(word, ['payload', 'clientToServer', 'within', 'args'])).toBe(want);
  });
});
