import type { Server as HttpServer } from 'node:http';
import {
  bearerToken,
  grant,
  refuse,
  type Authenticate,
  type FixedCode,
  type Handshake,
  type Observation,
} from '@sockeye/server';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { createCollabServer, type CollabServer } from './generated/collab.server.gen.ts';
import type { CollabAuth, CollabIdentity } from './generated/collab.types.gen.ts';
import { cursorHandlers } from './handlers/cursors.ts';
import { editingHandlers } from './handlers/editing.ts';
import { presenceHandlers } from './handlers/presence.ts';
import { mayFollow, projectHandlers } from './handlers/projects.ts';
import { typingHandlers } from './handlers/typing.ts';
import { workspaceHandlers } from './handlers/workspace.ts';
import type { OriginPolicy } from './origins.ts';
import type { Presence } from './presence.ts';
import type { Store } from './stores/store.ts';
import type { Tokens } from './tokens.ts';

/** Largest Socket.IO message, in bytes. */
const maxMessageBytes = 64 * 1024;

/** Makes the Socket.IO server; pages of other origins are turned away on every transport. */
export function createIo(server: HttpServer, origins: OriginPolicy): Server {
  return new Server(server, {
    serveClient: false,
    connectTimeout: 10_000,
    maxHttpBufferSize: maxMessageBytes,
    allowRequest: (request, decide) => decide(null, origins.allows(request)),
    cors: (request, decide) =>
      decide(null, { origin: origins.allows(request) && (request.headers.origin ?? false) }),
  });
}

/** Everything that the sockets stand on. */
export interface SocketParts {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly presence: Presence;
  readonly log: Logger;
}

/** Sockets of the contract, and the way to end a session's. */
export interface Sockets {
  readonly collab: CollabServer;
  /** Disconnects every tab of a session. */
  endSession(sessionId: string): void;
}

/** Serves the contract on a Socket.IO server. */
export function createSockets(io: Server, { store, tokens, presence, log }: SocketParts): Sockets {
  const sessions = new WeakMap<Handshake, string>();

  const identify: Authenticate<CollabAuth, CollabIdentity> = async ({ token }, handshake) => {
    const verified = await tokens.access.verify(token);
    if (!verified.ok) return refuse(verified.error.code as FixedCode);
    const { identity, expiresAt } = verified.data;
    sessions.set(handshake, identity.sessionId);
    const { id, name, email } = identity.user;
    // The contract's limit for names that others see; a longer one would spoil whatever it is part of.
    return grant({ id, name: name.slice(0, 80), email }, expiresAt);
  };

  const collab = createCollabServer(io, {
    authenticate: Object.assign(identify, { complete: tokenFromHeader }),
    authorize: {
      workspace: async (ctx, { workspaceId }) =>
        (await store.workspaces.get(workspaceId))?.memberIds.includes(ctx.identity.id) ?? false,
      project: (ctx, project) => mayFollow(store, ctx.identity.id, project),
    },
    handlers: {
      ...workspaceHandlers(presence),
      ...projectHandlers(store),
      ...typingHandlers,
      ...cursorHandlers,
      ...editingHandlers,
      ...presenceHandlers(presence),
    },
    onConnect: async ({ rawSocket, identity }) => {
      const sessionId = sessions.get(rawSocket.handshake) ?? '';
      await rawSocket.join(sessionRoom(sessionId));
      // A sign-out between the handshake and the line above would otherwise miss this connection.
      if (!(await store.sessions.get(sessionId))) rawSocket.disconnect(true);
      if (rawSocket.connected) presence.connect(rawSocket.id, identity);
    },
    onDisconnect: ({ rawSocket }, reason) =>
      presence.disconnect(rawSocket.id, reason === 'client namespace disconnect'),
    observe: (observation) => logObservation(log, observation),
    log,
  });

  return {
    collab,
    endSession: (sessionId) => collab.namespace.in(sessionRoom(sessionId)).disconnectSockets(true),
  };
}

/** Clients that are no browsers may bring the token in a header, as with any other request. */
function tokenFromHeader(
  auth: Readonly<Record<string, unknown>>,
  { headers }: Handshake,
): Record<string, unknown> {
  return { ...auth, token: auth['token'] ?? bearerToken(headers.authorization) };
}

/** A room beside the contract's: Socket.IO rooms of one's own and those of a contract live side by side. */
function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`;
}

function logObservation(
  log: Logger,
  { event, direction, outcome, durationMs, socketId, identity, room }: Observation,
): void {
  const userId = (identity as { id?: string } | undefined)?.id;
  const fields = { event, direction, outcome, ms: Math.round(durationMs * 10) / 10, socketId, userId, room };
  if (event === 'connect' || event === 'disconnect') log.info(fields, 'socket');
  else log.debug(fields, 'event');
}
