import { errorBody, failure, success } from '@sockeye/contract/wire';
import { describe, expect, it } from 'vitest';
import { turn } from '../testing/fake-clock.ts';
import { projectionHarness } from '../testing/projection-host.ts';
import type { CollectionStore } from './collection-store.ts';
import { collection } from './collection.ts';

interface Task {
  readonly id: string;
  readonly title: string;
  readonly notes?: string | undefined;
  readonly version: number;
}

const rule = collection({
  key: 'id',
  version: 'version',
  upsert: { created: 'task', saved: true },
  patch: { updated: { key: 'taskId', changes: 'changes', version: 'version' } },
  remove: { deleted: 'taskId' },
  unset: ['notes'],
});
const tasks = (load?: (signal: AbortSignal) => unknown) =>
  projectionHarness<CollectionStore<Task, string>>(rule, load);
type Harness = ReturnType<typeof tasks>;

const task = (id: string, title = id, version = 1): Task => ({ id, title, version });
const titles = ({ store }: Pick<Harness, 'store'>) => store.getSnapshot().rows.map(({ title }) => title);
const pending = ({ store }: Pick<Harness, 'store'>) => [...store.getSnapshot().pending];

/** A promise and the way to settle it. */
function later<Value>() {
  let give!: (value: Value) => void;
  let refuse!: (error: unknown) => void;
  const promise = new Promise<Value>((resolve, reject) => {
    give = resolve;
    refuse = reject;
  });
  return { promise, give, refuse };
}

describe('events', () => {
  it('cost one notification a frame, however many there are', () => {
    const harness = tasks();
    harness.paint();
    const before = harness.told();
    for (let i = 0; i < 1_000; i++) harness.push('created', { task: task(`t${i}`) });
    expect(harness.told()).toBe(before);
    harness.paint();
    expect(harness.told()).toBe(before + 1);
    expect(harness.store.getSnapshot().rows).toHaveLength(1_000);
    harness.paint();
    expect(harness.told()).toBe(before + 1);
  });

  it('create, change and remove rows', () => {
    const harness = tasks();
    harness.push('created', { task: task('a') });
    harness.push('saved', { ...task('b') });
    harness.push('updated', { taskId: 'a', changes: { title: 'A', notes: 'x' }, version: 2 });
    expect(harness.store.getSnapshot().rows[0]).toEqual({ id: 'a', title: 'A', notes: 'x', version: 2 });
    harness.push('updated', { taskId: 'a', changes: { notes: null }, version: 3 });
    harness.push('deleted', { taskId: 'b' });
    expect(harness.store.getSnapshot().rows).toEqual([{ id: 'a', title: 'A', version: 3 }]);
  });

  it('keep the snapshot, and rows that did not change, the same objects', () => {
    const harness = tasks();
    harness.push('created', { task: task('a') });
    harness.push('created', { task: task('b') });
    const first = harness.store.getSnapshot();
    expect(harness.store.getSnapshot()).toBe(first);
    harness.push('created', { task: task('a', 'known already') });
    expect(harness.store.getSnapshot()).toBe(first);
    harness.push('updated', { taskId: 'b', changes: { title: 'B' }, version: 2 });
    const second = harness.store.getSnapshot();
    expect([second === first, second.rows[0] === first.rows[0], first.rows[1]!.title]).toEqual([
      false,
      true,
      'b',
    ]);
  });

  it('that are late neither overwrite a newer row nor bring a removed one back', () => {
    const harness = tasks();
    harness.push('created', { task: task('a', 'new', 3) });
    harness.push('updated', { taskId: 'a', changes: { title: 'old' }, version: 2 });
    expect(titles(harness)).toEqual(['new']);
    harness.push('deleted', { taskId: 'a' });
    harness.push('updated', { taskId: 'a', changes: { title: 'late' }, version: 4 });
    harness.push('created', { task: task('a', 'late', 4) });
    expect(titles(harness)).toEqual([]);
  });
});

describe('without versions', () => {
  const members = collection({ key: 'id', upsert: { joined: 'member' }, remove: { left: 'id' } });
  const ids = ({ store }: { readonly store: CollectionStore<{ readonly id: string }, string> }) =>
    store.getSnapshot().rows.map(({ id }) => id);

  it('a row that went and is told again is there again', () => {
    const harness = projectionHarness<CollectionStore<{ readonly id: string }, string>>(members);
    harness.push('joined', { member: { id: 'ann' } });
    harness.push('left', { id: 'ann' });
    expect(ids(harness)).toEqual([]);
    harness.push('joined', { member: { id: 'ann' } });
    expect(ids(harness)).toEqual(['ann']);
  });

  it('an answer that is late brings no removed row back', async () => {
    const harness = projectionHarness<CollectionStore<{ readonly id: string }, string>>(members);
    const answer = later<unknown>();
    void harness.store.create({ id: 'ann' }, () => answer.promise as never);
    harness.push('left', { id: 'ann' });
    answer.give(success({ id: 'ann' }));
    await turn();
    expect(ids(harness)).toEqual([]);
  });
});

describe('loading', () => {
  it('loses nothing that is told meanwhile', async () => {
    const loaded = later<readonly Task[]>();
    const harness = tasks(() => loaded.promise);
    expect(harness.store.getSnapshot().status).toBe('loading');
    harness.push('created', { task: task('c') });
    harness.push('updated', { taskId: 'a', changes: { title: 'A' }, version: 2 });
    harness.push('deleted', { taskId: 'b' });
    loaded.give([task('a'), task('b'), task('d', 'd', 5)]);
    await turn();
    expect(titles(harness)).toEqual(['A', 'd', 'c']);
    expect(harness.store.getSnapshot().status).toBe('ready');
  });

  it('keeps a row that is newer than the loaded one, and forgets one that is gone', async () => {
    const answers = [[task('a'), task('b')], [task('a')]];
    const harness = tasks(() => answers.shift());
    await turn();
    harness.push('updated', { taskId: 'a', changes: { title: 'A' }, version: 2 });
    harness.down?.();
    harness.up?.(false);
    await turn();
    expect(titles(harness)).toEqual(['A']);
  });

  it('happens once per connection, and not before somebody watches', async () => {
    let loads = 0;
    const harness = tasks(() => [task(`t${++loads}`)]);
    await turn();
    harness.store.subscribe(() => undefined)();
    await turn();
    expect(loads).toBe(1);
    harness.down?.();
    expect(titles(harness)).toEqual(['t1']);
    harness.up?.(false);
    await turn();
    expect([loads, titles(harness)]).toEqual([2, ['t2']]);
  });

  it('tells why it failed, and is tried again by reload', async () => {
    let broken = true;
    const harness = tasks(() => (broken ? failure(errorBody('FORBIDDEN')) : success([task('a')])));
    await turn();
    const { status, error } = harness.store.getSnapshot();
    expect([status, error?.code]).toEqual(['error', 'FORBIDDEN']);
    broken = false;
    expect(await harness.store.reload()).toEqual(success(undefined));
    const after = harness.store.getSnapshot();
    expect([after.status, after.error, titles(harness)]).toEqual(['ready', undefined, ['a']]);
  });

  it('is aborted with the connection, and a late answer is not taken', async () => {
    const loaded = later<readonly Task[]>();
    const signals: AbortSignal[] = [];
    const harness = tasks((signal) => {
      signals.push(signal);
      return loaded.promise;
    });
    harness.down?.();
    loaded.give([task('a')]);
    await turn();
    expect([signals[0]?.aborted, titles(harness), harness.store.getSnapshot().status]).toEqual([
      true,
      [],
      'idle',
    ]);
  });
});

describe('edits', () => {
  it.each([
    ['answer before event', ['answer', 'event']],
    ['event before answer', ['event', 'answer']],
  ])('never show a created row twice: %s', async (_name, order) => {
    const harness = tasks();
    const answer = later<Task>();
    const done = harness.store.create(task('temp', 'Ship', 0), () => answer.promise);
    expect([titles(harness), pending(harness)]).toEqual([['Ship'], [['temp', 'create']]]);
    for (const step of order) {
      if (step === 'event') harness.push('created', { task: task('t1', 'Ship') });
      else answer.give(task('t1', 'Ship'));
      await turn();
      expect(titles(harness)).toEqual(['Ship']);
    }
    expect(harness.store.getSnapshot().rows).toEqual([task('t1', 'Ship')]);
    expect([await done, pending(harness)]).toEqual([success(task('t1', 'Ship')), []]);
  });

  it('end a create by an event that matches, and show rows of others at once', () => {
    const harness = tasks();
    const run = () => new Promise<Task>(() => undefined);
    void harness.store.create(task('temp', 'Ship', 0), run, { match: ({ title }) => title === 'Ship' });
    harness.push('created', { task: task('t1', 'Theirs') });
    expect(titles(harness)).toEqual(['Theirs', 'Ship']);
    harness.push('created', { task: task('t2', 'Ship') });
    expect([titles(harness), pending(harness)]).toEqual([['Theirs', 'Ship'], []]);
  });

  it('hold back no rows of the first load while a row is created', async () => {
    const loaded = later<readonly Task[]>();
    const harness = tasks(() => loaded.promise);
    const answer = later<Task>();
    void harness.store.create(task('temp', 'Ship', 0), () => answer.promise);
    loaded.give([task('a')]);
    await turn();
    expect(titles(harness)).toEqual(['a', 'Ship']);
    answer.give(task('t1', 'Ship'));
    await turn();
    expect(titles(harness)).toEqual(['a', 'Ship']);
  });

  it('are replayed over what the server tells, and end by either', async () => {
    const harness = tasks();
    harness.push('created', { task: task('a') });
    const answer = later<string>();
    const done = harness.store.update('a', { title: 'mine' }, () => answer.promise);
    harness.push('updated', { taskId: 'a', changes: { title: 'theirs' }, version: 2 });
    expect(titles(harness)).toEqual(['mine']);
    harness.push('updated', { taskId: 'a', changes: { title: 'mine' }, version: 3 });
    expect(pending(harness)).toEqual([]);
    harness.push('updated', { taskId: 'a', changes: { title: 'theirs later' }, version: 4 });
    answer.give('ok');
    expect([await done, titles(harness)]).toEqual([success('ok'), ['theirs later']]);
  });

  it('stay after the answer when no event has told of them', async () => {
    const harness = tasks();
    harness.push('created', { task: task('a') });
    harness.push('created', { task: task('b') });
    await harness.store.update('a', { title: 'A' }, () => success(null));
    await harness.store.remove('b', () => undefined);
    await harness.store.create(task('c'), () => undefined);
    expect([titles(harness), pending(harness)]).toEqual([['A', 'c'], []]);
    harness.push('created', { task: task('b', 'late', 9) });
    expect(titles(harness)).toEqual(['A', 'c']);
  });

  it('are taken back, each alone, and tell why', async () => {
    const harness = tasks();
    harness.push('created', { task: task('a') });
    harness.push('created', { task: task('b') });
    const [created, updated, removed] = [later<Task>(), later<unknown>(), later<unknown>()];
    const results = [
      harness.store.create(task('temp', 'new', 0), () => created.promise),
      harness.store.update('a', { title: 'A' }, () => updated.promise),
      harness.store.remove('b', () => removed.promise),
    ];
    expect(titles(harness)).toEqual(['A', 'new']);
    created.refuse(new Error('no network'));
    await turn();
    expect(titles(harness)).toEqual(['A']);
    updated.give(failure(errorBody('CONFLICT')));
    removed.give(failure(errorBody('FORBIDDEN')));
    await turn();
    expect([titles(harness), pending(harness)]).toEqual([['a', 'b'], []]);
    const codes = (await Promise.all(results)).map((result) => !result.ok && result.error.code);
    expect(codes).toEqual(['INTERNAL', 'CONFLICT', 'FORBIDDEN']);
  });
});

describe('clearing', () => {
  it('forgets rows and edits; what is under way still tells how it ended', async () => {
    const harness = tasks();
    harness.push('created', { task: task('a') });
    const answer = later<Task>();
    const done = harness.store.create(task('temp', 'Ship', 0), () => answer.promise);
    harness.clear();
    expect(harness.store.getSnapshot()).toEqual({ rows: [], status: 'idle', pending: new Map() });
    answer.give(task('t1', 'Ship'));
    expect([(await done).ok, titles(harness)]).toEqual([true, []]);
  });

  it('tells those who watch when the client is closed', async () => {
    const harness = tasks();
    harness.push('created', { task: task('a') });
    const before = harness.told();
    harness.close();
    await turn();
    expect([harness.told() - before, titles(harness)]).toEqual([1, []]);
    await harness.store.create(task('b'), () => task('b'));
    expect(titles(harness)).toEqual([]);
  });
});
