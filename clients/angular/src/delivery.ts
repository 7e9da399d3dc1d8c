import type { NgZone } from '@angular/core';

/** Runs something of the application's inside Angular's zone, soon; the promise is that of its result. */
export type Deliver = <Value>(run: () => Value | PromiseLike<Value>) => Promise<Value>;

/**
 * Enters the zone once for all that one synchronous stretch of code has to deliver, in a microtask after it: a burst of
 * events costs one pass of change detection. Without zone.js the zone does nothing, and the order is the same.
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
      // What throws inside of a promise's making rejects it.
      due.push(() => resolve(new Promise((give) => give(run()))));
      if (due.length === 1) zone.runOutsideAngular(() => queueMicrotask(flush));
    });
}
