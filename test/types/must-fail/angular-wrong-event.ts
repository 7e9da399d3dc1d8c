import { injectBoardEvent, injectBoardRequest, injectCardAdd } from '../../golden/board/out/board.angular.gen.ts'; // expect: TS2724
import { fromBoardEvent, type BoardSocketService } from '../../golden/board/out/board.angular.gen.ts';

injectBoardEvent('card:aded', () => {}); // expect: TS2345
injectBoardEvent('card:add', () => {}); // expect: TS2345
fromBoardEvent('card:aded'); // expect: TS2345
injectBoardRequest('cursor:move'); // expect: TS2345
injectBoardRequest('board:join'); // expect: TS2345
injectCardAdd();
declare const service: BoardSocketService;
service.on('card:aded'); // expect: TS2345
service.emit('card:add', { boardId: 'b', text: '' }); // expect: TS2345
