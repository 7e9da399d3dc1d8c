import { expect, test } from 'vitest';
import { call, signIn } from '../e2e/reference.ts';
import { chromium, describeWith } from '../services.ts';
import { demoServer, urlOf } from './demo-server.ts';
import { patienceMs, peopleIn } from './people.ts';

describeWith(chromium(), 'visitors of the reference server', (executablePath) => {
  const { enter, visit } = peopleIn(executablePath);
  const { start } = demoServer();

  test(
    'whoever is disabled is shown out of both applications at once, and not let in again',
    async () => {
      const app = await start();
      const tabs = [
        await enter(urlOf(app, 'react'), 'Bob Lindqvist', { expected: /40[13]|WebSocket/ }),
        await enter(urlOf(app, 'angular'), 'Bob Lindqvist', { expected: /40[13]|WebSocket/ }),
      ];
      const { accessToken: token } = await signIn(app, 'alice');
      await call(app, 'POST /ops/users/u_bob', { token, body: { disabled: true } });
      for (const tab of tabs) {
        const told = tab.getByRole('alert');
        await told.waitFor();
        expect(await tab.getByRole('article').count()).toBe(0);
        await tab.getByRole('button', { name: 'Bob Lindqvist' }).click();
        await told.getByText('This account is disabled.').waitFor();
      }
    },
    patienceMs,
  );

  test(
    'a page with nothing but Socket.IO’s own client speaks to a person in an application',
    async () => {
      const app = await start();
      const plain = await visit(`${app.url}/plain/`);
      await plain.getByLabel('Password').fill('sockeye-demo');
      await plain.getByRole('button', { name: 'Connect' }).click();
      await plain.getByText('Connected over websocket.').waitFor();
      const alice = await enter(urlOf(app, 'react'), 'Alice Moreau');
      await plain
        .getByRole('region', { name: 'What happens on the board' })
        .getByText('online_users')
        .first()
        .waitFor();
      await alice.getByRole('link', { name: /^Chat/ }).click();
      await plain.getByLabel('Message').fill('Hello from a plain page');
      await plain.getByRole('button', { name: 'Send' }).click();
      await alice.getByText('Hello from a plain page').first().waitFor();
      await plain.getByText('Bob Lindqvist: Hello from a plain page').waitFor();
    },
    patienceMs,
  );
});
