import { describe, expect, onTestFinished, test } from 'vitest';
import type { Store, StoredSession, StoredTask, StoredUser } from '../../server/app/stores/store.ts';

/** What the suite needs of a store. */
export interface StoreFixture {
  /** An empty store of its own. `reopen` closes it and opens the same data again; absent where nothing survives. */
  readonly open: () => Promise<{ readonly store: Store; readonly reopen?: () => Promise<Store> }>;
}

/** Everything that a store of the reference server promises, whatever it is made of. */
export function describeStore(name: string, fixture: StoreFixture): void {
  const opened = async () => {
    const result = await fixture.open();
    onTestFinished(() => result.store.close());
    return result;
  };

  describe(`store: ${name}`, () => {
    describe('users', () => {
      test('are found by id and by user name', async () => {
        const { store } = await opened();
        await store.users.put(ada);
        expect(await store.users.get(ada.id)).toEqual(ada);
        expect(await store.users.byUsername('ada')).toEqual(ada);
        expect(await store.users.byUsername('Ada')).toBeUndefined();
      });

      test('follow a changed user name', async () => {
        const { store } = await opened();
        await store.users.put(ada);
        await store.users.put({ ...ada, username: 'lovelace' });
        expect(await store.users.byUsername('ada')).toBeUndefined();
        expect((await store.users.byUsername('lovelace'))?.id).toBe(ada.id);
      });

      test('come in the order asked for, without the missing', async () => {
        const { store } = await opened();
        await store.users.put(ada);
        await store.users.put({ ...ada, id: 'u_bob', username: 'bob' });
        const found = await store.users.getMany(['u_bob', 'u_nobody', ada.id]);
        expect(found.map((user) => user.id)).toEqual(['u_bob', ada.id]);
      });
    });

    describe('workspaces', () => {
      test('of a user are the ones it is a member of, by name', async () => {
        const { store } = await opened();
        await store.workspaces.put({ id: 'ws_z', name: 'Alpha', memberIds: ['u_ada'] });
        await store.workspaces.put({ id: 'ws_a', name: 'Beta', memberIds: ['u_bob', 'u_ada'] });
        await store.workspaces.put({ id: 'ws_m', name: 'Closed', memberIds: ['u_bob'] });
        expect((await store.workspaces.of('u_ada')).map((workspace) => workspace.id)).toEqual([
          'ws_z',
          'ws_a',
        ]);
        expect(await store.workspaces.of('u_nobody')).toEqual([]);
      });
    });

    describe('tasks', () => {
      test('come back as they were, dates and all', async () => {
        const { store } = await opened();
        const full = task({ notes: 'é\n𝒳', dueAt: new Date('2027-01-01T00:00:00.001Z'), labels: ['a', 'b'] });
        expect(await store.tasks.create(full)).toBe(true);
        expect(await store.tasks.get(full.workspaceId, full.id)).toEqual(full);
        expect((await store.tasks.get(full.workspaceId, full.id))?.dueAt).toBeInstanceOf(Date);
      });

      test('are listed oldest first, equally old ones by id, and only of their workspace', async () => {
        const { store } = await opened();
        const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
        for (const made of [
          task({ id: 'tsk_b', createdAt: at(2) }),
          task({ id: 'tsk_c', createdAt: at(1) }),
          task({ id: 'tsk_a', createdAt: at(2) }),
          task({ id: 'tsk_d', createdAt: at(0), workspaceId: 'ws_two' }),
          task({ id: 'tsk_e', createdAt: at(0), workspaceId: 'ws_one_and_more' }),
        ]) {
          await store.tasks.create(made);
        }
        expect((await store.tasks.list('ws_one')).map((each) => each.id)).toEqual([
          'tsk_c',
          'tsk_a',
          'tsk_b',
        ]);
      });

      test('are not overwritten by another with the same id', async () => {
        const { store } = await opened();
        await store.tasks.create(task({ title: 'first' }));
        expect(await store.tasks.create(task({ title: 'second' }))).toBe(false);
        expect((await store.tasks.get('ws_one', 'tsk_one'))?.title).toBe('first');
      });

      test('change field by field and count their version up', async () => {
        const { store } = await opened();
        await store.tasks.create(task({ notes: 'keep' }));
        const outcome = await store.tasks.update('ws_one', 'tsk_one', {
          changes: { title: 'new' },
          updatedAt: later,
        });
        const want = task({ notes: 'keep', title: 'new', version: 2, updatedAt: later });
        expect(outcome).toEqual({ kind: 'updated', task: want, before: task({ notes: 'keep' }) });
        expect(await store.tasks.get('ws_one', 'tsk_one')).toEqual(want);
      });

      test('lose their notes and their date when told so, and nothing on undefined', async () => {
        const { store } = await opened();
        await store.tasks.create(task({ notes: 'gone soon', dueAt: later }));
        const changes = { notes: null, dueAt: null, title: undefined };
        await store.tasks.update('ws_one', 'tsk_one', { changes, updatedAt: later });
        const stored = await store.tasks.get('ws_one', 'tsk_one');
        expect(stored).not.toHaveProperty('notes');
        expect(stored?.dueAt).toBeNull();
        expect(stored?.title).toBe('Write it down');
      });

      test('keep a stale editor from overwriting', async () => {
        const { store } = await opened();
        await store.tasks.create(task());
        const edit = (title: string) => ({ changes: { title }, expectedVersion: 1, updatedAt: later });
        expect((await store.tasks.update('ws_one', 'tsk_one', edit('mine'))).kind).toBe('updated');
        const refused = await store.tasks.update('ws_one', 'tsk_one', edit('theirs'));
        expect(refused).toMatchObject({ kind: 'conflict', task: { title: 'mine', version: 2 } });
        expect((await store.tasks.get('ws_one', 'tsk_one'))?.title).toBe('mine');
      });

      test('let one of many simultaneous editors win', async () => {
        const { store } = await opened();
        await store.tasks.create(task());
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            store.tasks.update('ws_one', 'tsk_one', {
              changes: { title: `edit ${index}` },
              expectedVersion: 1,
              updatedAt: later,
            }),
          ),
        );
        expect(outcomes.filter(({ kind }) => kind === 'updated')).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind === 'conflict')).toHaveLength(19);
      });

      test('lose no edit of many simultaneous ones without a version', async () => {
        const { store } = await opened();
        await store.tasks.create(task());
        await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            store.tasks.update('ws_one', 'tsk_one', {
              changes: { title: `edit ${index}` },
              updatedAt: later,
            }),
          ),
        );
        expect((await store.tasks.get('ws_one', 'tsk_one'))?.version).toBe(21);
      });

      test('are removed once', async () => {
        const { store } = await opened();
        await store.tasks.create(task());
        expect(await store.tasks.remove('ws_one', 'tsk_one')).toEqual(task());
        expect(await store.tasks.remove('ws_one', 'tsk_one')).toBeUndefined();
        expect(await store.tasks.list('ws_one')).toEqual([]);
      });

      test('are stored as copies', async () => {
        const { store } = await opened();
        const mine = task();
        await store.tasks.create(mine);
        mine.labels.push('later');
        (await store.tasks.get('ws_one', 'tsk_one'))?.labels.push('from outside');
        expect((await store.tasks.get('ws_one', 'tsk_one'))?.labels).toEqual([]);
      });
    });

    test.each<[string, string]>([
      ['empty', ''],
      ['of 5,000 letters', 'x'.repeat(5_000)],
      ['__proto__', '__proto__'],
      ['constructor', 'constructor'],
      ['with a NUL', 'ws_one\u0000'],
      ['with a lone surrogate', 'ws_\ud800'],
      ['unknown', 'ws_nowhere'],
    ])('an id that is %s is missing everywhere', async (_, id) => {
      const { store } = await opened();
      await store.tasks.create(task());
      const edit = { changes: { title: 'x' }, updatedAt: later };
      expect(await store.users.get(id)).toBeUndefined();
      expect(await store.users.byUsername(id)).toBeUndefined();
      expect(await store.workspaces.get(id)).toBeUndefined();
      expect(await store.workspaces.of(id)).toEqual([]);
      expect(await store.tasks.list(id)).toEqual([]);
      expect(await store.tasks.get(id, 'tsk_one')).toBeUndefined();
      expect(await store.tasks.get('ws_one', id)).toBeUndefined();
      expect(await store.tasks.update('ws_one', id, edit)).toEqual({ kind: 'missing' });
      expect(await store.tasks.remove(id, id)).toBeUndefined();
      expect(await store.sessions.get(id)).toBeUndefined();
      expect(await store.sessions.rotate(id, 1, later)).toEqual({ kind: 'missing' });
      expect(await store.sessions.end(id)).toBe(false);
    });

    describe('sessions', () => {
      test('trade one refresh token for the next', async () => {
        const { store } = await opened();
        await store.sessions.put(session);
        const outcome = await store.sessions.rotate(session.id, 1, later);
        expect(outcome).toEqual({
          kind: 'rotated',
          session: { ...session, generation: 2, expiresAt: later },
        });
        expect(await store.sessions.get(session.id)).toMatchObject({ generation: 2, expiresAt: later });
      });

      test('end for everyone when an older token is shown again', async () => {
        const { store } = await opened();
        await store.sessions.put(session);
        await store.sessions.rotate(session.id, 1, later);
        expect((await store.sessions.rotate(session.id, 1, later)).kind).toBe('reused');
        expect(await store.sessions.rotate(session.id, 2, later)).toEqual({ kind: 'missing' });
      });

      test('let one of many simultaneous refreshes win', async () => {
        const { store } = await opened();
        await store.sessions.put(session);
        const outcomes = await Promise.all(
          Array.from({ length: 10 }, () => store.sessions.rotate(session.id, 1, later)),
        );
        expect(outcomes.map(({ kind }) => kind).filter((kind) => kind === 'rotated')).toHaveLength(1);
      });

      test('do not know a token from the future', async () => {
        const { store } = await opened();
        await store.sessions.put(session);
        expect(await store.sessions.rotate(session.id, 7, later)).toEqual({ kind: 'missing' });
        expect(await store.sessions.get(session.id)).toEqual(session);
      });

      test('end once', async () => {
        const { store } = await opened();
        await store.sessions.put(session);
        expect(await store.sessions.end(session.id)).toBe(true);
        expect(await store.sessions.end(session.id)).toBe(false);
      });

      test('of one user end together', async () => {
        const { store } = await opened();
        await store.sessions.put(session);
        await store.sessions.put({ ...session, id: 'ses_two' });
        await store.sessions.put({ ...session, id: 'ses_other', userId: 'u_bob' });
        expect([...(await store.sessions.endAll(ada.id))].sort()).toEqual(['ses_one', 'ses_two']);
        expect(await store.sessions.get('ses_one')).toBeUndefined();
        expect(await store.sessions.get('ses_other')).toBeDefined();
        expect(await store.sessions.endAll(ada.id)).toEqual([]);
      });

      test('are pruned once they have expired', async () => {
        const { store } = await opened();
        await store.sessions.put(session);
        await store.sessions.put({ ...session, id: 'ses_two', expiresAt: later });
        expect(await store.sessions.prune(new Date(session.expiresAt.getTime() + 1))).toBe(1);
        expect(await store.sessions.get('ses_two')).toBeDefined();
      });
    });

    test('is healthy until closed, and closes twice', async () => {
      const { store } = await opened();
      expect(await store.healthy()).toBe(true);
      await store.close();
      await store.close();
    });

    test('keeps everything across a restart, where it says so', async () => {
      const { store, reopen } = await opened();
      await store.users.put(ada);
      await store.workspaces.put({ id: 'ws_one', name: 'One', memberIds: [ada.id] });
      await store.tasks.create(task({ dueAt: later }));
      await store.tasks.update('ws_one', 'tsk_one', { changes: { status: 'done' }, updatedAt: later });
      await store.sessions.put(session);
      if (!reopen) return expect(store.kind).toBe('memory');
      const again = await reopen();
      onTestFinished(() => again.close());
      expect(await again.users.byUsername('ada')).toEqual(ada);
      expect((await again.workspaces.of(ada.id)).map((workspace) => workspace.id)).toEqual(['ws_one']);
      expect(await again.tasks.list('ws_one')).toEqual([
        task({ dueAt: later, status: 'done', version: 2, updatedAt: later }),
      ]);
      expect(await again.sessions.get(session.id)).toEqual(session);
    });
  });
}

const earlier = new Date('2026-11-21T08:00:00.000Z');
const later = new Date('2026-11-21T09:30:00.123Z');

const ada: StoredUser = {
  id: 'u_ada',
  username: 'ada',
  name: 'Ada',
  email: 'ada@example.com',
  admin: false,
  passwordHash: 'scrypt$…',
};

const session: StoredSession = { id: 'ses_one', userId: ada.id, generation: 1, expiresAt: earlier };

function task(over: Partial<StoredTask> = {}): StoredTask {
  return {
    id: 'tsk_one',
    workspaceId: 'ws_one',
    title: 'Write it down',
    status: 'todo',
    priority: 'normal',
    assigneeId: null,
    labels: [],
    createdBy: ada.id,
    createdAt: earlier,
    updatedAt: earlier,
    version: 1,
    ...over,
  };
}
