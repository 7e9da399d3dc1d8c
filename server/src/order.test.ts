import { expect, test } from 'vitest';
import { zod } from './zod-validator.ts';
import * as z from 'zod';
import { stepsFor } from './pipeline.ts';

const payload = zod(z.object({ boardId: z.string() }));

const cases: [name: string, entry: object, want: string][] = [
  ['nothing to check', {}, 'admit invoke reply'],
  ['a payload', { payload }, 'admit validate invoke reply'],
  ['within a room', { payload, within: 'board' }, 'admit validate authorize invoke reply'],
  ['joining', { payload, joins: 'board' }, 'admit validate authorize invoke follow reply'],
  ['leaving', { payload, leaves: 'board' }, 'admit validate authorize invoke depart reply'],
  ['a command that takes effect once', { payload, once: true }, 'admit validate invokeOnce reply'],
];

test.each(cases)('%s', (_name, entry, want) => {
  const steps = stepsFor({ name: 'x', ...entry });
  expect(steps.map(({ name }) => name).join(' ')).toBe(want);
});
