import { client, ctx, server } from '../board.ts';

server.user({ userId: 'u' }).emit('card:added', { card: {} as never }); // expect: TS2345
server.board({ boardId: 'b' }).emit('notice', { text: 't' }); // expect: TS2345
server.all().emit('cursor:move', { boardId: 'b', userId: 'u', x: 1, y: 2 }); // expect: TS2345
ctx.all().emit('card:added', { card: {} as never }); // expect: TS2345
client.board({ boardId: 'b' }).on('notice', () => undefined); // expect: TS2345
