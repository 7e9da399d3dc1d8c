/// <reference types="vite/client" />
import { createApi } from '../../../../demo/api.ts';
import { createPlaces } from '../../../../demo/place.ts';
import { createSession } from '../../../../demo/session.ts';
import { createToasts } from '../../../../demo/toasts.ts';
import { createCollabClient } from '../generated/collab.client.gen.ts';

/** The server's REST side. */
export const api = createApi();

/** The lines at the foot of the page. */
export const toasts = createToasts();

/** The address of the page. */
export const places = createPlaces(import.meta.env.BASE_URL);

/** Who is signed in, with a client of their own. */
export const session = createSession(api, () => {
  const client = createCollabClient({
    auth: async ({ reason }) => ({ token: await api.token(reason === 'expired') }),
    projections: { tasks: { load: ({ workspaceId }, { signal }) => api.tasks(workspaceId, signal) } },
  });
  return { client, close: client.close };
});

// A module that is replaced while developing must not leave its connection behind.
import.meta.hot?.dispose(session.dispose);
