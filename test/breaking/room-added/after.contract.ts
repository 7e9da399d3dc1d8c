import { room } from '@sockeye/contract';
import * as z from 'zod';
import { sample } from '../fixture.ts';

export const inbound = sample({ rooms: { board: room({ boardId: z.string() }) } });
