import {
  collection,
  date,
  defineContract,
  errorOf,
  event,
  expiring,
  feed,
  presence,
  room,
} from '@sockeye/contract';
import * as z from 'zod';
import {
  CursorPlace,
  Notification,
  OnlineUser,
  Presence,
  ProjectId,
  Task,
  TaskActivity,
  TaskChanges,
  TaskId,
  UserId,
  WorkspaceId,
} from './schemas.ts';

const projectParams = z.object({ workspaceId: WorkspaceId, projectId: ProjectId });
const userName = z.string().max(80);

/** The reference contract: a shared task board with presence, typing and notifications. */
export const collab = defineContract({
  name: 'collab',
  version: '1.1.0',
  summary: 'A shared task board with presence, typing and notifications.',
  auth: z.object({ token: z.string().min(1).max(8_192).describe('Access token of POST /auth/login.') }),
  identity: z.object({ id: UserId, name: z.string(), email: z.email() }),
  rooms: {
    workspace: room({ workspaceId: WorkspaceId }, { summary: 'Everyone who has a workspace open.' }),
    project: room(
      { workspaceId: WorkspaceId, projectId: ProjectId },
      { summary: 'Everyone who follows the tasks of one project.' },
    ),
    user: room({ userId: UserId }, { auto: { userId: 'id' }, summary: 'Every tab of one user.' }),
  },
  errors: {
    FORBIDDEN: errorOf(z.object({ room: z.string() }), { summary: 'Not a member of the room.' }),
  },
  clientToServer: {
    'workspace:join': event({
      summary: 'Subscribe to a workspace.',
      payload: z.object({ workspaceId: WorkspaceId }),
      ack: z.object({ users: z.array(OnlineUser).max(10_000) }),
      errors: ['FORBIDDEN'],
      joins: 'workspace',
      examples: [{ workspaceId: 'ws_design' }],
    }),
    'workspace:leave': event({
      summary: 'Unsubscribe from a workspace.',
      payload: z.object({ workspaceId: WorkspaceId }),
      ack: z.object({}),
      leaves: 'workspace',
    }),
    'user:typing': event({
      summary: 'Show the others which task you are typing in.',
      payload: z.object({ workspaceId: WorkspaceId, taskId: TaskId }),
      within: 'workspace',
      delivery: 'volatile',
      limit: { rate: 10, per: '1s' },
    }),
    'cursor:move': event({
      summary: 'Show the others where your pointer is: the newest position counts, 30 a second are enough.',
      payload: z.object({ workspaceId: WorkspaceId, at: CursorPlace }),
      within: 'workspace',
      delivery: 'volatile',
      limit: { rate: 40, per: '1s' },
    }),
    'task:subscribe': event({
      summary: 'Follow the tasks of one project.',
      payload: projectParams,
      ack: z.object({ tasks: z.array(Task).max(10_000) }),
      errors: ['FORBIDDEN'],
      joins: 'project',
      examples: [{ workspaceId: 'ws_design', projectId: 'prj_brand' }],
    }),
    'task:unsubscribe': event({
      summary: 'Stop following the tasks of one project.',
      payload: projectParams,
      ack: z.object({}),
      leaves: 'project',
    }),
    'editing:start': event({
      summary: 'Show the others that you have a task open for editing; repeat it every 5 seconds.',
      payload: z.object({ workspaceId: WorkspaceId, taskId: TaskId }),
      within: 'workspace',
      limit: { rate: 5, per: '1s' },
    }),
    'editing:stop': event({
      summary: 'Show the others that you have closed the task.',
      payload: z.object({ workspaceId: WorkspaceId, taskId: TaskId }),
      within: 'workspace',
      limit: { rate: 5, per: '1s' },
    }),
    'presence:update': event({
      summary: 'Set your own presence, in every workspace that you have open.',
      payload: z.object({ presence: Presence }),
      ack: z.object({}),
      limit: { rate: 5, per: '1s' },
    }),
  },
  serverToClient: {
    'task:created': event({
      summary: 'A task was created.',
      payload: z.object({ task: Task }),
      room: 'workspace',
      delivery: 'durable',
    }),
    'task:updated': event({
      summary: 'Some fields of a task changed.',
      payload: z.object({
        workspaceId: WorkspaceId,
        taskId: TaskId,
        changes: TaskChanges,
        version: z.int().min(1),
        updatedBy: UserId,
      }),
      room: 'workspace',
      delivery: 'durable',
    }),
    'task:deleted': event({
      summary: 'A task was deleted.',
      payload: z.object({ workspaceId: WorkspaceId, taskId: TaskId, deletedBy: UserId }),
      room: 'workspace',
      delivery: 'durable',
    }),
    'user:typing': event({
      summary: 'Someone is typing in a task; the server stamps who.',
      payload: z.object({
        workspaceId: WorkspaceId,
        taskId: TaskId,
        userId: UserId,
        userName,
      }),
      room: 'workspace',
      delivery: 'volatile',
    }),
    'cursor:moved': event({
      summary: 'Someone moved their pointer; the server stamps who.',
      payload: z.object({
        workspaceId: WorkspaceId,
        userId: UserId,
        userName,
        at: CursorPlace,
      }),
      room: 'workspace',
      delivery: 'volatile',
    }),
    'task:activity': event({
      summary: 'Something happened to a task of the project.',
      payload: TaskActivity,
      room: 'project',
    }),
    'editing:start': event({
      summary: 'Someone has a task open for editing.',
      payload: z.object({ workspaceId: WorkspaceId, taskId: TaskId, userId: UserId, userName }),
      room: 'workspace',
    }),
    'editing:stop': event({
      summary: 'Someone has closed the task.',
      payload: z.object({ workspaceId: WorkspaceId, taskId: TaskId, userId: UserId }),
      room: 'workspace',
    }),
    notification: event({
      summary: 'Something that you should know.',
      payload: Notification,
      room: 'user',
      delivery: 'durable',
    }),
    online_users: event({
      summary: 'Who is in the workspace now.',
      payload: z.object({ workspaceId: WorkspaceId, users: z.array(OnlineUser).max(10_000) }),
      room: 'workspace',
    }),
    'presence:online': event({
      summary: 'Someone has opened the workspace in their first tab.',
      payload: z.object({ workspaceId: WorkspaceId, user: OnlineUser }),
      room: 'workspace',
    }),
    'presence:update': event({
      summary: 'Someone set their presence.',
      payload: z.object({ workspaceId: WorkspaceId, userId: UserId, presence: Presence }),
      room: 'workspace',
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
    tasks: collection({
      summary: 'The tasks of the workspace.',
      of: Task,
      key: 'id',
      version: 'version',
      upsert: { 'task:created': 'task' },
      patch: { 'task:updated': { key: 'taskId', changes: 'changes', version: 'version' } },
      remove: { 'task:deleted': 'taskId' },
    }),
    typing: expiring({
      summary: 'Who is typing, and in which task.',
      event: 'user:typing',
      key: 'userId',
      ttl: '4s',
      clear: { 'task:updated': 'updatedBy', 'editing:stop': 'userId' },
    }),
    cursors: expiring({
      summary: 'Where the others point.',
      event: 'cursor:moved',
      key: 'userId',
      ttl: '6s',
    }),
    editing: expiring({
      summary: 'Who has which task open.',
      event: 'editing:start',
      key: 'userId',
      ttl: '12s',
      clear: { 'editing:stop': 'userId' },
    }),
    activity: feed({
      summary: 'What happened to the tasks of the project, the newest first.',
      event: 'task:activity',
      key: 'id',
      limit: 50,
    }),
    onlineUsers: presence({
      summary: 'Who has the workspace open.',
      room: 'workspace',
      of: OnlineUser,
      key: 'id',
      list: { online_users: 'users' },
    }),
    notifications: feed({
      summary: 'What you should know, the newest first.',
      event: 'notification',
      key: 'id',
      limit: 100,
    }),
  },
});
