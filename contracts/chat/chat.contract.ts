import { collection, date, defineContract, errorOf, event, expiring, room } from '@sockeye/contract';
import * as z from 'zod';
import { UserId } from '../collab/schemas.ts';
import {
  Channel,
  ChannelChanges,
  ChannelId,
  ChannelSummary,
  Member,
  Message,
  MessageId,
  MessageText,
  Page,
  Receipt,
  Seq,
} from './schemas.ts';

const inChannel = z.object({ channelId: ChannelId });
const progress = z.object({ channelId: ChannelId, seq: Seq });
const typist = z.object({ channelId: ChannelId, userId: UserId, userName: z.string().max(80) });

/** Team chat: channels with membership, direct messages, replies, history, receipts and typing. */
export const chat = defineContract({
  name: 'chat',
  version: '1.1.0',
  namespace: '/chat',
  summary: 'Team chat: channels, direct messages, replies, history, receipts and typing.',
  auth: z.object({ token: z.string().min(1).max(8_192).describe('Access token of POST /auth/login.') }),
  identity: z.object({ id: UserId, name: z.string(), role: z.enum(['member', 'admin']) }),
  rooms: {
    channel: room({ channelId: ChannelId }, { summary: 'Members who have a channel open.' }),
    user: room({ userId: UserId }, { auto: { userId: 'id' }, summary: 'Every tab of one user.' }),
  },
  errors: {
    FORBIDDEN: errorOf(z.object({ room: z.string() }), { summary: 'Not a member of the channel.' }),
    NO_SUCH_MESSAGE: errorOf(z.object({ messageId: MessageId }), {
      summary: 'The message that you reply to is not in this channel.',
    }),
    NO_SUCH_USER: errorOf(z.object({ userId: UserId }), { summary: 'There is no such user.' }),
  },
  clientToServer: {
    'channel:list': event({
      summary: 'List the channels that you are a member of.',
      ack: z.object({ channels: z.array(ChannelSummary).max(1_000) }),
      limit: { rate: 5, per: '1s' },
    }),
    'channel:browse': event({
      summary: 'List the open channels, whether you are a member or not.',
      ack: z.object({ channels: z.array(Channel).max(1_000) }),
      limit: { rate: 5, per: '1s' },
    }),
    'channel:join': event({
      summary: 'Open a channel; the answer has its newest messages.',
      payload: inChannel,
      ack: z.object({ channel: Channel, page: Page, receipts: z.array(Receipt).max(500) }),
      errors: ['FORBIDDEN'],
      joins: 'channel',
      examples: [{ channelId: 'ch_general' }],
    }),
    'channel:leave': event({
      summary: 'Close a channel; you stay a member.',
      payload: inChannel,
      ack: z.object({}),
      leaves: 'channel',
    }),
    'channel:create': event({
      summary: 'Start a channel of your own.',
      payload: z.object({ name: z.string().trim().min(1).max(80), kind: z.enum(['open', 'private']) }),
      ack: Channel,
      limit: { rate: 5, per: '1m' },
    }),
    'direct:open': event({
      summary: 'Open the channel between you and another user; it is created where there is none.',
      payload: z.object({ userId: UserId }),
      ack: Channel,
      errors: ['NO_SUCH_USER'],
      limit: { rate: 10, per: '1m' },
    }),
    'member:add': event({
      summary: 'Add a member; in an open channel, you may add yourself.',
      payload: z.object({ channelId: ChannelId, userId: UserId }),
      ack: Channel,
      errors: ['FORBIDDEN', 'NO_SUCH_USER'],
      limit: { rate: 10, per: '1s' },
    }),
    'member:remove': event({
      summary: 'End your membership; administrators may end that of others.',
      payload: z.object({ channelId: ChannelId, userId: UserId }),
      ack: z.object({}),
      errors: ['FORBIDDEN'],
      limit: { rate: 10, per: '1s' },
    }),
    'message:history': event({
      summary: 'Load the messages before one that you have, for scrolling back.',
      payload: inChannel.extend({
        before: Seq.min(1),
        limit: z.int().min(1).max(100).optional().describe('Default: 50.'),
      }),
      ack: Page,
      within: 'channel',
      limit: { rate: 20, per: '1s' },
    }),
    'message:send': event({
      summary: 'Send a message; the answer is the message as it is stored.',
      payload: inChannel.extend({ text: MessageText, replyTo: MessageId.optional() }),
      ack: Message,
      errors: ['NO_SUCH_MESSAGE'],
      within: 'channel',
      once: true,
      limit: { rate: 5, per: '1s', burst: 10 },
      examples: [{ channelId: 'ch_general', text: 'Good morning @bob' }],
    }),
    'message:delivered': event({
      summary: 'Report that messages up to this one have arrived on a device.',
      payload: progress,
      ack: z.object({}),
      within: 'channel',
      limit: { rate: 20, per: '1s' },
    }),
    'message:read': event({
      summary: 'Report that messages up to this one have been read.',
      payload: progress,
      ack: z.object({}),
      within: 'channel',
      limit: { rate: 20, per: '1s' },
    }),
    'typing:start': event({
      summary: 'Show the others that you are typing; repeat it every 3 seconds while you are.',
      payload: inChannel,
      within: 'channel',
      delivery: 'volatile',
      limit: { rate: 5, per: '1s' },
    }),
    'typing:stop': event({
      summary: 'Show the others that you have stopped typing; sending a message shows it too.',
      payload: inChannel,
      within: 'channel',
      limit: { rate: 5, per: '1s' },
    }),
  },
  serverToClient: {
    'message:new': event({
      summary: 'Someone sent a message, yourself included.',
      payload: Message,
      room: 'channel',
      delivery: 'durable',
    }),
    'message:receipt': event({
      summary: 'A member has received or read messages.',
      payload: z.object({ channelId: ChannelId, receipt: Receipt }),
      room: 'channel',
    }),
    'typing:start': event({
      summary: 'Someone is typing; the server stamps who.',
      payload: typist,
      room: 'channel',
      delivery: 'volatile',
    }),
    'typing:stop': event({ summary: 'Someone has stopped typing.', payload: typist, room: 'channel' }),
    'member:joined': event({
      summary: 'Someone has become a member.',
      payload: z.object({ channelId: ChannelId, member: Member }),
      room: 'channel',
    }),
    'member:left': event({
      summary: 'Someone is no longer a member.',
      payload: z.object({ channelId: ChannelId, userId: UserId }),
      room: 'channel',
    }),
    'channel:added': event({
      summary: 'You have become a member of a channel.',
      payload: ChannelSummary,
      room: 'user',
    }),
    'channel:updated': event({
      summary: 'Something changed in a channel that you are a member of, open or not.',
      payload: z.object({ channelId: ChannelId, changes: ChannelChanges }),
      room: 'user',
    }),
    'channel:removed': event({
      summary: 'You are no longer a member of a channel.',
      payload: inChannel,
      room: 'user',
    }),
    announcement: event({
      summary: 'A message to everyone who is connected.',
      payload: z.object({
        id: z.uuid(),
        text: z.string().min(1).max(500),
        level: z.enum(['info', 'warning']),
        createdAt: date(),
      }),
    }),
  },
  projections: {
    messages: collection({
      summary: 'The messages of the channel.',
      of: Message,
      key: 'id',
      upsert: { 'message:new': true },
    }),
    members: collection({
      summary: 'Who belongs to the channel.',
      of: Member,
      key: 'id',
      upsert: { 'member:joined': 'member' },
      remove: { 'member:left': 'userId' },
    }),
    receipts: collection({
      summary: 'What each member has received and read.',
      of: Receipt,
      key: 'userId',
      version: 'version',
      upsert: { 'message:receipt': 'receipt' },
    }),
    typing: expiring({
      summary: 'Who is typing.',
      event: 'typing:start',
      key: 'userId',
      ttl: '5s',
      clear: { 'typing:stop': 'userId', 'message:new': 'authorId' },
    }),
    channels: collection({
      summary: 'The channels that you are a member of, and how far you have read.',
      of: ChannelSummary,
      key: 'id',
      upsert: { 'channel:added': true },
      patch: { 'channel:updated': { key: 'channelId', changes: 'changes' } },
      remove: { 'channel:removed': 'channelId' },
    }),
  },
});
