import { skipToken } from '@sockeye/angular';
import { injectBoard, injectBoardEvent, injectCursorMove, injectNotice, injectUser } from '../../golden/board/out/board.angular.gen.ts'; // expect: TS2305

const board = injectBoard({ boardId: 'b' });
injectBoard({ boardID: 'b' }); // expect: TS2769
injectBoard('b'); // expect: TS2769
injectBoard(() => 'b'); // expect: TS2769
injectUser({ userId: 'u' });
injectBoardEvent('notice', () => {}, { room: board }); // expect: TS2322
injectNotice(() => {}, { room: board }); // expect: TS2353
injectCursorMove(() => {}, { room: 'board:b' }); // expect: TS2322
const perhaps = injectBoard(() => (Math.random() > 2 ? { boardId: 'b' } : skipToken));
perhaps.room().name; // expect: TS2532
