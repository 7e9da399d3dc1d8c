import type { Server as HttpServer } from 'node:http';
import type { EventLog, Observation, PresenceOptions, RateStore } from '@sockeye/server';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import type { Gate } from './gate.ts';
import { createCollabServer, type CollabServer } from './generated/collab.server.gen.ts';
import { cursorHandlers } from './handlers/cursors.ts';
import { editingHandlers } from './handlers/editing.ts';
import { announceArrivals, presenceHandlers, presentUsers } from './handlers/presence.ts';
import { mayFollow, projectHandlers } from './handlers/projects.ts';
import { typingHandlers } from './handlers/typing.ts';
import { workspaceHandlers } from './handlers/workspace.ts';
import type { OriginPolicy } from './origins.ts';
import { shownName } from './shown-name.ts';
import type { Cluster } from './stores/redis-cluster.ts';
import type { Store } from './stores/store.ts';

/** Largest Socket.IO message, in bytes. */
const maxMessageBytes = 64 * 1024;

/** Creates the Socket.IO server; pages of other origins are refused on every transport. */
export function createIo(server: HttpServer, origins: OriginPolicy, cluster?: Cluster): Server {
  return new Server(server, {
    ...(cluster && { adapter: cluster.adapter }),
    // For pages without a bundler: /socket.io/socket.io.esm.min.js.
    serveClient: true,
    connectTimeout: 10_000,
    maxHttpBufferSize: maxMessageBytes,
    allowRequest: (request, decide) => decide(null, origins.allows(request)),
    cors: (request, decide) =>
      decide(null, { origin: origins.allows(request) && (request.headers.origin ?? false) }),
  });
}

/** Dependencies of the sockets. */
export interface SocketParts {
  readonly store: Store;
  readonly gate: Gate;
  readonly eventLog: EventLog;
  readonly presence: PresenceOptions;
  /** Counts limits per user, over all nodes; absent: per connection. */
  readonly rates: RateStore | undefined;
  readonly observe: (observation: Observation) => void;
  readonly log: Logger;
}

/** Serves the contract on a Socket.IO server. */
export function createSockets(
  io: Server,
  { store, gate, eventLog, presence, rates, observe, log }: SocketParts,
): CollabServer {
  const collab = createCollabServer(io, {
    authenticate: gate.authenticate((user) => ({ id: user.id, name: shownName(user), email: user.email })),
    authorize: {
      workspace: async (ctx, { workspaceId }) =>
        (await store.workspaces.get(workspaceId))?.memberIds.includes(ctx.identity.id) ?? false,
      project: (ctx, project) => mayFollow(store, ctx.identity.id, project),
    },
    handlers: {
      ...workspaceHandlers,
      ...projectHandlers(store),
      ...typingHandlers,
      ...cursorHandlers,
      ...editingHandlers,
      ...presenceHandlers,
    },
    eventLog,
    presence: presentUsers,
    presenceOptions: presence,
    rateLimits: rates && { store: rates, key: ({ id }) => id },
    onConnect: async ({ rawSocket }) => void (await gate.welcome(rawSocket)),
    observe,
    log,
  });
  announceArrivals(collab);
  return collab;
}
