import { client, server } from '../board.ts';

client.emit('cursor:moved', { boardId: 'b', x: 1, y: 2 }); // expect: TS2345
client.emit('card:add', { boardId: 'b', text: 't' }); // expect: TS2345
client.emit('board:join', { boardId: 'b' }); // expect: TS2345
client.request('cursor:move', { boardId: 'b', x: 1, y: 2 }); // expect: TS2345
client.on('card:remove', () => undefined); // expect: TS2345
client.answer('notice', () => undefined); // expect: TS2345
client.cardRemove({ boardId: 'b' }); // expect: TS2339
client.onCardRemoved(() => undefined); // expect: TS2339
server.all().emit('card:add', { boardId: 'b', text: 't' }); // expect: TS2345
