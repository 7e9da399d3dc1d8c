import { Router } from 'express';
import * as z from 'zod';
import { StoredNotification } from '../../../contracts/notifications/notifications.contract.ts';
import { decodeBody } from '../http-error.ts';
import type { Inbox } from '../inbox.ts';
import { principalOf } from './signed-in.ts';

const Query = z.object({
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const Id = z.object({ id: z.uuid() });

/**
 * `GET /notifications`, `POST /notifications/:id/read` and `POST /notifications/read-all`: the caller's
 * notifications, for clients without a socket, newest first. Marking updates every open tab. `next` is the `before`
 * of the page with older ones, null if there are none.
 */
export function notificationRoutes(inbox: Inbox): Router {
  const router = Router();

  router.get('/notifications', async (request, response) => {
    const { id } = principalOf(request).user;
    const { items, more } = await inbox.page(id, decodeBody(Query, request.query));
    const notifications = z.encode(z.array(StoredNotification), [...items]);
    const next = more ? (items.at(-1)?.id ?? null) : null;
    response.json({ notifications, unread: await inbox.unread(id), more, next });
  });

  router.post('/notifications/read-all', async (request, response) => {
    response.json({ unread: await inbox.markRead(principalOf(request).user.id) });
  });

  router.post('/notifications/:id/read', async (request, response) => {
    const { id } = decodeBody(Id, request.params);
    response.json({ unread: await inbox.markRead(principalOf(request).user.id, [id]) });
  });

  return router;
}
