import { defineContract, event, room } from '@sockeye/contract';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from '../build-model.ts';
import { compare } from './compare.ts';
import { judge } from './judge.ts';

const model = (text: z.ZodType, delivery: 'event' | 'durable') =>
  buildModel(
    defineContract({
      name: 'x',
      version: '1.0.0',
      rooms: { board: room({ boardId: z.string() }) },
      clientToServer: {},
      serverToClient: { saved: event({ payload: z.object({ text }), room: 'board', delivery }) },
    }),
  ).model;

/** New clients refuse what the old server sent, which deployed clients do not notice. */
const tightened = (delivery: 'event' | 'durable') =>
  judge(compare(model(z.string(), delivery), model(z.string().min(5), delivery)), 'clients-lag');

test('what is stored has to be read by later clients, whatever the policy', () => {
  expect(tightened('event')).toMatchObject([
    { rule: 'length-tightened', clients: 'safe', level: 'dangerous' },
  ]);
  expect(tightened('durable')).toMatchObject([
    { rule: 'length-tightened', clients: 'safe', level: 'breaking' },
  ]);
});
