import type { Observation } from '@sockeye/server';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/**
 * Creates the observers of contracts: each event is counted and, at level debug, logged; connections that come and go
 * are logged at level info. Never a payload.
 */
export function createObservers(
  metrics: Metrics,
  log: Logger,
): (contract: string) => (seen: Observation) => void {
  return (contract) => {
    const count = metrics.observer(contract);
    return (observation) => {
      count(observation);
      const { event, direction, outcome, durationMs, socketId, identity, room } = observation;
      const userId = (identity as { id?: string } | undefined)?.id;
      const ms = Math.round(durationMs * 10) / 10;
      const fields = { contract, event, direction, outcome, ms, socketId, userId, room };
      if (event === 'connect' || event === 'disconnect') log.info(fields, 'socket');
      else log.debug(fields, 'event');
    };
  };
}
