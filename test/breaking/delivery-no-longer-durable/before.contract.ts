import { event, room } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const outbound = sample({
  rooms: { board: room({ boardId: z.string() }) },
  serverToClient: {
    saved: event({ payload: z.object({ text: z.string() }), room: 'board', delivery: 'durable' }),
  },
});
