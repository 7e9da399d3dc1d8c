import { expect, test } from 'vitest';
import { serve, type Change } from './served.fixture.ts';

const stamp = { contract: 'notes', version: '1.2.0', hash: 'abc' };
const behind = { ...stamp, version: '0.9.0', hash: 'x' };
const ahead = { ...stamp, version: '2.0.0', hash: 'x' };
const policies: [name: string, change: Change, sockeye: unknown, want: object | undefined][] = [
  [
    'rejects by default, and an older client is to be loaded anew',
    {},
    behind,
    { reload: true, server: stamp },
  ],
  ['a newer client is not', {}, ahead, { reload: false }],
  ['another contract is not', {}, { ...behind, contract: 'x' }, { reload: false }],
  ['warn', { contractPolicy: 'warn' }, behind, undefined],
  ['warn, malformed', { contractPolicy: 'warn' }, 'x', undefined],
  [
    'warn, where a stamp is required',
    { contractPolicy: 'warn', requireContract: true },
    undefined,
    undefined,
  ],
  ['a function that accepts', { contractPolicy: () => 'accept' }, ahead, undefined],
  ['a function that rejects the same version', { contractPolicy: () => 'reject' }, stamp, { client: stamp }],
  [
    'a function that rejects clients without a stamp',
    { contractPolicy: () => 'reject' },
    undefined,
    { server: stamp },
  ],
  ['a function that throws', { contractPolicy: () => { throw new Error('secret'); } }, stamp, { client: stamp }], // prettier-ignore
  ['a function that returns nothing', { contractPolicy: () => undefined as never }, stamp, { client: stamp }],
];
test.each(policies)('contractPolicy: %s', async (_name, change, sockeye, want) => {
  await using served = await serve(change);
  const auth = { token: 'a', ...(sockeye === undefined ? {} : { sockeye }) };
  const error = await served.connect('', { auth }).then(
    () => undefined,
    (caught: { data: unknown }) => caught,
  );
  if (want === undefined) expect(error).toBeUndefined();
  else expect(error?.data).toMatchObject({ code: 'CONTRACT_MISMATCH', ...want });
});

test('the policy is told of the client, the server and how they relate', async () => {
  const seen: unknown[] = [];
  await using served = await serve({ contractPolicy: (...asked) => (seen.push(asked), 'accept') });
  await served.connect('', { auth: { token: 'a', sockeye: behind } });
  await served.connect('', { auth: { token: 'a' } });
  expect(seen).toEqual([
    [behind, stamp, 'incompatible'],
    [undefined, stamp, 'unstamped'],
  ]);
});

test('the log is warned once for each kind of client, the observer told of each', async () => {
  await using served = await serve({ contractPolicy: 'warn' });
  for (const sockeye of [ahead, ahead, behind]) await served.connect('', { auth: { token: 'a', sockeye } });
  const told = served.observations.filter(({ event }) => event === 'connect').map(({ contract }) => contract);
  expect(told).toEqual([
    { stamp: ahead, verdict: 'incompatible', decision: 'warn', reload: false },
    { stamp: ahead, verdict: 'incompatible', decision: 'warn', reload: false },
    { stamp: behind, verdict: 'incompatible', decision: 'warn', reload: true },
  ]);
  expect(served.logged.filter(({ message }) => message.includes('accepted a client'))).toHaveLength(2);
});

test('counts clients by version: who was let in, who was turned away, who is here', async () => {
  await using served = await serve();
  const older = { ...stamp, version: '1.1.0', hash: 'x' };
  const gone = await served.connect('', { auth: { token: 'a', sockeye: older } });
  await served.connect('', { auth: { token: 'a', sockeye: older } });
  await served.connect('', { auth: { token: 'a' } });
  await served.connect('', { auth: { token: 'a', sockeye: ahead } }).catch(() => undefined);
  await served.connect('', { auth: { token: 5, sockeye: stamp } }).catch(() => undefined);
  const left = new Promise((resolve) =>
    served.notes.namespace.sockets.get(gone.id!)!.once('disconnect', resolve),
  );
  gone.disconnect();
  await left;
  const { server, clients, others } = served.notes.clients();
  expect(server).toEqual(stamp);
  expect(clients).toEqual([
    { client: older, verdict: 'older', decision: 'accept', current: 1, total: 2 },
    { verdict: 'unstamped', decision: 'accept', current: 1, total: 1 },
    { client: ahead, verdict: 'incompatible', decision: 'reject', current: 0, total: 1 },
  ]);
  expect(others).toEqual({ current: 0, total: 0 });
});
