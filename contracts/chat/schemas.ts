import { date } from '@sockeye/contract';
import * as z from 'zod';
import { UserId } from '../collab/schemas.ts';

/** 3 to 64 letters, digits, hyphens or underscores, as the reference server makes them. */
const id = () =>
  z
    .string()
    .min(3)
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/);

export const ChannelId = id().meta({ id: 'ChannelId', description: 'Identifies a channel.' });
export const MessageId = id().meta({ id: 'MessageId', description: 'Identifies a message.' });

/** Position of a message in its channel: 1 for the first, one more for each that follows. */
export const Seq = z.int().min(0);

const userName = z.string().min(1).max(80);

export const ChannelKind = z.enum(['open', 'private', 'direct', 'admins']).meta({
  id: 'ChannelKind',
  description:
    'open: anyone may join; private: members add members; direct: two people; admins: administrators only.',
});

export const Member = z
  .object({
    id: UserId,
    name: userName,
    username: userName.describe('What follows the @ in a mention.'),
  })
  .meta({ id: 'Member', description: 'Someone who belongs to a channel, connected or not.' });

export const Quote = z
  .object({ id: MessageId, authorName: userName, text: z.string().max(140) })
  .meta({ id: 'Quote', description: 'The message that a reply refers to; long texts are cut.' });

/** What a person may write: spaces at the ends are removed. */
export const MessageText = z.string().trim().min(1).max(4_000);

export const Message = z
  .object({
    id: MessageId,
    channelId: ChannelId,
    seq: Seq.min(1),
    kind: z.enum(['text', 'system']).describe('system: written by the server, such as “Alice joined”.'),
    authorId: UserId.describe('Of a system message: who it is about.'),
    authorName: userName,
    text: MessageText,
    replyTo: Quote.nullable(),
    mentions: z.array(UserId).max(50).describe('Members that the text mentions by @username.'),
    createdAt: date(),
  })
  .meta({ id: 'Message', description: 'A message as it is stored; it never changes.' });

export const Receipt = z
  .object({
    userId: UserId,
    delivered: Seq.describe('Every message up to this one has reached a device of the user.'),
    read: Seq.describe('Every message up to this one has been read.'),
    version: z.int().min(0).describe('Counts up by one with every change.'),
  })
  .meta({ id: 'Receipt', description: 'What a member has received and read of a channel.' });

export const Channel = z
  .object({
    id: ChannelId,
    kind: ChannelKind,
    name: z.string().min(1).max(80).describe('Of a direct channel: the name of the other person.'),
    members: z.array(Member).max(500),
  })
  .meta({ id: 'Channel', description: 'A channel as one of its members sees it.' });

export const ChannelSummary = Channel.extend({
  last: Message.nullable().describe('The newest message; `last.seq - read` messages are unread.'),
  read: Seq.describe('How far the user has read.'),
}).meta({ id: 'ChannelSummary', description: 'A channel in a list of channels.' });

export const ChannelChanges = z
  .object({
    last: Message.optional(),
    read: Seq.optional(),
    members: Channel.shape.members.optional(),
  })
  .meta({ id: 'ChannelChanges', description: 'What changed in a list of channels, and nothing else.' });

export const Page = z.object({ messages: z.array(Message).max(100), more: z.boolean() }).meta({
  id: 'Page',
  description: 'Consecutive messages, the oldest first; more: whether there are older ones.',
});
