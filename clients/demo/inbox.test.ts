import { failure, success, type Result } from '@sockeye/client';
import { expect, test } from 'vitest';
import type { NotificationListPayload, StoredNotification } from './generated/notifications.types.gen.ts';
import { createInbox } from './inbox.ts';

/** A server with so many notifications, the newest first, and a client that loads what it is told to. */
function inboxOf(count: number) {
  const stored = Array.from({ length: count }, (_, n) => ({ id: `n${n}` }) as StoredNotification);
  const asked: NotificationListPayload[] = [];
  const told: string[] = [];
  let shown: readonly StoredNotification[] = [];
  let problem: Result<never> | undefined;
  const inbox = createInbox(
    () => ({
      notificationList: (payload) => {
        asked.push(payload);
        const { before, limit = 50 } = payload;
        const from = before === undefined ? 0 : stored.findIndex(({ id }) => id === before) + 1;
        const notifications = stored.slice(from, from + limit);
        return Promise.resolve(problem ?? success({ notifications, unread: 0, more: from + limit < count }));
      },
      inbox: { reload: load },
    }),
    (text) => told.push(text),
  );
  async function load(): Promise<Result<void>> {
    const result = await inbox.loads.inbox.load({ signal: new AbortController().signal });
    if (result.ok) shown = result.data;
    return result.ok ? success(undefined) : result;
  }
  return {
    inbox,
    asked,
    told,
    load,
    shown: () => shown.length,
    fail: (code?: string) => {
      problem = code === undefined ? undefined : failure({ code, message: code, retryable: true });
    },
  };
}

test('shows 50 at first, and 50 more each time until there are no more', async () => {
  const { inbox, shown, load, asked } = inboxOf(120);
  await load();
  expect([shown(), inbox.earlier.getSnapshot()]).toEqual([50, { more: true, isLoading: false }]);
  const showing = inbox.showEarlier();
  expect(inbox.earlier.getSnapshot().isLoading).toBe(true);
  expect(await inbox.showEarlier()).toBe(false);
  expect(await showing).toBe(true);
  expect([shown(), inbox.earlier.getSnapshot().more]).toEqual([100, true]);
  await inbox.showEarlier();
  expect([shown(), inbox.earlier.getSnapshot().more]).toEqual([120, false]);
  expect(asked).toEqual([{ limit: 50 }, { limit: 100 }, { limit: 100 }, { limit: 50, before: 'n99' }]);
});

test('loads as far back after a reconnect', async () => {
  const { inbox, shown, load } = inboxOf(120);
  await load();
  await inbox.showEarlier();
  await load();
  expect(shown()).toBe(100);
});

test('tells why there is nothing earlier to be had, and stays where it was', async () => {
  const { inbox, shown, load, told, fail } = inboxOf(120);
  await load();
  fail('DISCONNECTED');
  expect(await inbox.showEarlier()).toBe(false);
  expect([told.length, inbox.earlier.getSnapshot()]).toEqual([1, { more: true, isLoading: false }]);
  fail();
  await load();
  expect(shown()).toBe(50);
});

test('tells nothing of a load that a reconnect has taken the place of', async () => {
  const { inbox, shown, load, told, fail } = inboxOf(120);
  await load();
  fail('ABORTED');
  await inbox.showEarlier();
  fail();
  await load();
  expect([told, shown(), inbox.earlier.getSnapshot().isLoading]).toEqual([[], 100, false]);
});
