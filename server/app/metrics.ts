import type { EventLog, Observation } from '@sockeye/server';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Counters of one contract, for the operations page; Prometheus gets more, in its own format. */
export interface ContractCounters {
  readonly connections: number;
  /** Events that clients sent, and of those how many ended with an error. */
  readonly received: number;
  readonly refused: number;
  /** Events that the server sent, each counted once whatever the number of receivers. */
  readonly sent: number;
}

/** The part of a contract's server that {@link Metrics} uses. */
export interface Observed {
  readonly contract: { readonly contract: string };
  readonly namespace: { readonly sockets: { readonly size: number } };
}

type WaitedFor = Pick<EventLog, 'backlog'>;

/** Counts what happens, for Prometheus and for the operations page. */
export interface Metrics {
  /** Creates the observer of one contract. */
  observer(contract: string): (observation: Observation) => void;
  /** Counts the connections of a server. */
  watch(server: Observed): void;
  /** Counts the committed events that wait for a remote log. */
  watchLog(log: WaitedFor): void;
  /** By contract. */
  counters(): Readonly<Record<string, ContractCounters>>;
  /** Prometheus' text format, and its content type. */
  readonly contentType: string;
  text(): Promise<string>;
}

/** Upper bounds of durations, in seconds: from a synchronous handler to the default deadline. */
const buckets = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** Creates {@link Metrics}; two servers in one process do not share them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const servers: Observed[] = [];
  const totals = new Map<string, { received: number; refused: number; sent: number }>();

  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'sockeye_events_total',
    help: 'Events by contract, name, direction (in: from clients) and outcome (ok, or an error code).',
    labelNames: ['contract', 'event', 'direction', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'sockeye_event_duration_seconds',
    help: 'Time from the arrival of an event to its answer; for direction out, the time for validating and sending.',
    labelNames: ['contract', 'event', 'direction'],
    buckets,
    registers,
  });
  const handshakes = new Counter({
    name: 'sockeye_handshakes_total',
    help: 'Handshakes by contract and outcome (ok, or an error code).',
    labelNames: ['contract', 'outcome'],
    registers,
  });
  const disconnects = new Counter({
    name: 'sockeye_disconnects_total',
    help: 'Connections that have ended.',
    labelNames: ['contract'],
    registers,
  });
  const slow = new Counter({
    name: 'sockeye_slow_readers_total',
    help: 'Slow clients: LAGGING_DROPPED (events were dropped), LAGGING_CLOSED (closed), ok (caught up).',
    labelNames: ['contract', 'outcome'],
    registers,
  });
  new Gauge({
    name: 'sockeye_connections',
    help: 'Open connections.',
    labelNames: ['contract'],
    registers,
    collect() {
      for (const { contract, namespace } of servers)
        this.set({ contract: contract.contract }, namespace.sockets.size);
    },
  });

  const watchLog = (log: WaitedFor): void => {
    if (log.backlog === undefined) return;
    new Gauge({
      name: 'sockeye_event_log_waiting',
      help: 'Committed events that wait for the event log.',
      registers,
      async collect() {
        this.set((await log.backlog?.())?.waiting ?? 0);
      },
    });
  };

  return {
    watchLog,
    observer: (contract) => {
      const total = { received: 0, refused: 0, sent: 0 };
      totals.set(contract, total);
      return ({ event, direction, outcome, durationMs }) => {
        if (event === 'connect') return handshakes.inc({ contract, outcome });
        if (event === 'disconnect') return disconnects.inc({ contract });
        if (event === 'lagging' && direction === 'out') return slow.inc({ contract, outcome });
        if (direction === 'out') total.sent += 1;
        else total.received += 1;
        if (direction === 'in' && outcome !== 'ok') total.refused += 1;
        // Clients can send any number of unknown names, which would fill the memory.
        const name = outcome === 'UNKNOWN_EVENT' ? 'unknown' : event;
        events.inc({ contract, event: name, direction, outcome });
        durations.observe({ contract, event: name, direction }, durationMs / 1_000);
      };
    },
    watch: (server) => void servers.push(server),
    counters: () =>
      Object.fromEntries(
        servers.map(({ contract: { contract }, namespace }) => {
          const total = totals.get(contract) ?? { received: 0, refused: 0, sent: 0 };
          return [contract, { connections: namespace.sockets.size, ...total }];
        }),
      ),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
