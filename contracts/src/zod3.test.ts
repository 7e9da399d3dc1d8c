import * as z4 from 'zod';
import { z } from 'zod/v3';
import { expect, expectTypeOf, test } from 'vitest';
import { zod3 } from './zod3.ts';

const Task = z.object({ title: z.string().min(1), done: z.boolean().default(false) });

test('an adopted schema is checked by its own parse, in both directions', () => {
  const adopted = zod3(Task);
  expect(z4.decode(adopted, { title: 'Fish', extra: 1 } as never)).toEqual({ title: 'Fish', done: false });
  expect(z4.encode(adopted, { title: 'Fish', done: true, extra: 1 } as never)).toEqual({
    title: 'Fish',
    done: true,
  });
  expectTypeOf<z4.output<typeof adopted>>().toEqualTypeOf<{ title: string; done: boolean }>();
  expectTypeOf<z4.input<typeof adopted>>().toEqualTypeOf<{ title: string; done?: boolean | undefined }>();
});

test('what it refuses is told with its place, inside a schema of Zod 4 too', () => {
  const list = z4.object({ tasks: z4.array(zod3(Task)) });
  expect(z4.safeDecode(list, { tasks: [{ title: 'Fish' }, { title: '' }] }).error?.issues).toMatchObject([
    { path: ['tasks', 1, 'title'], message: 'String must contain at least 1 character(s)' },
  ]);
});
