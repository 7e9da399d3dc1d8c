import { expect, it } from 'vitest';
import { afterTurn, type Turning } from './turns.ts';

const phase = () => new Promise<void>((resolve) => setImmediate(resolve));

function turning(onSettled: () => void): Turning {
  return { turn: 0, settle: onSettled };
}

it('settles once a whole turn has passed, and once for all that was asked in one', async () => {
  const settled: string[] = [];
  const [first, second] = ['first', 'second'].map((name) => turning(() => settled.push(name)));
  afterTurn(first!);
  afterTurn(first!);
  afterTurn(second!);
  await phase();
  expect(settled).toEqual([]);
  await phase();
  await phase();
  expect(settled).toEqual(['first', 'second']);
});

it('settles later who asks again', async () => {
  let settled = 0;
  const one = turning(() => (settled += 1));
  for (let asked = 0; asked < 5; asked += 1) {
    afterTurn(one);
    await phase();
    expect(settled).toBe(0);
  }
  await phase();
  await phase();
  expect(settled).toBe(1);
  await phase();
  expect(settled).toBe(1);
});
