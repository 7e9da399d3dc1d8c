import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { collect, createBatcher, flush, openLane, type Batch } from './batches.ts';
import { table } from './served.fixture.ts';

const packet = (text: unknown) => `2/notes,["cursor:move",${JSON.stringify(text)}]`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A connection that is sent events and notes what is written, as what stands behind the names of events. */
function connection(tickMs = 30) {
  const batcher = createBatcher(table, tickMs)!;
  const written: unknown[][] = [];
  const state = { isReady: true };
  const write = (text: string) => {
    const [event, ...args] = JSON.parse(text.slice(text.indexOf('['))) as unknown[];
    if (state.isReady)
      written.push(event === 'sockeye:batch' ? args.map((each) => (each as unknown[])[1]) : args);
    return state.isReady;
  };
  const isReady = () => state.isReady;
  const batch: Batch = { write, isReady, batcher, lanes: new Map(), isBusy: false };
  openLane(batch, batcher);
  return {
    batch,
    written,
    state,
    send: (...texts: unknown[]) => {
      for (const text of texts) if (!collect(batch, [packet(text)])) write(packet(text));
    },
  };
}

describe('a tick', () => {
  test('begins with what goes at once, and goes on until nothing came', () => {
    const { send, written } = connection();
    send(1, 2, 3);
    expect(written).toEqual([[1]]);
    vi.advanceTimersByTime(29);
    expect(written).toEqual([[1]]);
    vi.advanceTimersByTime(1);
    expect(written).toEqual([[1], [2, 3]]);
    send(4);
    vi.advanceTimersByTime(30);
    expect(written).toEqual([[1], [2, 3], [4]]);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(30);
    expect(vi.getTimerCount()).toBe(0);
    send(5, 6);
    expect(written).toEqual([[1], [2, 3], [4], [5]]);
  });

  test('is one timer for all connections of a contract', () => {
    const one = connection();
    const other = { ...one.batch, lanes: new Map(), isBusy: false };
    openLane(other, one.batch.batcher);
    one.send(1, 2);
    collect(other, [packet(3)]);
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('what is kept for a connection that is not ready', () => {
  const long = (at: number) => `${at} ${'x'.repeat(10_000)}`;
  const cases: [name: string, texts: unknown[], kept: number][] = [
    ['1,000 packets', Array.from({ length: 1_200 }, (_, at) => at), 1_000],
    ['256,000 units of text', Array.from({ length: 100 }, (_, at) => long(at)), 25],
    ['one that is larger alone', [1, 'x'.repeat(300_000)], 1],
  ];
  test.each(cases)('%s: the newest', (_, texts, kept) => {
    const { send, written, state } = connection();
    state.isReady = false;
    send(...texts);
    vi.advanceTimersByTime(300);
    expect(written).toEqual([]);
    state.isReady = true;
    vi.advanceTimersByTime(30);
    expect(written).toEqual([texts.slice(-kept)]);
  });

  test('counts anew after it was sent', () => {
    const { batch, send, written, state } = connection();
    for (const round of [1, 2, 3]) {
      state.isReady = false;
      send(...Array.from({ length: 20 }, (_, at) => long(at)));
      state.isReady = true;
      flush(batch);
      expect(written).toHaveLength(round);
      expect(written.at(-1)).toHaveLength(20);
    }
  });
});

test.each([
  ['another namespace', '2/other,["cursor:move",1]'],
  ['the root namespace', '2["cursor:move",1]'],
  ['another event', '2/notes,["notice",1]'],
  ['an event whose name begins alike', '2/notes,["cursor:moved",1]'],
  ['a question', '2/notes,12["cursor:move",1]'],
  ['attachments', '51-/notes,["cursor:move",{"_placeholder":true,"num":0}]'],
  ['a name in the payload', '2/notes,["notice","cursor:move"]'],
])('%s is not collected', (_, text) => {
  const { batch, send } = connection();
  send(1);
  expect(collect(batch, [text])).toBe(false);
  expect(collect(batch, [packet(2), Buffer.alloc(1)])).toBe(false);
  expect(collect(batch, [packet(2)])).toBe(true);
});
