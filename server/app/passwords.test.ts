import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

const cheap = 2 ** 10;

test('a password is told from others, by a hash with a salt of its own', async () => {
  const stored = await hashPassword('correct horse', cheap);
  expect(stored).toMatch(/^scrypt\$1024\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await hashPassword('correct horse', cheap)).not.toBe(stored);
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  expect(await verifyPassword('correct hors', stored)).toBe(false);
});

test('letters that look alike are alike, however they were typed', async () => {
  const stored = await hashPassword('caf\u00e9', cheap);
  expect(await verifyPassword('cafe\u0301', stored)).toBe(true);
});

test.each<[string, string | undefined]>([
  ['an unknown user', undefined],
  ['an empty hash', ''],
  ['a hash of another kind', '$2b$12$abcdefghijklmnopqrstuv'],
])('nothing passes for %s', async (_, stored) => {
  expect(await verifyPassword('', stored)).toBe(false);
  expect(await verifyPassword('A', stored)).toBe(false);
});
