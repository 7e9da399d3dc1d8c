import { skipToken } from '@sockeye/react';
import { useBoard, useBoardEvent, useCursorMove, useNotice, useUser } from '../../golden/board/out/board.react.gen.ts'; // expect: TS2305

const board = useBoard({ boardId: 'b' });
useBoard({ boardID: 'b' }); // expect: TS2769
useBoard('b'); // expect: TS2769
useUser({ userId: 'u' });
useBoardEvent('notice', () => {}, { room: board }); // expect: TS2322
useNotice(() => {}, { room: board }); // expect: TS2554
useCursorMove(() => {}, { room: 'board:b' }); // expect: TS2322
const perhaps = useBoard(Math.random() > 2 ? { boardId: 'b' } : skipToken);
perhaps.room.name; // expect: TS18048
