import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { io as connectTo } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { officeTable } from './office.ts';

/** How far a server's memory grows by 60 MB of events to a client that does not read, in bytes. */
async function grownBy(kind: 'office' | 'raw'): Promise<number> {
  const child = fork(path.join(import.meta.dirname, 'flood-process.ts'), [kind], {
    execArgv: ['--expose-gc', '--max-semi-space-size=2', '--conditions=@sockeye/source', '--import', 'tsx'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }];
  const { contract, version, hash } = officeTable.contract;
  const deaf = connectTo(url, {
    transports: ['websocket'],
    forceNew: true,
    auth: { id: 'deaf', sockeye: { contract, version, hash } },
  });
  onTestFinished(() => void deaf.disconnect());
  await once(deaf as never, 'connect');
  const { transport } = deaf.io.engine as unknown as {
    transport: { ws: { _socket: { pause(): void } } };
  };
  transport.ws._socket.pause();
  child.send('flood');
  const [{ grown }] = (await once(child, 'message')) as [{ readonly grown: number }];
  return grown;
}

test('a client that does not read costs less than 20 MB, and without a contract all that it was sent', async () => {
  const [office, raw] = [await grownBy('office'), await grownBy('raw')];
  // eslint-disable-next-line no-console -- the figures are what the test is read for
  console.info(`grown by ${(office / 1e6).toFixed(1)} MB; plain Socket.IO by ${(raw / 1e6).toFixed(1)} MB`);
  expect(office).toBeLessThan(20_000_000);
  expect(raw).toBeGreaterThan(60_000_000);
}, 30_000);
