import { describe, expect, onTestFinished, test } from 'vitest';
import type { ChannelChange, ChatStore, NewMessage, Noted } from '../../server/app/stores/chat-store.ts';

/** What the suite needs of a store of chat. */
export interface ChatStoreFixture {
  /** An empty store of its own. `reopen` closes it and opens the same data again; absent where nothing survives. */
  readonly open: () => Promise<{ readonly store: ChatStore; readonly reopen?: () => Promise<ChatStore> }>;
}

/** Everything that a store of chat promises, whatever it is made of. */
export function describeChatStore(name: string, fixture: ChatStoreFixture): void {
  const opened = async () => {
    const result = await fixture.open();
    onTestFinished(() => result.store.close());
    return result;
  };

  const withChannels = async () => {
    const result = await opened();
    for (const channel of [general, secret]) await result.store.channels.create(channel);
    return result;
  };

  describe(`chat store: ${name}`, () => {
    test('channels are found by id, by member and by being open', async () => {
      const { store } = await opened();
      for (const channel of [general, secret, direct])
        expect(await store.channels.create(channel)).toBe(true);
      expect(await store.channels.get('ch_secret')).toEqual(secret);
      expect((await store.channels.of('u_ada')).map(({ id }) => id)).toEqual([
        'dm_one',
        'ch_general',
        'ch_secret',
      ]);
      expect((await store.channels.of('u_bob')).map(({ id }) => id)).toEqual(['dm_one']);
      expect(await store.channels.open()).toEqual([general]);
    });

    test('a channel is not overwritten by another with its id', async () => {
      const { store } = await opened();
      await store.channels.create(general);
      expect(await store.channels.create({ ...general, name: 'Taken over' })).toBe(false);
      expect((await store.channels.get(general.id))?.name).toBe('General');
    });

    test('nobody is lost when many become members at once', async () => {
      const { store } = await opened();
      await store.channels.create(general);
      const ids = Array.from({ length: 10 }, (_, index) => `u_${index}00`);
      await Promise.all(ids.map((userId) => change(store, { kind: 'add', userId }, message(`m_${userId}`))));
      expect([...(await store.channels.get(general.id))!.memberIds].sort()).toEqual([...ids, 'u_ada'].sort());
    });

    test('a channel changes together with a line about it, or not at all', async () => {
      const { store } = await opened();
      const line = (id: string, seq: number) => ({ ...message(id), seq });
      const withBob = { ...general, memberIds: ['u_ada', 'u_bob'] };
      const add = { kind: 'add', userId: 'u_bob' } as const;
      expect(await change(store, add, message('m_none'))).toBeUndefined();
      const create = { kind: 'create', channel: general } as const;
      expect(await change(store, create, message('m_one'))).toEqual({
        channel: general,
        message: line('m_one', 1),
      });
      expect(await change(store, create, message('m_two'))).toBeUndefined();
      expect(await change(store, add, message('m_three'))).toEqual({
        channel: withBob,
        message: line('m_three', 2),
      });
      expect(await change(store, add, message('m_four'))).toBeUndefined();
      expect(await store.channels.get(general.id)).toEqual(withBob);
      const remove = { kind: 'remove', userId: 'u_bob' } as const;
      expect(await change(store, remove, message('m_five'))).toEqual({
        channel: general,
        message: line('m_five', 3),
      });
      expect(await change(store, remove, message('m_gone'))).toBeUndefined();
      expect(await store.channels.get(general.id)).toEqual(general);
      const failed = store.channels.change(add, message('m_six'), (write) =>
        store.eventLog!.transaction((tx) => {
          const made = write(tx.native);
          if (made instanceof Promise) return made.then(() => Promise.reject(new Error('no')));
          throw new Error('no');
        }),
      );
      await expect(failed).rejects.toThrow('no');
      expect(await store.channels.get(general.id)).toEqual(general);
      const { messages } = await store.messages.page(general.id, { limit: 9 });
      expect(messages.map(({ id }) => id)).toEqual(['m_one', 'm_three', 'm_five']);
    });

    test('messages are numbered within their channel, also when many are written at once', async () => {
      const { store } = await withChannels();
      const texts = Array.from({ length: 20 }, (_, index) => message(`m_${index}00`));
      const stored = await Promise.all(texts.map((each) => store.messages.append(each)));
      await store.messages.append({ ...message('m_other'), channelId: 'ch_secret' });
      expect(stored.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(texts.map((_, index) => index + 1));
      expect((await store.messages.get('ch_secret', 'm_other'))?.seq).toBe(1);
      const page = await store.messages.page(general.id, { limit: 100 });
      expect(page.messages.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
    });

    test('a message comes back as it was', async () => {
      const { store } = await withChannels();
      const full: NewMessage = {
        ...message('m_full'),
        text: 'é\n𝒳',
        replyTo: { id: 'm_one', authorName: 'Ada', text: 'One' },
        mentions: ['u_bob'],
      };
      const stored = await store.messages.append(full);
      expect(stored).toEqual({ ...full, seq: 1 });
      expect(await store.messages.get(general.id, 'm_full')).toEqual(stored);
      expect(await store.messages.get('ch_secret', 'm_full')).toBeUndefined();
    });

    test('history is read page by page, without gap and without repetition', async () => {
      const { store } = await withChannels();
      for (let index = 1; index <= 7; index++) await store.messages.append(message(`m_00${index}`));
      const seqs = async (before?: number) => {
        const { messages, more } = await store.messages.page(general.id, { before, limit: 3 });
        return [messages.map(({ seq }) => seq), more];
      };
      expect(await seqs()).toEqual([[5, 6, 7], true]);
      expect(await seqs(5)).toEqual([[2, 3, 4], true]);
      expect(await seqs(2)).toEqual([[1], false]);
      expect(await seqs(1)).toEqual([[], false]);
      expect(await seqs(99)).toEqual([[5, 6, 7], true]);
    });

    test('receipts go forward only, and never beyond the newest message', async () => {
      const { store } = await withChannels();
      for (const id of ['m_one', 'm_two', 'm_three']) await store.messages.append(message(id));
      const advance = (progress: object) => store.receipts.advance(general.id, 'u_bob', progress);
      expect(await store.receipts.get(general.id, 'u_bob')).toEqual(receipt(0, 0, 0));
      expect(await advance({ delivered: 2 })).toEqual(receipt(2, 0, 1));
      expect(await advance({ read: 3 })).toEqual(receipt(3, 3, 2));
      expect(await advance({ read: 1, delivered: 2 })).toBeUndefined();
      expect(await advance({ read: 99 })).toBeUndefined();
      expect(await store.receipts.of(general.id)).toEqual([receipt(3, 3, 2)]);
      expect(await store.receipts.of('ch_secret')).toEqual([]);
    });

    test.each<[string, string]>([
      ['empty', ''],
      ['of 5,000 letters', 'x'.repeat(5_000)],
      ['__proto__', '__proto__'],
      ['with a NUL', 'ch_general\u0000'],
      ['unknown', 'ch_nowhere'],
    ])('an id that is %s is missing everywhere', async (_, id) => {
      const { store } = await withChannels();
      await store.channels.create(general);
      await store.messages.append(message('m_one'));
      expect(await store.channels.get(id)).toBeUndefined();
      expect(await store.channels.of(id)).toEqual([]);
      const line = { ...message('m_two'), channelId: id };
      expect(await change(store, { kind: 'add', userId: 'u_bob' }, line)).toBeUndefined();
      expect(await store.messages.get(id, 'm_one')).toBeUndefined();
      expect(await store.messages.get(general.id, id)).toBeUndefined();
      expect(await store.messages.page(id, { limit: 5 })).toEqual({ messages: [], more: false });
      expect(await store.receipts.advance(id, 'u_bob', { read: 1 })).toBeUndefined();
    });

    test('what is handed out is a copy', async () => {
      const { store } = await withChannels();
      await store.messages.append({ ...message('m_one'), mentions: ['u_bob'] });
      (await store.messages.get(general.id, 'm_one'))?.mentions.push('u_eve');
      expect((await store.messages.get(general.id, 'm_one'))?.mentions).toEqual(['u_bob']);
    });

    test('everything is there after a restart, where it says so', async () => {
      const { store, reopen } = await withChannels();
      await store.channels.create(general);
      await store.messages.append(message('m_one'));
      await store.receipts.advance(general.id, 'u_bob', { read: 1 });
      if (!reopen) return expect(store.kind).toBe('memory');
      const again = await reopen();
      onTestFinished(() => again.close());
      expect(await again.channels.get(general.id)).toEqual(general);
      expect((await again.messages.append(message('m_two'))).seq).toBe(2);
      expect(await again.receipts.get(general.id, 'u_bob')).toEqual(receipt(1, 1, 1));
    });

    test('is healthy until closed, and closes twice', async () => {
      const { store } = await withChannels();
      expect(await store.healthy()).toBe(true);
      await store.close();
      await store.close();
    });
  });
}

const general = { id: 'ch_general', kind: 'open', name: 'General', memberIds: ['u_ada'] } as const;
const secret = { id: 'ch_secret', kind: 'private', name: 'Secret', memberIds: ['u_ada'] } as const;
const direct = { id: 'dm_one', kind: 'direct', name: '', memberIds: ['u_ada', 'u_bob'] } as const;

function change(store: ChatStore, what: ChannelChange, line: NewMessage): Promise<Noted | undefined> {
  return store.channels.change(what, line, (write) => store.eventLog!.transaction((tx) => write(tx.native)));
}

function message(id: string): NewMessage {
  return {
    id,
    channelId: general.id,
    kind: 'text',
    authorId: 'u_ada',
    authorName: 'Ada',
    text: `Text of ${id}`,
    replyTo: null,
    mentions: [],
    createdAt: new Date('2026-11-21T08:00:00.001Z'),
  };
}

function receipt(delivered: number, read: number, version: number) {
  return { userId: 'u_bob', delivered, read, version };
}
