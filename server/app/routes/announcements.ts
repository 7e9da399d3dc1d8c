import { Router } from 'express';
import * as z from 'zod';
import { collab } from '../../../contracts/collab/collab.contract.ts';
import { decodeBody } from '../http-error.ts';
import type { Notices } from '../notices.ts';
import { administrators } from './signed-in.ts';

const Announcement = collab.spec.serverToClient.announcement.spec.payload;
const NewAnnouncement = Announcement.pick({ text: true }).extend({
  level: Announcement.shape.level.default('info'),
});

/** `POST /announcements`: an administrator sends an announcement to everyone. */
export function announcementRoutes(notices: Notices): Router {
  const router = Router();

  router.post('/announcements', administrators, (request, response) => {
    const { text, level } = decodeBody(NewAnnouncement, request.body);
    response.status(201).json({ announcement: z.encode(Announcement, notices.announce(text, level)) });
  });

  return router;
}
