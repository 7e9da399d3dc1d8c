import { io as plainIo } from 'socket.io-client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chatSettled, chatting, inChannel } from './chat-reference.ts';
import { call, signIn, startReference, until } from './reference.ts';

const general = { channelId: 'ch_general' };

describe('messages', () => {
  test('a message is acknowledged as it is stored, and reaches everyone in the channel', async () => {
    const app = await startReference();
    const [alice, bob] = [await inChannel(app, 'alice'), await inChannel(app, 'bob')];
    const sent = await alice.client.messageSend({ ...general, text: '  Hello  ' });
    if (!sent.ok) throw new Error(sent.error.code);
    expect(sent.data).toMatchObject({
      ...general,
      seq: 7,
      kind: 'text',
      authorId: 'u_alice',
      authorName: 'Alice Moreau',
      text: 'Hello',
      replyTo: null,
      createdAt: expect.any(Date),
    });
    for (const { heard } of [alice, bob]) expect(await heard.first('message:new')).toEqual(sent.data);
    expect(await app.chatStore.messages.get('ch_general', sent.data.id)).toEqual(sent.data);
  });

  test('a reply carries what it answers; one to another channel’s message is refused', async () => {
    const app = await startReference();
    const alice = await inChannel(app, 'alice');
    const answer = await alice.client.messageSend({ ...general, text: 'Yes', replyTo: 'msg_general_1' });
    expect(answer).toMatchObject({
      ok: true,
      data: {
        replyTo: { id: 'msg_general_1', authorName: 'Bob Lindqvist', text: expect.stringMatching(/^Good/) },
      },
    });
    const replyTo = 'msg_launch_1';
    expect(await alice.client.messageSend({ ...general, text: 'Yes', replyTo })).toMatchObject({
      ok: false,
      error: { code: 'NO_SUCH_MESSAGE', details: { messageId: replyTo } },
    });
  });

  test('the author is who the server knows, and only members in the channel may write', async () => {
    const app = await startReference();
    const [alice, bob] = [await chatting(app, 'alice'), await inChannel(app, 'bob')];
    const refused = await alice.client.messageSend({ ...general, text: 'From outside' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'NOT_IN_ROOM' } });
    const forged = { ...general, text: 'Forged', authorId: 'u_carol', seq: 1, kind: 'system' } as const;
    expect(await bob.client.messageSend(forged)).toMatchObject({
      ok: true,
      data: { authorId: 'u_bob', seq: 7, kind: 'text' },
    });
  });

  test('a channel opens with its newest messages, and scrolls back page by page', async () => {
    const app = await startReference();
    const bob = await inChannel(app, 'bob');
    for (let index = 7; index <= 60; index++) {
      await app.chatStore.messages.append({
        id: `msg_many_${index}`,
        channelId: 'ch_general',
        kind: 'text',
        authorId: 'u_bob',
        authorName: 'Bob',
        text: `Number ${index}`,
        replyTo: null,
        mentions: [],
        createdAt: new Date(),
      });
    }
    const alice = await inChannel(app, 'alice');
    expect(alice.data.page.messages.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 11),
    );
    expect(alice.data.page.more).toBe(true);
    const older = await bob.client.messageHistory({ ...general, before: 11, limit: 4 });
    expect(older.ok && [older.data.messages.map(({ seq }) => seq), older.data.more]).toEqual([
      [7, 8, 9, 10],
      true,
    ]);
    const oldest = await bob.client.messageHistory({ ...general, before: 7 });
    expect(oldest.ok && [oldest.data.messages.length, oldest.data.more]).toEqual([6, false]);
  });

  test('typing is shown to the others until it stops or a message comes', async () => {
    const app = await startReference();
    const [alice, bob] = [await inChannel(app, 'alice'), await inChannel(app, 'bob')];
    await chatSettled(app, alice.heard, bob.heard);
    alice.client.typingStart(general);
    expect(await bob.heard.first('typing:start')).toEqual({
      ...general,
      userId: 'u_alice',
      userName: 'Alice Moreau',
    });
    await until(bob.room.typing, (typing) => typing.length === 1);
    await alice.client.messageSend({ ...general, text: 'Done' });
    await until(bob.room.typing, (typing) => typing.length === 0);
    alice.client.typingStop(general);
    expect(await bob.heard.first('typing:stop')).toMatchObject({ userId: 'u_alice' });
    await chatSettled(app, alice.heard);
    expect(alice.heard.of('typing:start')).toEqual([]);
  });

  test('receipts tell who has got and who has read, in order and never backwards', async () => {
    const app = await startReference();
    const [alice, bob] = [await inChannel(app, 'alice'), await inChannel(app, 'bob')];
    expect(alice.data.receipts.find(({ userId }) => userId === 'u_bob')).toMatchObject({ read: 3 });
    await bob.client.messageDelivered({ ...general, seq: 6 });
    await bob.client.messageRead({ ...general, seq: 6 });
    await bob.client.messageRead({ ...general, seq: 2 });
    await chatSettled(app, alice.heard);
    expect(alice.heard.of('message:receipt').map(({ receipt }) => [receipt.delivered, receipt.read])).toEqual(
      [
        [6, 3],
        [6, 6],
      ],
    );
  });
});

describe('nothing is lost', () => {
  test('messages of a time without connection come on return, once and in order', async () => {
    const app = await startReference();
    const [alice, bob] = [await inChannel(app, 'alice'), await inChannel(app, 'bob')];
    const connection = [...app.chat.namespace.sockets.values()].find(
      (socket) => (socket.data as { identity: { id: string } }).identity.id === 'u_bob',
    );
    const lost = until(bob.client.connection, ({ phase }) => phase !== 'connected');
    connection?.conn.close();
    await lost;
    for (const text of ['One', 'Two', 'Three']) await alice.client.messageSend({ ...general, text });
    await bob.heard.first('message:new', ({ text }) => text === 'Three');
    expect(bob.heard.of('message:new').map(({ text, seq }) => [text, seq])).toEqual([
      ['One', 7],
      ['Two', 8],
      ['Three', 9],
    ]);
  });

  test('a message that is sent twice under one key is one message', async () => {
    const app = await startReference();
    const { accessToken: token } = await signIn(app, 'bob');
    const socket = plainIo(`${app.url}/chat`, { auth: { token }, transports: ['websocket'], forceNew: true });
    onTestFinished(() => void socket.close());
    const ask = (event: string, ...args: unknown[]) => socket.timeout(5_000).emitWithAck(event, ...args);
    await ask('channel:join', general);
    const send = (text: string) => ask('message:send', { ...general, text }, { id: 'key-one-of-bob' });
    const [first, again] = [await send('Once'), await send('Once')];
    expect(first).toMatchObject({ ok: true, data: { seq: 7, text: 'Once' } });
    expect(again).toEqual(first);
    expect(await send('Something else')).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect((await app.chatStore.messages.page('ch_general', { limit: 100 })).messages).toHaveLength(7);
  });
});

describe('channels', () => {
  test('are listed with their last message and how far one has read', async () => {
    const app = await startReference();
    const [alice, bob] = [await chatting(app, 'alice'), await inChannel(app, 'bob')];
    const listed = await alice.client.channelList();
    if (!listed.ok) throw new Error(listed.error.code);
    expect(listed.data.channels.map(({ id, last, read }) => [id, last!.seq - read])).toEqual([
      ['ch_admins', 0],
      ['ch_general', 1],
      ['ch_launch', 1],
    ]);
    await bob.client.messageSend({ ...general, text: 'News' });
    const { changes } = await alice.heard.first('channel:updated');
    expect(changes).toMatchObject({ last: { seq: 7, text: 'News' } });
    // Whoever writes has read what stands above.
    const own = await bob.client.channelList();
    expect(own.ok && own.data.channels.find(({ id }) => id === 'ch_general')?.read).toBe(7);
  });

  test('another tab of one’s own learns that they were read', async () => {
    const app = await startReference();
    const [here, there] = [await inChannel(app, 'alice'), await chatting(app, 'alice')];
    await here.client.messageRead({ ...general, seq: 6 });
    expect(await there.heard.first('channel:updated')).toEqual({ ...general, changes: { read: 6 } });
  });

  test('are for members, and some for administrators only', async () => {
    const app = await startReference();
    const [alice, bob] = [await chatting(app, 'alice'), await chatting(app, 'bob')];
    const enter = async ({ client }: typeof alice, channelId: string) => {
      const result = await client.channel({ channelId }).join().ready;
      return result.ok ? 'in' : result.error.code;
    };
    expect(await enter(alice, 'ch_admins')).toBe('in');
    expect(await enter(bob, 'ch_admins')).toBe('FORBIDDEN');
    expect(await enter(bob, 'ch_nowhere')).toBe('FORBIDDEN');
    const carol = await chatting(app, 'carol');
    expect(await enter(carol, 'ch_launch')).toBe('FORBIDDEN');
    // An administrator may come back into a channel of administrators that nobody is left in.
    const admins = { channelId: 'ch_admins', userId: 'u_alice' };
    expect(await alice.client.memberRemove(admins)).toMatchObject({ ok: true });
    expect(await bob.client.memberAdd({ ...admins, userId: 'u_bob' })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(await alice.client.memberAdd(admins)).toMatchObject({ ok: true });
    // A member who is no administrator any more.
    const user = await app.store.users.get('u_alice');
    await app.store.users.put({ ...user!, admin: false });
    expect(await enter(await chatting(app, 'alice'), 'ch_admins')).toBe('FORBIDDEN');
  });

  test('one may come into an open channel by oneself, into a private one only with a member', async () => {
    const app = await startReference();
    const [alice, carol] = [await inChannel(app, 'alice', 'ch_launch'), await chatting(app, 'carol')];
    const made = await alice.client.channelCreate({ name: 'Fish', kind: 'open' });
    if (!made.ok) throw new Error(made.error.code);
    const fish = { channelId: made.data.id };
    const browsed = await carol.client.channelBrowse();
    expect(browsed.ok && browsed.data.channels.map(({ name }) => name)).toEqual(['Fish', 'General']);
    expect(await carol.client.memberAdd({ ...fish, userId: 'u_carol' })).toMatchObject({
      ok: true,
      data: {
        members: [
          { id: 'u_alice', username: 'alice' },
          { id: 'u_carol', username: 'carol' },
        ],
      },
    });
    const launch = { channelId: 'ch_launch', userId: 'u_carol' };
    expect(await carol.client.memberAdd(launch)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await alice.client.memberAdd(launch)).toMatchObject({ ok: true });
    expect(await alice.heard.first('member:joined')).toMatchObject({ member: { id: 'u_carol' } });
    expect(await alice.heard.first('message:new')).toMatchObject({
      kind: 'system',
      authorId: 'u_carol',
      text: 'Carol Adeyemi was added by Alice Moreau.',
    });
    expect(await carol.heard.first('channel:added', ({ id }) => id === 'ch_launch')).toMatchObject({
      name: 'Website launch',
      last: { kind: 'system' },
    });
    expect(await alice.client.memberAdd({ ...launch, userId: 'u_nobody' })).toMatchObject({
      error: { code: 'NO_SUCH_USER', details: { userId: 'u_nobody' } },
    });
  });

  test('whoever is removed hears nothing more, and cannot come back', async () => {
    const app = await startReference();
    const [alice, bob] = [await inChannel(app, 'alice'), await inChannel(app, 'bob')];
    const remove = { ...general, userId: 'u_bob' };
    expect(await bob.client.memberRemove({ ...general, userId: 'u_alice' })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
    expect(await alice.client.memberRemove(remove)).toMatchObject({ ok: true });
    expect(await bob.heard.first('channel:removed')).toEqual(general);
    expect(await alice.heard.first('member:left')).toEqual(remove);
    await alice.client.messageSend({ ...general, text: 'Among us' });
    await chatSettled(app, bob.heard);
    expect(bob.heard.of('message:new')).toEqual([]);
    expect(await bob.client.messageSend({ ...general, text: 'Hello?' })).toMatchObject({ ok: false });
  });

  test('open with the receipts of their members alone', async () => {
    const app = await startReference();
    const [bob, carol] = [await inChannel(app, 'bob'), await inChannel(app, 'carol')];
    for (const { client } of [bob, carol]) await client.messageRead({ ...general, seq: 6 });
    await bob.client.memberRemove({ ...general, userId: 'u_bob' });
    const { receipts } = (await inChannel(app, 'alice')).data;
    expect(receipts.map(({ userId }) => userId)).not.toContain('u_bob');
    expect(receipts.find(({ userId }) => userId === 'u_carol')?.read).toBe(6);
  });

  test('of two people are one, whoever opens them, and each sees the other’s name', async () => {
    const app = await startReference();
    const [alice, carol] = [await chatting(app, 'alice'), await chatting(app, 'carol')];
    const [one, two] = await Promise.all([
      alice.client.directOpen({ userId: 'u_carol' }),
      carol.client.directOpen({ userId: 'u_alice' }),
    ]);
    if (!one.ok || !two.ok) throw new Error('A direct channel was not opened.');
    expect([one.data.name, two.data.name]).toEqual(['Carol Adeyemi', 'Alice Moreau']);
    expect(two.data.id).toBe(one.data.id);
    const direct = { channelId: one.data.id };
    await Promise.all([alice, carol].map(({ client }) => client.channel(direct).join().ready));
    await alice.client.messageSend({ ...direct, text: 'Just us' });
    expect(await carol.heard.first('message:new')).toMatchObject({ text: 'Just us' });
    const bob = await chatting(app, 'bob');
    expect(await bob.client.channel(direct).join().ready).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await alice.client.memberAdd({ ...direct, userId: 'u_bob' })).toMatchObject({ ok: false });
    for (const userId of ['u_alice', 'u_nobody']) {
      expect(await alice.client.directOpen({ userId })).toMatchObject({ error: { code: 'NO_SUCH_USER' } });
    }
  });
});

test('an announcement reaches chat too', async () => {
  const app = await startReference();
  const bob = await chatting(app, 'bob');
  const { accessToken: token } = await signIn(app, 'alice');
  await call(app, 'POST /announcements', { token, body: { text: 'Cake in the kitchen' } });
  expect(await bob.heard.first('announcement')).toMatchObject({ text: 'Cake in the kitchen', level: 'info' });
});
