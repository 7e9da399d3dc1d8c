import { expect, test } from 'vitest';
import { zod } from './zod-validator.ts';
import * as z from 'zod';
import { stepsFor } from './pipeline.ts';

const payload = zod(z.object({ boardId: z.string() }));

const cases: [name: string, entry: object, want: string][] = [
  ['nothing to check', {}, 'admit unpack invoke reply'],
  ['a payload', { payload }, 'admit unpack validate invoke reply'],
  [
    'a rate',
    { payload, limit: { rate: 1, perMs: 1, burst: 1 } },
    'admit keepRate unpack validate invoke reply',
  ],
  ['within a room', { payload, within: 'board' }, 'admit unpack validate authorize invoke reply'],
  ['joining', { payload, joins: 'board' }, 'admit unpack validate authorize invoke follow reply'],
  ['leaving', { payload, leaves: 'board' }, 'admit unpack validate authorize invoke depart reply'],
  ['a command that takes effect once', { payload, once: true }, 'admit unpack validate invokeOnce reply'],
];

test.each(cases)('%s', (_name, entry, want) => {
  const steps = stepsFor({ name: 'x', ...entry });
  expect(steps.map(({ name }) => name).join(' ')).toBe(want);
});
