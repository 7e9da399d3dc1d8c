import type { NgZone } from '@angular/core';

/** Runs a function of the application in Angular's zone, soon. Resolves with its result. */
export type Deliver = <Value>(run: () => Value | PromiseLike<Value>) => Promise<Value>;

/**
 * Enters the zone once for all synchronous deliveries, in a microtask: a burst of events costs one pass of change
 * detection. Without zone.js the zone does nothing, and the order is the same.
 */
export function createDelivery(zone: Pick<NgZone, 'run' | 'runOutsideAngular'>): Deliver {
  let due: (() => void)[] = [];
  const flush = (): void => {
    const now = due;
    due = [];
    zone.run(() => {
      for (const run of now) run();
    });
  };
  return <Value>(run: () => Value | PromiseLike<Value>) =>
    new Promise<Value>((resolve) => {
      // An error thrown in a promise's executor rejects it.
      due.push(() => resolve(new Promise((give) => give(run()))));
      if (due.length === 1) zone.runOutsideAngular(() => queueMicrotask(flush));
    });
}
