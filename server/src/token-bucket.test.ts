import { expect, test } from 'vitest';
import { fullBucket, takeToken } from './token-bucket.ts';

const cases: [
  name: string,
  rule: [rate: number, perMs: number, burst: number],
  calls: [at: number, want: number][],
][] = [
  [
    'a burst, then one each interval',
    [2, 1_000, 2],
    [
      [0, 0],
      [0, 0],
      [0, 500],
      [499, 1],
      [500, 0],
      [500, 500],
      [1_500, 0],
      [1_500, 0],
      [1_500, 500],
    ],
  ],
  [
    'no burst',
    [1, 100, 1],
    [
      [0, 0],
      [0, 100],
      [99, 1],
      [100, 0],
    ],
  ],
  [
    'thirds',
    [3, 1_000, 3],
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 334],
      [333, 1],
      [334, 0],
    ],
  ],
  [
    'a clock that goes back',
    [1, 100, 1],
    [
      [1_000, 0],
      [0, 1_100],
      [1_100, 0],
    ],
  ],
];

test.each(cases)('%s', (_name, [rate, perMs, burst], calls) => {
  const bucket = fullBucket();
  expect(calls.map(([at]) => takeToken(bucket, { rate, perMs, burst }, at))).toEqual(
    calls.map(([, want]) => want),
  );
});
