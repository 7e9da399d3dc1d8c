import { client } from '../board.ts';

const result = await client.cardAdd({ boardId: 'b', text: 't' });
export const card = result.data; // expect: TS2339
if (!result.ok) {
  result.data; // expect: TS2339
  result.error.details.limit; // expect: TS18046
  if (result.error.code === 'BOARD_FULL') result.error.details.limit; // expect: TS18048
  if (result.error.code === 'BOARD_FUL') throw new Error('No such code.'); // expect: TS2367
}
const joined = await client.board({ boardId: 'b' }).join().ready;
export const cards = joined.data.cards; // expect: TS2339
