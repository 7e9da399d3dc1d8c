import { collection, date, defineContract, event, latest, room } from '@sockeye/contract';
import * as z from 'zod';
import { Notification as Base, UserId } from '../collab/schemas.ts';

/** What one user should know, kept until it is read and for a while after. */
export const StoredNotification = Base.extend({
  channelId: z.string().min(3).max(64).optional().describe('Channel of a mention.'),
  readAt: date().nullable().describe('When the user read it; null until then.'),
}).meta({ id: 'StoredNotification', description: 'Something that one user should know, kept for a while.' });

const unread = z.int().min(0);

/** Notifications that wait for their user: stored, counted, and the same in every tab. */
export const notifications = defineContract({
  name: 'notifications',
  version: '1.0.0',
  namespace: '/notifications',
  summary: 'Notifications that wait for their user: stored, counted, and the same in every tab.',
  auth: z.object({ token: z.string().min(1).max(8_192).describe('Access token of POST /auth/login.') }),
  identity: z.object({ id: UserId, name: z.string() }),
  rooms: {
    user: room({ userId: UserId }, { auto: { userId: 'id' }, summary: 'Every tab of one user.' }),
  },
  clientToServer: {
    'notification:list': event({
      summary: 'List your notifications, the newest first.',
      payload: z.object({
        before: z.uuid().optional().describe('Only what came before this one.'),
        limit: z.int().min(1).max(100).optional().describe('Default: 50.'),
      }),
      ack: z.object({ notifications: z.array(StoredNotification).max(100), unread, more: z.boolean() }),
      limit: { rate: 10, per: '1s' },
    }),
    'notification:read': event({
      summary: 'Mark notifications as read; those that are read already stay unchanged.',
      payload: z.object({ ids: z.array(z.uuid()).min(1).max(100) }),
      ack: z.object({ unread }),
      limit: { rate: 10, per: '1s' },
    }),
    'notification:read-all': event({
      summary: 'Mark every notification as read.',
      ack: z.object({ unread }),
      limit: { rate: 5, per: '1s' },
    }),
  },
  serverToClient: {
    'notification:new': event({
      summary: 'Something that you should know.',
      payload: StoredNotification,
      room: 'user',
    }),
    'notification:updated': event({
      summary: 'A notification was read, in this tab or another.',
      payload: z.object({ id: z.uuid(), changes: z.object({ readAt: date() }) }),
      room: 'user',
    }),
    'notification:unread': event({
      summary: 'How many are unread; sent on connect and after every change.',
      payload: z.object({ unread }),
      room: 'user',
    }),
  },
  projections: {
    inbox: collection({
      summary: 'What you should know.',
      of: StoredNotification,
      key: 'id',
      upsert: { 'notification:new': true },
      patch: { 'notification:updated': { key: 'id', changes: 'changes' } },
    }),
    unread: latest({ summary: 'How many are unread.', event: 'notification:unread', pick: 'unread' }),
  },
});
