import type { Validator } from '@sockeye/contract/wire';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { serve, table } from './served.fixture.ts';
import { zod } from './zod-validator.ts';

const deep: unknown = JSON.parse('['.repeat(200) + ']'.repeat(200));
const list = z.object({ list: z.array(z.int()).max(20) });
const answered = { ok: true, data: { list: [1] } };
const tooLarge = { ok: false, error: { code: 'TOO_LARGE' } };

/** A schema that bounds what it takes does not look into what it drops; one that does not say so is walked first. */
test.each<[name: string, closed: number | undefined, payload: unknown, want: object]>([
  ['an unknown key of a schema that bounds itself is dropped unseen', 20, { list: [1], deep }, answered],
  ['an unknown key of any other schema is looked at', undefined, { list: [1], deep }, tooLarge],
  ['arrays longer than the server allows are looked at', 10_001, { list: [1], deep }, tooLarge],
  [
    'what the schema names is for the schema to refuse',
    20,
    { list: deep },
    { ok: false, error: { code: 'INVALID_PAYLOAD' } },
  ],
])('%s', async (_name, closed, payload, want) => {
  const validator: Validator = closed === undefined ? zod(list) : { ...zod(list), closed };
  const any = { name: 'any', payload: validator, ack: zod(z.unknown()) };
  await using served = await serve({ table: { ...table, clientToServer: { ...table.clientToServer, any } } });
  const socket = await served.connect();
  expect(await socket.emitWithAck('any', payload)).toMatchObject(want);
});
