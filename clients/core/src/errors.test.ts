import { codes, ContractError as WireError } from '@sockeye/contract/wire';
import { expect, it } from 'vitest';
import { bodyOf, ContractError, errorOf, passing } from './errors.ts';

it('says of a code what the wire says of it', () => {
  const may = Object.entries(codes).filter(([, { retryable }]) => retryable);
  expect([...passing].sort()).toEqual(may.map(([code]) => code).sort());
  for (const [code, { retryable }] of Object.entries(codes)) {
    expect(errorOf(code).retryable, code).toBe(retryable);
  }
});

it.each([
  ['INVALID_PAYLOAD', 'Invalid payload.'],
  ['BOARD_FULL', 'Board full.'],
  ['constructor', 'constructor.'],
  ['__proto__', '_ proto  .'],
  ['', '.'],
])('says %s in words', (code, message) => {
  expect(errorOf(code)).toEqual({ code, message, retryable: false });
});

it('leaves out what is not known', () => {
  const error = errorOf('TIMEOUT', { message: undefined, details: undefined, retryAfterMs: 5 });
  expect(Object.keys(error)).toEqual(['code', 'message', 'retryable', 'retryAfterMs']);
  expect(error.message).toBe('Timeout.');
});

it.each([
  ['its own class', new ContractError('CONFLICT', { message: 'Taken.' })],
  ['that of the contract', new WireError('CONFLICT', { message: 'Taken.' })],
])('reads a thrown error of %s', (_, error) => {
  expect(bodyOf(error)).toEqual({ code: 'CONFLICT', message: 'Taken.', retryable: false });
});

it.each([[undefined], [null], ['CONFLICT'], [new Error('CONFLICT')], [{ code: 'CONFLICT' }]])(
  'reads nothing out of %s',
  (error) => expect(bodyOf(error)).toBeUndefined(),
);
