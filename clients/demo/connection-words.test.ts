import type { Connection } from '@sockeye/client';
import { expect, test } from 'vitest';
import { connectionWords, secondsLeft } from './connection-words.ts';

const at = (changes: Partial<Connection>): Connection => ({
  phase: 'connected',
  attempt: 0,
  since: 0,
  invalid: 0,
  queued: 0,
  ...changes,
});
const error = { code: 'UNAVAILABLE', message: '', retryable: true };

test.each([
  ['connected', at({}), true, 'Live', undefined],
  ['at first', at({ phase: 'connecting' }), true, 'Connecting', undefined],
  ['never reached', at({ phase: 'connecting', error }), true, 'Connecting', 'retry'],
  ['lost', at({ phase: 'reconnecting', error }), true, 'Reconnecting', 'retry'],
  ['without a network', at({ phase: 'reconnecting', error }), false, 'Offline', undefined],
  ['out of date', at({ phase: 'incompatible' }), true, 'Outdated', 'reload'],
])('a connection that is %s', (_, connection, isOnline, word, action) => {
  const words = connectionWords(connection, isOnline);
  expect([words.word, words.action]).toEqual([word, action]);
  expect(words.text !== '').toBe(connection.error !== undefined || connection.phase === 'incompatible');
});

test.each([
  [undefined, undefined],
  [5_000, 4],
  [1_001, 1],
  [900, 0],
])('the next try at %s is in %s seconds', (retryAt, want) => {
  expect(secondsLeft(at(retryAt === undefined ? {} : { retryAt }), 1_000)).toBe(want);
});
