import { failure, success, type Result } from '@sockeye/client';
import { expect, test } from 'vitest';
import type { ChannelSummary, Member, Message, Page, Receipt } from '../generated/chat.types.gen.ts';
import type { ChatCalls } from './calls.ts';
import { groupsOf, unreadIn, unreadOf } from './channels.ts';
import { marksOf, typingLine } from './marks.ts';
import { partsOf, suggestionsFor, withMention } from './mentions.ts';
import { draftOf, linesOf, threadOf } from './messages.ts';
import { createThread } from './thread.ts';

const message = (seq: number, changes: Partial<Message> = {}): Message => ({
  id: `msg_${seq}`,
  channelId: 'ch_1',
  seq,
  kind: 'text',
  authorId: 'u_1',
  authorName: 'Ann Lee',
  text: `Number ${seq}`,
  replyTo: null,
  mentions: [],
  createdAt: new Date(2026, 10, 21, 12, seq),
  ...changes,
});
const draft = draftOf({
  channelId: 'ch_1',
  authorId: 'u_1',
  authorName: 'Ann Lee',
  text: 'Soon',
  replyTo: null,
});
const members: readonly Member[] = [
  { id: 'u_1', name: 'Ann Lee', username: 'ann' },
  { id: 'u_2', name: 'Bob Lindqvist', username: 'bob' },
  { id: 'u_3', name: 'Carol Adeyemi', username: 'carol' },
];
const receipt = (userId: string, delivered: number, read: number): Receipt => ({
  userId,
  delivered,
  read,
  version: 1,
});
const channel = (id: string, changes: Partial<ChannelSummary> = {}): ChannelSummary => ({
  id,
  kind: 'open',
  name: id,
  members: [...members],
  last: null,
  read: 0,
  ...changes,
});

test.each([
  ['nothing', [], [], []],
  ['in order, whatever order they came in', [message(3), message(1), message(2)], [], [1, 2, 3]],
  ['with older ones before them, each once', [message(4), message(3)], [message(2), message(3)], [2, 3, 4]],
  ['without those beyond a gap', [message(7), message(6)], [message(2), message(3)], [6, 7]],
  ['with what is being sent at the end', [draft, message(1)], [], [1, draft.seq]],
  ['with what is being sent alone', [draft], [], [draft.seq]],
])('a thread is %s', (_, rows, older, want) => {
  expect(threadOf(rows, older).map(({ seq }) => seq)).toEqual(want);
});

test('messages of one author stand together for five minutes, and not over the night or an answer', () => {
  const at = (day: number, minute: number, changes: Partial<Message> = {}) =>
    message(minute, { createdAt: new Date(2026, 10, day, 12, minute), ...changes });
  const replyTo = { id: 'msg_1', authorName: 'Bob', text: 'What?' };
  const thread = [
    at(19, 0),
    at(20, 1),
    at(20, 2),
    at(20, 7),
    at(20, 8, { authorId: 'u_2' }),
    at(21, 9),
    at(21, 10, { replyTo }),
  ];
  const lines = linesOf(thread, new Date(2026, 10, 21, 13));
  expect(lines.map(({ goesOn }) => goesOn)).toEqual([false, false, true, false, false, false, false]);
  expect(lines.map(({ day }) => day)).toEqual([
    expect.stringContaining('19'),
    'Yesterday',
    undefined,
    undefined,
    undefined,
    'Today',
    undefined,
  ]);
});

const others = members.slice(1);
const [own1, own5] = [message(1), message(5)];
const theirs = message(3, { authorId: 'u_2' });

test.each([
  ['sent', [], { state: 'sent', words: 'Sent' }],
  ['sent, whatever its author has read', [receipt('u_1', 9, 9)], { state: 'sent', words: 'Sent' }],
  ['delivered', [receipt('u_2', 5, 0)], { state: 'delivered', words: 'Delivered to Bob' }],
  ['read', [receipt('u_2', 5, 5), receipt('u_3', 8, 8)], { state: 'read', words: 'Read by Bob and Carol' }],
])('one’s newest message is %s', (_, receipts, want) => {
  expect([...marksOf([own1, theirs, own5], 'u_1', { others, receipts })]).toEqual([[own5.id, want]]);
});

test('each reader stands under the last of one’s messages that they have read', () => {
  const system = message(2, { kind: 'system' });
  const thread = [own1, system, theirs, message(4), own5, draft];
  const marks = marksOf(thread, 'u_1', { others, receipts: [receipt('u_2', 5, 4), receipt('u_3', 5, 3)] });
  expect(Object.fromEntries([...marks].map(([id, { words }]) => [id, words]))).toEqual({
    msg_1: 'Read by Carol',
    msg_4: 'Read by Bob',
    msg_5: 'Delivered to Bob and Carol',
    [draft.id]: 'Sending…',
  });
});

test('who has read nothing that is shown stands nowhere, and nobody under what is being sent', () => {
  const receipts = [receipt('u_2', 9, 0), receipt('u_3', 0, 0)];
  const marks = marksOf([own5, draft], 'u_1', { others, receipts });
  expect([...marks.values()].map(({ words }) => words)).toEqual(['Sending…', 'Delivered to Bob']);
  expect(marksOf([theirs], 'u_1', { others, receipts }).size).toBe(0);
});

test.each([
  [[], ''],
  [['Ann Lee'], 'Ann is typing…'],
  [['Ann Lee', 'Bob Lindqvist'], 'Ann and Bob are typing…'],
  [['Ann', 'Bob', 'Carol', 'Dan'], 'Ann, Bob and 2 others are typing…'],
])('%j type', (names, want) => {
  expect(typingLine(names)).toBe(want);
});

test.each([
  ['Hello', ['Hello']],
  ['@bob', ['[bob]']],
  ['Ask @Bob. Or @carol, now', ['Ask ', '[bob]', '. Or ', '[carol]', ', now']],
  ['bob@bob @nobody', ['bob@bob @nobody']],
])('mentions in %j', (text, want) => {
  expect(
    partsOf(text, members).map((part) => (part.member ? `[${part.member.username}]` : part.text)),
  ).toEqual(want);
  expect(
    partsOf(text, members)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});

test.each([
  ['Hi', []],
  ['Hi @', ['ann', 'bob', 'carol']],
  ['Hi @b', ['bob']],
  ['Hi @ade', ['carol']],
  ['Hi @bob', []],
  ['me@b', []],
  ['@b and', []],
])('what %j may mean', (text, want) => {
  expect(suggestionsFor(text, members).map(({ username }) => username)).toEqual(want);
});

test('a mention takes the place of its beginning', () => {
  expect(withMention('Hi @lin', members[1]!)).toBe('Hi @bob ');
});

test('channels are in groups, the one with news first, and count what is unread', () => {
  const channels = [
    channel('old', { last: message(2), read: 2 }),
    channel('new', { last: message(5), read: 2 }),
    channel('dm', { kind: 'direct' }),
  ];
  expect(groupsOf(channels).map(({ name, channels }) => [name, channels.map(({ id }) => id)])).toEqual([
    ['Channels', ['new', 'old']],
    ['Direct messages', ['dm']],
  ]);
  expect([channels.map(unreadOf), unreadIn({ rows: channels })]).toEqual([[0, 3, 0], 3]);
});

/** A thread over calls that are noted and answered as told. */
function threadOver(answers: { history?: Result<Page>; read?: Result<unknown> } = {}) {
  const calls: string[] = [];
  const problems: string[] = [];
  const note =
    <Answer>(name: string, answer: Answer) =>
    (payload: object) => {
      calls.push(`${name} ${JSON.stringify(payload)}`);
      return answer;
    };
  const chat = {
    messageHistory: note(
      'history',
      Promise.resolve(answers.history ?? success({ messages: [message(1)], more: false })),
    ),
    messageRead: note('read', Promise.resolve(answers.read ?? success({}))),
    typingStart: note('start', true),
    typingStop: note('stop', true),
  } as unknown as ChatCalls;
  const me = { id: 'u_1', name: 'Ann Lee', admin: false };
  const thread = createThread({ chat, channelId: 'ch_1', me, tell: (problem) => problems.push(problem) });
  return { thread, calls, problems };
}

test('typing is told once in a while, and its end once', () => {
  const { thread, calls } = threadOver();
  for (const text of ['', 'H', 'Hi', '', ' ']) thread.write(text);
  expect(calls).toEqual(['start {"channelId":"ch_1"}', 'stop {"channelId":"ch_1"}']);
});

test('what was read is told once, and again where that failed', async () => {
  const { thread, calls } = threadOver({ read: failure({ code: 'TIMEOUT', message: '', retryable: true }) });
  thread.read(3);
  thread.read(3);
  thread.read(2);
  expect(calls).toHaveLength(1);
  await Promise.resolve();
  await Promise.resolve();
  thread.read(3);
  expect(calls).toHaveLength(2);
});

test('earlier messages are asked for once at a time, and a failure is told', async () => {
  const { thread, calls } = threadOver();
  await Promise.all([thread.loadEarlier(2), thread.loadEarlier(2)]);
  expect(calls).toEqual(['history {"channelId":"ch_1","before":2,"limit":30}']);
  expect(thread.older.getSnapshot()).toEqual({ messages: [message(1)], isLoading: false });
  const broken = threadOver({ history: failure({ code: 'DISCONNECTED', message: '', retryable: true }) });
  await broken.thread.loadEarlier(2);
  expect(broken.problems).toEqual(['The server cannot be reached. Try again in a moment.']);
  expect(broken.thread.older.getSnapshot()).toEqual({ messages: [], isLoading: false });
});
