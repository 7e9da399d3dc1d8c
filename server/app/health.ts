import type { EventLog } from '@sockeye/server';
import type { Services } from './services.ts';
import type { Cluster } from './stores/redis-cluster.ts';
import type { Store } from './stores/store.ts';

/** Options of {@link createHealth}. */
export interface HealthParts {
  readonly stores: readonly Pick<Store, 'kind' | 'healthy'>[];
  readonly eventLog: EventLog;
  readonly cluster: Pick<Cluster, 'health'> | undefined;
  readonly services: Pick<Services, 'collab' | 'ops'>;
  readonly isStopping: () => boolean;
}

/** State of the server; further fields are for people. */
export interface Health {
  /** Everything works. */
  readonly ok: boolean;
  /**
   * Requests may come: also while what all nodes share is out of reach, which must not take all of them out at once.
   */
  readonly ready: boolean;
}

/** Version of the application. */
const version = '0.1.0';

/** Makes what `GET /health` answers. It never rejects. */
export function createHealth(parts: HealthParts): () => Promise<Health> {
  const { stores, eventLog, cluster, services, isStopping } = parts;
  const startedAt = performance.now();
  return async () => {
    const kept = (await Promise.all(stores.map((store) => store.healthy()))).every(Boolean);
    const logged = await eventLog.healthy();
    const healthy = kept && logged;
    const { contract, version: contractVersion } = services.collab.contract;
    return {
      ok: healthy && !isStopping(),
      ready: kept && (logged || cluster !== undefined) && !isStopping(),
      status: isStopping() ? 'stopping' : healthy ? 'ok' : 'store unavailable',
      store: { kind: stores[0]?.kind, ok: kept },
      eventLog: { kind: eventLog.kind, ok: logged, ...(await eventLog.backlog?.()) },
      ...(cluster && { cluster: cluster.health() }),
      sockets: services.ops.connections(),
      uptimeSeconds: Math.floor((performance.now() - startedAt) / 1_000),
      version,
      contract: `${contract}@${contractVersion}`,
    };
  };
}
