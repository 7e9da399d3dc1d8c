import type { ClientProjectionEntry, Fields, Projection } from '../projections/projection.ts';
import type { Scheduler } from '../projections/scheduler.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';

/** A projection with everything around it under control. */
export interface ProjectionHarness<Store> extends Omit<Projection, 'store'> {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly push: (event: string, payload: Fields) => void;
  /** Paints one frame. */
  readonly paint: () => void;
  /** Notifications so far. */
  readonly told: () => number;
  readonly errors: unknown[];
}

/** Makes a projection, watched and up. */
export function projectionHarness<Store extends { subscribe: (listener: () => void) => () => void }>(
  entry: ClientProjectionEntry,
  load?: (signal: AbortSignal) => unknown,
): ProjectionHarness<Store> {
  const clock = fakeClock();
  const handlers = new Map<string, (payload: Fields) => void>();
  const errors: unknown[] = [];
  let frames: (() => void)[] = [];
  let told = 0;
  const frame: Scheduler = (run) => {
    frames.push(run);
    return () => (frames = frames.filter((each) => each !== run));
  };
  const projection: Projection = entry.create({
    runtime: { clock, report: (error: unknown) => errors.push(error), options: { frame } } as never,
    owner: {},
    name: 'it',
    on: (event, run) => handlers.set(event, run),
    watch: () => projection.watch?.(),
    load,
  });
  const store = projection.store as Store;
  store.subscribe(() => told++);
  projection.up?.(false);
  return {
    ...projection,
    store,
    clock,
    errors,
    told: () => told,
    push: (event, payload) => handlers.get(event)!(payload),
    close: () => {
      projection.clear();
      projection.close();
    },
    paint: () => {
      const due = frames;
      frames = [];
      for (const run of due) run();
    },
  };
}
