import { Router, type Request } from 'express';
import { httpError } from '../http-error.ts';
import type { Store, StoredWorkspace } from '../stores/store.ts';
import { publicUser } from './auth.ts';
import { principalOf } from './signed-in.ts';

/** `GET /me` and `GET /workspaces`: the caller, and the boards that they may open with their members. */
export function workspaceRoutes(store: Store): Router {
  const router = Router();

  router.get('/me', (request, response) => {
    response.json({ user: publicUser(principalOf(request).user) });
  });

  router.get('/workspaces', async (request, response) => {
    const found = await store.workspaces.of(principalOf(request).user.id);
    const workspaces = found.map(async ({ id, name, memberIds, projects = [] }) => {
      const members = await store.users.getMany(memberIds);
      return { id, name, projects, members: members.map((member) => ({ id: member.id, name: member.name })) };
    });
    response.json({ workspaces: await Promise.all(workspaces) });
  });

  return router;
}

/**
 * The workspace that a request's path names, to a member of it.
 *
 * @throws ContractError FORBIDDEN to everyone else, whether it exists or not.
 */
export async function workspaceOf(store: Store, request: Request): Promise<StoredWorkspace> {
  const workspace = await store.workspaces.get(String(request.params['workspaceId']));
  if (!workspace?.memberIds.includes(principalOf(request).user.id)) {
    throw httpError('FORBIDDEN', { message: 'You are not a member of this workspace.' });
  }
  return workspace;
}
