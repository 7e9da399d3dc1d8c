import { Router, type Request } from 'express';
import * as z from 'zod';
import { Message } from '../../../contracts/chat/schemas.ts';
import type { Chat, ChatUser } from '../chat/chat.ts';
import { decodeBody, httpError } from '../http-error.ts';
import { principalOf } from './signed-in.ts';

const Query = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/**
 * `GET /channels/:channelId/messages`: messages for clients without a socket, oldest first; `next` is the `before` of
 * the page with older ones, null if there are none.
 */
export function channelRoutes(chat: Pick<Chat, 'mayOpen' | 'history'>): Router {
  const router = Router();

  router.get('/channels/:channelId/messages', async (request, response) => {
    const channelId = String(request.params['channelId']);
    if (!(await chat.mayOpen(memberOf(request), channelId)))
      throw httpError('FORBIDDEN', { message: 'You are not a member of this channel.' });
    const { messages, more } = await chat.history(channelId, decodeBody(Query, request.query));
    const next = more ? (messages[0]?.seq ?? null) : null;
    response.json({ messages: z.encode(z.array(Message), messages), more, next });
  });

  return router;
}

function memberOf(request: Request): ChatUser {
  const { id, name, admin } = principalOf(request).user;
  return { id, name, role: admin ? 'admin' : 'member' };
}
