import { expect, it } from 'vitest';
import { createDelivery } from './delivery.ts';

/** A zone that writes down when it is entered. */
function zone() {
  const log: string[] = [];
  const deliver = createDelivery({
    run: (run) => {
      log.push('in');
      const result = run();
      log.push('out');
      return result;
    },
    runOutsideAngular: (run) => run(),
  });
  return { log, deliver };
}

it('enters the zone once for everything of one stretch of code, in its order', async () => {
  const { log, deliver } = zone();
  const done = [1, 2, 3].map((item) => deliver(() => log.push(`item ${item}`)));
  expect(log).toEqual([]);
  await Promise.all(done);
  await deliver(() => log.push('later'));
  expect(log).toEqual(['in', 'item 1', 'item 2', 'item 3', 'out', 'in', 'later', 'out']);
});

it('gives results and failures to the one who asked, and goes on with the others', async () => {
  const { deliver } = zone();
  const thrown = new Error('Mine.');
  const outcomes = await Promise.allSettled([
    deliver(() => 1),
    deliver(() => {
      throw thrown;
    }),
    deliver(() => Promise.reject(thrown)),
    deliver(async () => 2),
  ]);
  expect(outcomes).toEqual([
    { status: 'fulfilled', value: 1 },
    { status: 'rejected', reason: thrown },
    { status: 'rejected', reason: thrown },
    { status: 'fulfilled', value: 2 },
  ]);
});

it('delivers what is due while it delivers, afterwards', async () => {
  const { log, deliver } = zone();
  await deliver(() => deliver(() => log.push('inner')));
  expect(log).toEqual(['in', 'out', 'in', 'inner', 'out']);
});
