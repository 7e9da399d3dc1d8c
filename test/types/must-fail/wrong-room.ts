import { client, ctx, server } from '../board.ts';

client.board({ boardID: 'b' }); // expect: TS2561
client.board('b'); // expect: TS2345
client.user({ userId: 'u' }); // expect: TS2339
server.board({ boardId: 1 }); // expect: TS2322
server.board(); // expect: TS2555
server.user({ boardId: 'b' }); // expect: TS2353
ctx.workspace({ boardId: 'b' }); // expect: TS2339
