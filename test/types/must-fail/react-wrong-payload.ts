import { createElement } from 'react';
import {
  BoardProvider,
  useBoardConnection,
  useBoardEvent,
  useBoardRequest,
  useCardAdded,
  useConfirm,
} from '../../golden/board/out/board.react.gen.ts';

createElement(BoardProvider, {}); // expect: TS2769
useCardAdded(({ text }) => text); // expect: TS2339
useBoardEvent('notice', ({ card }) => card); // expect: TS2339
useConfirm(() => ({ yes: 1 })); // expect: TS2322
useConfirm(() => {}); // expect: TS2345
useBoardConnection((now) => now.state); // expect: TS2339
void useBoardRequest('card:add').send({ boardId: 'b' }); // expect: TS2345
void useBoardRequest('card:add').send(); // expect: TS2554
void useBoardRequest('ping').send('hello'); // expect: TS2345
