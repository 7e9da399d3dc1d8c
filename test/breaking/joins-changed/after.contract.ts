import { event, room } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({
  rooms: { board: room({ boardId: z.string() }), desk: room({ boardId: z.string() }) },
  clientToServer: { save: event({ payload: z.object({ boardId: z.string() }), joins: 'desk' }) },
});
