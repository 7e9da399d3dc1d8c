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

/** The `auth` of a handshake, the same for all contracts of the application. */
export interface TokenAuth {
  readonly token: string;
}

/** Authenticates users in all namespaces, and disconnects them when their session ends. */
export interface Gate {
  /** Authenticates with the access token; `identityOf` returns a contract's identity of a user. */
  authenticate<Identity>(identityOf: (user: StoredUser) => Identity): Authenticate<TokenAuth, Identity>;
  /**
   * Binds a connection to its session. Call it when the connection is accepted.
   *
   * @returns false if the session has ended meanwhile; the connection is then disconnected.
   */
  welcome(socket: Socket): Promise<boolean>;
  /** Disconnects every tab of a session, from every namespace. */
  endSession(sessionId: string, namespaces: readonly Namespace[]): void;
}

/** Creates a {@link Gate} on the application's tokens. */
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

/** Clients other than browsers can send the token in a header, as with any other request. */
function tokenFromHeader(
  auth: Readonly<Record<string, unknown>>,
  { headers }: Handshake,
): Record<string, unknown> {
  return { ...auth, token: auth['token'] ?? bearerToken(headers.authorization) };
}

const sessionPrefix = 'session:';

/** A room outside the contract: an application can use its own Socket.IO rooms besides those of a contract. */
function sessionRoom(sessionId: string): string {
  return sessionPrefix + sessionId;
}

/** Whether a room is that of a session, whose name is private. */
export function isSessionRoom(room: string): boolean {
  return room.startsWith(sessionPrefix);
}
