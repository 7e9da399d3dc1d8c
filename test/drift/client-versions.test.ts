import { expect, test } from 'vitest';
import type { ClientVersions } from '@sockeye/server';
import { call, clientOf, signIn, startReference } from '../e2e/reference.ts';

test('GET /ops/clients tells administrators which client versions are out there', async () => {
  const app = await startReference();
  const [admin, user] = [await signIn(app, 'alice'), await signIn(app, 'bob')];
  const client = clientOf(app, user.accessToken);
  await new Promise<void>((resolve) => {
    client.connection.subscribe(() => {
      if (client.connection.getSnapshot().phase === 'connected') resolve();
    });
    client.connect();
  });
  const refused = async (token?: string) =>
    (await call(app, 'GET /ops/clients', token ? { token } : {})).status;
  expect([await refused(), await refused(user.accessToken)]).toEqual([401, 403]);

  const { status, body } = await call<ClientVersions>(app, 'GET /ops/clients', { token: admin.accessToken });
  const { contract, version, hash } = app.collab.contract;
  expect(status).toBe(200);
  expect(body).toEqual({
    since: expect.stringMatching(/^\d{4}-.*Z$/),
    server: { contract, version, hash },
    clients: [
      { client: { contract, version, hash }, verdict: 'same', decision: 'accept', current: 1, total: 1 },
    ],
    others: { current: 0, total: 0 },
  });
});
