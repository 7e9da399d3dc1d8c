import { control } from '@sockeye/contract/wire';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { io as connectTo } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { elapse, officeTable, until } from './office.ts';

/** Scaled with `PRESENCE_USERS`: one grows with its square, the other with its cube. */
const users = Number(process.env['PRESENCE_USERS'] ?? 200);
const joinMs = users * 5;
const slots = 20;

/** CPU that a server, and server and clients, spend while everyone joins and is told, in milliseconds. */
async function costOf(kind: 'office' | 'naive'): Promise<{ readonly server: number; readonly all: number }> {
  const child = fork(path.join(import.meta.dirname, 'join-process.ts'), [kind], {
    execArgv: ['--conditions=@sockeye/source', '--import', 'tsx'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }];
  const spent = async (): Promise<number> => {
    child.send('spent');
    const [told] = (await once(child, 'message')) as [{ readonly spentMs: number }];
    return told.spentMs;
  };
  const { contract, version, hash } = officeTable.contract;
  const seen: number[] = Array<number>(users).fill(0);
  const sockets = await Promise.all(
    seen.map(async (_, index) => {
      const auth = { id: `user-${index}`, sockeye: { contract, version, hash } };
      const socket = connectTo(url, { transports: ['websocket'], forceNew: true, auth });
      onTestFinished(() => void socket.disconnect());
      socket.on('online', (list: { users: object[] }) => (seen[index] = list.users.length));
      socket.on(control.presence, (frame: { users?: object[]; joins?: object[] }) => {
        seen[index] = frame.users?.length ?? seen[index]! + (frame.joins?.length ?? 0);
      });
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      return socket;
    }),
  );
  await spent();
  const before = process.cpuUsage();
  const joins: Promise<unknown>[] = [];
  for (let slot = 0; slot < slots; slot += 1) {
    for (const socket of sockets.slice((slot * users) / slots, ((slot + 1) * users) / slots))
      joins.push(socket.emitWithAck('join', { workspaceId: 'w1' }));
    await elapse(joinMs / slots);
  }
  await Promise.all(joins);
  await until(() => seen.every((count) => count === users), 15_000);
  const { user, system } = process.cpuUsage(before);
  const server = await spent();
  return { server, all: server + (user + system) / 1_000 };
}

test(`${users} joins cost a server a small part of what the whole list on every join costs`, async () => {
  const [office, naive] = [await costOf('office'), await costOf('naive')];
  const text = ({ server, all }: typeof office) =>
    `${Math.round(server)} ms of CPU, ${Math.round(all)} ms with the clients'`;
  // eslint-disable-next-line no-console -- the figures are what the test is read for
  console.info(`${users} joins: ${text(office)}; the whole list each time: ${text(naive)}`);
  expect(office.server).toBeLessThan(naive.server);
  expect(office.all).toBeLessThan(naive.all / 2);
}, 60_000);
