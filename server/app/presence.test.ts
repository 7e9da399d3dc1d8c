import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPresence, type Presence } from './presence.ts';

const ada = { id: 'u_ada', name: 'Ada' };
const bob = { id: 'u_bob', name: 'Bob' };

let told: [string, string[]][];
let presence: Presence;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21) });
  told = [];
  presence = createPresence({
    graceMs: 1_000,
    tickMs: 50,
    publish: (workspaceId, users) => told.push([workspaceId, users.map(({ id }) => id)]),
  });
});

afterEach(() => {
  presence.stop();
  vi.useRealTimers();
});

const enter = (socketId: string, user: typeof ada, workspaceId = 'ws') => {
  presence.connect(socketId, user);
  return presence.join(socketId, workspaceId);
};

describe('coming', () => {
  test('the joiner sees itself at once, the others hear of it a tick later', () => {
    expect(enter('a1', ada)).toEqual([
      { ...ada, presence: 'online', since: new Date(Date.UTC(2026, 10, 21)) },
    ]);
    vi.advanceTimersByTime(49);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual([['ws', ['u_ada']]]);
  });

  test('a hundred joins of one tick are told once', () => {
    for (let index = 100; index < 200; index++)
      enter(`s${index}`, { id: `u_${index}`, name: `User ${index}` });
    vi.advanceTimersByTime(50);
    expect(told).toHaveLength(1);
    expect(told[0]?.[1]).toHaveLength(100);
  });

  test('a second tab, and joining twice, tell nobody', () => {
    enter('a1', ada);
    vi.advanceTimersByTime(50);
    enter('a2', ada);
    presence.join('a2', 'ws');
    vi.advanceTimersByTime(50);
    expect(told).toHaveLength(1);
  });

  test('a connection that is already gone leaves no trace', () => {
    enter('a1', ada);
    presence.disconnect('a1', true);
    expect(presence.join('a1', 'ws')).toEqual([]);
    expect(presence.users('ws')).toEqual([]);
  });
});

describe('going', () => {
  test('one of two tabs is no leave, the last one is one after the grace', () => {
    enter('a1', ada);
    enter('a2', ada);
    enter('b1', bob);
    vi.advanceTimersByTime(50);
    presence.disconnect('a1', false);
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(1);
    presence.disconnect('a2', false);
    vi.advanceTimersByTime(999);
    expect(told).toHaveLength(1);
    vi.advanceTimersByTime(51);
    expect(told.at(-1)).toEqual(['ws', ['u_bob']]);
  });

  test('a reconnect within the grace tells nobody', () => {
    enter('a1', ada);
    vi.advanceTimersByTime(50);
    presence.disconnect('a1', false);
    vi.advanceTimersByTime(900);
    enter('a2', ada);
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(1);
  });

  test.each<[string, () => void]>([
    ['an explicit leave', () => presence.leave('a1', 'ws')],
    ['a meant disconnect', () => presence.disconnect('a1', true)],
  ])('%s needs no grace', (_, go) => {
    enter('a1', ada);
    vi.advanceTimersByTime(50);
    go();
    expect(presence.users('ws')).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(told.at(-1)).toEqual(['ws', []]);
  });

  test('leaves every workspace that was open, and only those', () => {
    enter('a1', ada, 'ws');
    presence.join('a1', 'other');
    enter('a2', ada, 'other');
    vi.advanceTimersByTime(50);
    presence.disconnect('a1', true);
    expect(presence.users('ws')).toEqual([]);
    expect(presence.users('other')).toHaveLength(1);
  });
});

describe('presence', () => {
  test('is seen in every workspace of the user', () => {
    enter('a1', ada, 'one');
    presence.join('a1', 'two');
    expect(presence.set(ada.id, 'busy')).toEqual(['one', 'two']);
    expect(presence.users('two')).toMatchObject([{ id: 'u_ada', presence: 'busy' }]);
  });

  test('lasts across a short reconnect and ends with the user', () => {
    enter('a1', ada);
    presence.set(ada.id, 'away');
    presence.disconnect('a1', false);
    expect(enter('a2', ada)).toMatchObject([{ presence: 'away' }]);
    presence.disconnect('a2', true);
    expect(enter('a3', ada)).toMatchObject([{ presence: 'online' }]);
  });

  test('of somebody who is not connected is nothing', () => {
    expect(presence.set('u_nobody', 'away')).toEqual([]);
    expect(enter('n1', { id: 'u_nobody', name: 'N' })).toMatchObject([{ presence: 'online' }]);
  });
});

test('names that objects know mean nothing special', () => {
  enter('a1', { id: '__proto__', name: 'Proto' }, 'constructor');
  expect(presence.users('constructor')).toMatchObject([{ id: '__proto__' }]);
});
