import { memoryLog } from '@sockeye/server/stores/memory';
import { expect, test } from 'vitest';
import { createHealth, type HealthParts } from './health.ts';

const services = {
  collab: { contract: { contract: 'collab', version: '1.0.0' } },
  ops: { connections: () => 2 },
} as HealthParts['services'];
const cluster: HealthParts['cluster'] = { health: () => ({ ok: false, queued: 0, dropped: 0 }) };

interface Given {
  readonly store?: boolean;
  readonly log?: boolean;
  readonly stopping?: boolean;
  readonly cluster?: HealthParts['cluster'];
}

test.each<[string, Given, object]>([
  ['everything works', {}, { ok: true, ready: true, status: 'ok' }],
  ['a store fails', { store: false }, { ok: false, ready: false, status: 'store unavailable' }],
  ['the log fails', { log: false }, { ok: false, ready: false, status: 'store unavailable' }],
  [
    'the log of all nodes fails',
    { log: false, cluster },
    { ok: false, ready: true, status: 'store unavailable' },
  ],
  ['it stops', { stopping: true }, { ok: false, ready: false, status: 'stopping' }],
])('where %s', async (_, given, want) => {
  const { store = true, log = true, stopping = false, cluster: shared } = given;
  const health = createHealth({
    stores: [
      { kind: 'memory', healthy: async () => true },
      { kind: 'memory', healthy: async () => store },
    ],
    eventLog: { ...memoryLog(), healthy: async () => log },
    cluster: shared,
    services,
    isStopping: () => stopping,
  });
  expect(await health()).toMatchObject({ ...want, sockets: 2, contract: 'collab@1.0.0' });
});
