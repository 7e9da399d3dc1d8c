import { expect, test } from 'vitest';
import { call, signIn, startReference } from './reference.ts';

interface Answered {
  readonly messages: readonly { readonly seq: number; readonly text: string }[];
  readonly more: boolean;
  readonly next: number | null;
}

test('what was said is paged back over REST to the very first message', async () => {
  const app = await startReference();
  for (let n = 1; n <= 130; n += 1) {
    await app.chatStore.messages.append({
      id: `msg_more_${n}`,
      channelId: 'ch_launch',
      kind: 'text',
      authorId: 'u_alice',
      authorName: 'Alice',
      text: `Line ${n}`,
      replyTo: null,
      mentions: [],
      createdAt: new Date(),
    });
  }
  const { accessToken: token } = await signIn(app, 'bob');
  const seen: number[] = [];
  for (let query = ''; ;) {
    const { body } = await call<Answered>(app, `GET /channels/ch_launch/messages${query}`, { token });
    seen.unshift(...body.messages.map(({ seq }) => seq));
    if (body.next === null) break;
    query = `?before=${body.next}`;
  }
  expect(seen).toEqual(Array.from({ length: 132 }, (_, n) => n + 1));
});

test.each([
  ['ch_launch', 'carol', 403],
  ['ch_nowhere', 'bob', 403],
  ['ch_launch', undefined, 401],
  ['ch_launch', 'bob', 200],
  ['ch_admins', 'bob', 403],
])('history of %s is answered to %s with %i', async (channel, username, status) => {
  const app = await startReference();
  const token = username === undefined ? {} : { token: (await signIn(app, username)).accessToken };
  expect((await call(app, `GET /channels/${channel}/messages`, token)).status).toBe(status);
});

test.each(['?limit=0', '?limit=101', '?before=0', '?before=x'])('refuses %s', async (query) => {
  const app = await startReference();
  const { accessToken: token } = await signIn(app, 'bob');
  expect((await call(app, `GET /channels/ch_launch/messages${query}`, { token })).status).toBe(400);
});
