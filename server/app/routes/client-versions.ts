import { Router } from 'express';
import type { Ops } from '../ops.ts';

/**
 * `GET /clients`, below `/ops`: which versions of clients this node meets, of every contract, so that an operator knows
 * when an old one is gone. It names versions, no users; what guards the operations endpoints guards it.
 */
export function clientVersionRoutes(ops: Pick<Ops, 'clients'>): Router {
  const router = Router();

  router.get('/clients', (_request, response) => {
    response.set('Cache-Control', 'no-store').json(ops.clients());
  });

  return router;
}
