import { botUser } from './bot.ts';
import { mentionedIn, quoteOf } from './chat/message-text.ts';
import type { ChatStore, StoredChannel, StoredMessage } from './stores/chat-store.ts';
import type { Store, StoredUser } from './stores/store.ts';

/** Where the demo users talk. */
export const demoChannels: readonly StoredChannel[] = [
  { id: 'ch_general', kind: 'open', name: 'General', memberIds: ['u_alice', 'u_bob', 'u_carol', botUser.id] },
  { id: 'ch_launch', kind: 'private', name: 'Website launch', memberIds: ['u_alice', 'u_bob'] },
  { id: 'ch_admins', kind: 'admins', name: 'Administrators', memberIds: ['u_alice'] },
];

/** One line of a conversation: who, what, and which line above it answers. */
type Line = readonly [author: string, text: string, answers?: number];

const conversations: Readonly<Record<string, readonly Line[]>> = {
  ch_general: [
    ['u_bob', 'Good morning! The empty states are half drawn.'],
    ['u_alice', 'Lovely. Can I see the one with the fish, @bob?', 0],
    ['u_bob', 'It is on the board. The fish does not smile yet.', 1],
    ['u_carol', 'It should smile. @alice, which blue is ours?'],
    ['u_alice', '#1d4ed8, the one from the old brand book.', 3],
    [botUser.id, 'I will move some cards while you talk.'],
  ],
  ch_launch: [
    ['u_alice', 'The announcement is on the board: “Write the announcement”.'],
    ['u_bob', 'I rehearse the demo on Thursday.'],
  ],
  ch_admins: [['u_alice', 'Only administrators see this channel.']],
};

/** Adds the bot, and the channels that are not there yet with what was said in them. */
export async function addDemoChat(
  { store, chatStore }: { readonly store: Store; readonly chatStore: ChatStore },
  now: Date,
): Promise<void> {
  if (!(await store.users.get(botUser.id))) {
    // No password matches this: nobody signs in as the bot.
    await store.users.put({ ...botUser, email: 'robin@example.com', admin: false, passwordHash: 'none' });
  }
  for (const channel of demoChannels) {
    if (!(await chatStore.channels.create(channel))) continue;
    const members = await store.users.getMany(channel.memberIds);
    await talk(chatStore, { channel, members, now });
  }
}

async function talk(
  store: ChatStore,
  { channel, members, now }: { channel: StoredChannel; members: readonly StoredUser[]; now: Date },
): Promise<void> {
  const lines = conversations[channel.id] ?? [];
  const said: StoredMessage[] = [];
  for (const [index, [authorId, text, answers]] of lines.entries()) {
    const answered = answers === undefined ? undefined : said[answers];
    const message = await store.messages.append({
      id: `msg_${channel.id.slice(3)}_${index + 1}`,
      channelId: channel.id,
      kind: 'text',
      authorId,
      authorName: members.find(({ id }) => id === authorId)?.name ?? 'Nobody',
      text,
      replyTo: answered ? quoteOf(answered) : null,
      mentions: mentionedIn(text, members),
      createdAt: new Date(now.getTime() - (lines.length - index) * 90_000),
    });
    said.push(message);
    await store.receipts.advance(channel.id, authorId, { read: message.seq });
  }
}
