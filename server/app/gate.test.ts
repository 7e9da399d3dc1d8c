import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { createGate } from './gate.ts';
import { memoryStore } from './stores/memory.ts';
import type { Tokens } from './tokens.ts';

const user = { id: 'u_ada', username: 'ada', name: 'Ada', email: 'ada@example.com', admin: false };
const session = { id: 'ses_one', userId: user.id, generation: 1, expiresAt: new Date(9e12) };

/** A connection that has passed the handshake, about to be welcomed. */
async function arriving() {
  const store = memoryStore();
  await store.sessions.put(session);
  const identity = { user: { ...user, passwordHash: '' }, sessionId: session.id };
  const access = { verify: async () => ({ ok: true, data: { identity, expiresAt: undefined } }) };
  const gate = createGate({ tokens: { access } as unknown as Tokens, store });
  const rooms: string[] = [];
  const connection = {
    handshake: { auth: {}, headers: {} },
    connected: true,
    join: async (room: string) => void rooms.push(room),
    disconnect: () => (connection.connected = false),
  };
  const socket = connection as unknown as Socket;
  const authenticate = gate.authenticate(({ id }) => ({ id }));
  await authenticate({ token: 'good' }, socket.handshake, {});
  return { store, gate, socket, rooms };
}

test('ties a connection to its session', async () => {
  const { gate, socket, rooms } = await arriving();
  expect(await gate.welcome(socket)).toBe(true);
  expect(rooms).toEqual(['session:ses_one']);
});

test('lets nobody in whose session ended between the handshake and the welcome', async () => {
  const { store, gate, socket } = await arriving();
  await store.sessions.end(session.id);
  expect(await gate.welcome(socket)).toBe(false);
});
