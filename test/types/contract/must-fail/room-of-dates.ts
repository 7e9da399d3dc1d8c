import { date, room } from '@sockeye/contract';

// expect: TS2375
export const day = room({ at: date() });
