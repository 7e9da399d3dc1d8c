import {
  bearerToken,
  grant,
  refuse,
  type Authenticate,
  type FixedCode,
  type Handshake,
} from '@sockeye/server';
import type { Namespace, Socket } from 'socket.io';
import type { Store, StoredUser } from './stores/store.ts';
import type { Tokens } from './tokens.ts';

/** What every contract of the application asks of a handshake. */
export interface TokenAuth {
  readonly token: string;
}

/** Lets users in, into any namespace, and sends them out again when their session ends. */
export interface Gate {
  /** Authenticates by access token; `identityOf` says what a contract knows of a user. */
  authenticate<Identity>(identityOf: (user: StoredUser) => Identity): Authenticate<TokenAuth, Identity>;
  /**
   * Ties a connection to its session. To be called when the connection is accepted.
   *
   * @returns false for one whose session has ended meanwhile, which is disconnected.
   */
  welcome(socket: Socket): Promise<boolean>;
  /** Disconnects every tab of a session, from every namespace. */
  endSession(sessionId: string, namespaces: readonly Namespace[]): void;
}

/** Makes a {@link Gate} on the application's tokens. */
export function createGate({ tokens, store }: { readonly tokens: Tokens; readonly store: Store }): Gate {
  const sessions = new WeakMap<Handshake, string>();

  return {
    authenticate: (identityOf) => {
      const authenticate: Authenticate<TokenAuth, ReturnType<typeof identityOf>> = async (
        { token },
        handshake,
      ) => {
        const verified = await tokens.access.verify(token);
        if (!verified.ok) return refuse(verified.error.code as FixedCode);
        const { identity, expiresAt } = verified.data;
        sessions.set(handshake, identity.sessionId);
        return grant(identityOf(identity.user), expiresAt);
      };
      return Object.assign(authenticate, { complete: tokenFromHeader });
    },
    welcome: async (socket) => {
      const sessionId = sessions.get(socket.handshake) ?? '';
      await socket.join(sessionRoom(sessionId));
      // A sign-out between the handshake and the line above would otherwise miss this connection.
      if (!(await store.sessions.get(sessionId))) socket.disconnect(true);
      return socket.connected;
    },
    endSession: (sessionId, namespaces) => {
      for (const namespace of namespaces) namespace.in(sessionRoom(sessionId)).disconnectSockets(true);
    },
  };
}

/** Clients that are no browsers may bring the token in a header, as with any other request. */
function tokenFromHeader(
  auth: Readonly<Record<string, unknown>>,
  { headers }: Handshake,
): Record<string, unknown> {
  return { ...auth, token: auth['token'] ?? bearerToken(headers.authorization) };
}

const sessionPrefix = 'session:';

/** A room beside the contract's: Socket.IO rooms of one's own and those of a contract live side by side. */
function sessionRoom(sessionId: string): string {
  return sessionPrefix + sessionId;
}

/** Whether a room is that of a session, whose name is nobody's business. */
export function isSessionRoom(room: string): boolean {
  return room.startsWith(sessionPrefix);
}
