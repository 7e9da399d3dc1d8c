import { useBoard, useBoardRequest } from '../../golden/board/out/board.react.gen.ts';

const add = useBoardRequest('card:add');
export const text: string = add.data.text; // expect: TS18048
export const code: string = add.error.code; // expect: TS18048
if (add.status === 'error') {
  add.data.text; // expect: TS18048
  if (add.error.code === 'BOARD_FULL') add.error.details.limit; // expect: TS18048
  if (add.error.code === 'BOARD_FUL') throw new Error('No such code.'); // expect: TS2367
}
if (add.status === 'done') throw new Error('No such status.'); // expect: TS2367
const board = useBoard({ boardId: 'b' });
export const cards = board.data.cards; // expect: TS18048
if (board.phase === 'denied') board.data.cards; // expect: TS18048
/** Misses an error of the contract's own. */
export function tell(): string {
  if (add.status !== 'error') return '';
  switch (add.error.code) {
    case 'FORBIDDEN':
      return 'No.';
    case 'BOARD_FULL':
      return 'Full.';
    default:
      add.error satisfies never; // expect: TS1360
      return '';
  }
}
