import { event, room } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const outbound = sample({
  rooms: { board: room({ boardId: z.string() }, { maxAge: '1h' }) },
  serverToClient: { saved: event({ payload: z.object({}), room: 'board', delivery: 'durable' }) },
});
