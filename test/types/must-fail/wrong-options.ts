import { createBoardClient } from '../../golden/board/out/board.client.gen.ts';
import type { BoardServerOptions } from '../../golden/board/out/board.server.gen.ts';
import { handlers } from '../board.ts';

createBoardClient({}); // expect: TS2345
createBoardClient({ auth: () => ({ tokens: 't' }) }); // expect: TS2322

const authenticate = ({ token }: { readonly token: string }) => ({ id: token, name: 'n' });
export const noAuthorizer: BoardServerOptions = { authenticate, authorize: {}, handlers }; // expect: TS2741
export const noIdentity: BoardServerOptions = {
  authenticate: ({ token }) => ({ id: token }), // expect: TS2322
  authorize: { board: (ctx, { boardId }) => ctx.identity.id === boardId },
  handlers,
};
export const wrongParams: BoardServerOptions = {
  authenticate,
  authorize: { board: (_ctx, { userId }) => userId === '' }, // expect: TS2339
  handlers,
};
