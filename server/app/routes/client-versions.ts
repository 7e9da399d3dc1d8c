import type { ClientVersions } from '@sockeye/server';
import { Router } from 'express';

/**
 * `GET /clients`, below `/ops`: which versions of clients this node meets, so that an operator knows when an old one
 * is gone. It names versions, no users; what guards the operations endpoints guards it.
 */
export function clientVersionRoutes(collab: { clients(): ClientVersions }): Router {
  const router = Router();

  router.get('/clients', (_request, response) => {
    const { since, ...versions } = collab.clients();
    response.set('Cache-Control', 'no-store').json({ since: new Date(since).toISOString(), ...versions });
  });

  return router;
}
