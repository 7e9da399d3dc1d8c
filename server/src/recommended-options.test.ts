import { expect, test } from 'vitest';
import { recommendedServerOptions } from './recommended-options.ts';
import { serve } from './served.fixture.ts';

const app = 'https://app.example.com';

const cases: [name: string, origin: string | undefined, transport: string, want: boolean][] = [
  ['listed', app, 'websocket', true],
  ['listed', app, 'polling', true],
  ['absent', undefined, 'websocket', true],
  ['null', 'null', 'websocket', false],
  ['other', 'https://evil.example', 'websocket', false],
  ['other', 'https://evil.example', 'polling', false],
  ['sub-domain', 'https://app.example.com.evil.example', 'websocket', false],
  ['other scheme', 'http://app.example.com', 'websocket', false],
];
test.each(cases)('origin %s: %s over %s', async (_name, origin, transport, want) => {
  await using served = await serve({ io: recommendedServerOptions({ origins: [app] }) });
  const headers = origin === undefined ? {} : { extraHeaders: { origin } };
  const connecting = served.connect('ann', { transports: [transport], ...headers });
  expect(
    await connecting.then(
      () => true,
      () => false,
    ),
  ).toBe(want);
});

test('clients without an origin can be kept out', async () => {
  await using served = await serve({
    io: recommendedServerOptions({ origins: [app], allowNoOrigin: false }),
  });
  await expect(served.connect()).rejects.toThrow();
});
