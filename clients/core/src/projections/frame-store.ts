import { createStore, type OwnStore } from '../store.ts';
import type { ProjectionHost } from './projection.ts';
import { createScheduler } from './scheduler.ts';

/** Creates a store that notifies subscribers once per frame. */
export function createFrameStore<Value>(
  { runtime: { clock, options, report }, watch }: ProjectionHost,
  make: () => Value,
): OwnStore<Value> {
  return createStore(make, { report, watch, later: options.frame ?? createScheduler(clock) });
}
