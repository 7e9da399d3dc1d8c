import { event, room } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

const board = z.object({ boardId: z.string() });

export const inbound = sample({
  rooms: { board: room({ boardId: z.string() }), desk: room({ boardId: z.string() }) },
  clientToServer: {
    enter: event({ payload: board, joins: 'board' }),
    sit: event({ payload: board, joins: 'desk' }),
    save: event({ payload: board, within: 'board' }),
  },
});
