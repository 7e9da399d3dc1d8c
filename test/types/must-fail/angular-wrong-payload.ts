import {
  fromBoardEvent,
  injectBoardConnection,
  injectBoardEvent,
  injectBoardRequest,
  injectCardAdded,
  injectConfirm,
  provideBoard,
  type BoardSocketService,
} from '../../golden/board/out/board.angular.gen.ts';

provideBoard({}); // expect: TS2345
provideBoard(() => ({ auth: () => ({ tokn: '' }) })); // expect: TS2345
injectCardAdded(({ text }) => text); // expect: TS2339
injectBoardEvent('notice', ({ card }) => card); // expect: TS2339
fromBoardEvent('notice').subscribe(({ card }) => card); // expect: TS2339
injectConfirm(() => ({ yes: 1 })); // expect: TS2322
injectConfirm(() => {}); // expect: TS2345
injectBoardConnection((now) => now.state); // expect: TS2339
void injectBoardRequest('card:add').send({ boardId: 'b' }); // expect: TS2345
void injectBoardRequest('card:add').send(); // expect: TS2554
void injectBoardRequest('ping').send('hello'); // expect: TS2345
declare const service: BoardSocketService;
service.emit('cursor:move', { boardId: 'b', x: '1', y: 2 }); // expect: TS2322
