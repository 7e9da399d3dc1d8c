import { useBoardEvent, useBoardRequest, useCardAdd } from '../../golden/board/out/board.react.gen.ts'; // expect: TS2724

useBoardEvent('card:aded', () => {}); // expect: TS2345
useBoardEvent('card:add', () => {}); // expect: TS2345
useBoardRequest('cursor:move'); // expect: TS2345
useBoardRequest('board:join'); // expect: TS2345
useCardAdd();
