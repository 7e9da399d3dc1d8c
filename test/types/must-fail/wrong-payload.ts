import { client, server } from '../board.ts';

client.emit('cursor:move', { boardId: 'b', x: '1', y: 2 }); // expect: TS2322
client.request('card:add', { boardId: 'b' }); // expect: TS2345
client.cardAdd({ boardId: 'b', text: 't', more: true }); // expect: TS2353
client.cardAdd(); // expect: TS2554
client.ping('now'); // expect: TS2345
client.onNotice(({ message }) => message); // expect: TS2339
client.answerConfirm(() => ({ yes: 'yes' })); // expect: TS2322
client.answerConfirm(() => {}); // expect: TS2345
server.all().emit('notice', { text: 1 }); // expect: TS2322
server.all().emit('notice'); // expect: TS2554
