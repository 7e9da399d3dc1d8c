import { injectBoard, injectBoardRequest } from '../../golden/board/out/board.angular.gen.ts';

const add = injectBoardRequest('card:add');
export const text: string = add.data().text; // expect: TS2532
export const code: string = add.error().code; // expect: TS2532
const now = add.state();
if (now.status === 'error') {
  now.data.text; // expect: TS18048
  if (now.error.code === 'BOARD_FULL') now.error.details.limit; // expect: TS18048
  if (now.error.code === 'BOARD_FUL') throw new Error('No such code.'); // expect: TS2367
}
if (add.status() === 'done') throw new Error('No such status.'); // expect: TS2367
const board = injectBoard({ boardId: 'b' }).state();
export const cards = board.data.cards; // expect: TS18048
if (board.phase === 'denied') board.data.cards; // expect: TS18048
/** Misses an error of the contract's own. */
export function tell(): string {
  if (now.status !== 'error') return '';
  switch (now.error.code) {
    case 'FORBIDDEN':
      return 'No.';
    case 'BOARD_FULL':
      return 'Full.';
    default:
      now.error satisfies never; // expect: TS1360
      return '';
  }
}
