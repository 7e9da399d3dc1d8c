import { expect, onTestFinished, test } from 'vitest';
import type { ContractStamp } from '@sockeye/contract/wire';
import { io } from 'socket.io-client';
import { call, clientOf, signIn, startReference } from '../e2e/reference.ts';

test('GET /ops/clients tells administrators which client versions are out there, of every contract', async () => {
  const app = await startReference();
  const [admin, user] = [await signIn(app, 'alice'), await signIn(app, 'bob')];
  const client = clientOf(app, user.accessToken);
  await new Promise<void>((resolve) => {
    client.connection.subscribe(() => {
      if (client.connection.getSnapshot().phase === 'connected') resolve();
    });
    client.connect();
  });
  const plain = io(`${app.url}/chat`, {
    auth: { token: user.accessToken },
    transports: ['websocket'],
    forceNew: true,
  });
  onTestFinished(() => void plain.close());
  await new Promise<void>((resolve) => plain.once('connect', resolve));
  const refused = async (token?: string) =>
    (await call(app, 'GET /ops/clients', token ? { token } : {})).status;
  expect([await refused(), await refused(user.accessToken)]).toEqual([401, 403]);

  const { status, body } = await call<ClientsReport>(app, 'GET /ops/clients', { token: admin.accessToken });
  const { contract, version, hash } = app.collab.contract;
  expect(status).toBe(200);
  expect(body.since).toMatch(/^\d{4}-.*Z$/);
  expect(body.servers).toContainEqual({ contract, version, hash });
  expect(body.servers.map((server) => server.contract).sort()).toEqual(['chat', 'collab', 'notifications']);
  expect(body.clients).toHaveLength(2);
  expect(body.clients).toContainEqual({
    contract,
    client: { contract, version, hash },
    verdict: 'same',
    decision: 'accept',
    current: 1,
    total: 1,
  });
  expect(body.clients).toContainEqual({
    contract: 'chat',
    verdict: 'unstamped',
    decision: 'accept',
    current: 1,
    total: 1,
  });
  expect(body.others).toEqual({ current: 0, total: 0 });
});

/** What the endpoint answers. */
interface ClientsReport {
  readonly since: string;
  readonly servers: readonly ContractStamp[];
  readonly clients: readonly { readonly contract: string }[];
  readonly others: object;
}
