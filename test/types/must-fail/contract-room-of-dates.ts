import { date, room } from '@sockeye/contract';

export const day = room({ at: date() }); // expect: TS2375
