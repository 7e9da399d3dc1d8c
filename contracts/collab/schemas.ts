import { date } from '@sockeye/contract';
import * as z from 'zod';

/** 3 to 40 letters, digits, hyphens or underscores, as the reference server makes them. */
const id = () =>
  z
    .string()
    .min(3)
    .max(40)
    .regex(/^[A-Za-z0-9_-]+$/);

export const WorkspaceId = id().meta({ id: 'WorkspaceId', description: 'Identifies a workspace.' });
export const UserId = id().meta({ id: 'UserId', description: 'Identifies a user.' });
export const ProjectId = id().meta({ id: 'ProjectId', description: 'Identifies a project of a workspace.' });
export const TaskId = id().meta({ id: 'TaskId', description: 'Identifies a task.' });

export const TaskStatus = z.enum(['todo', 'doing', 'done']).meta({ id: 'TaskStatus' });
export const TaskPriority = z.enum(['low', 'normal', 'high']).meta({ id: 'TaskPriority' });
export const Presence = z.enum(['online', 'away', 'busy']).meta({ id: 'Presence' });

const title = z.string().trim().min(1).max(200).describe('One line; spaces at the ends are removed.');
const notes = z.string().max(5_000).describe('Plain text.');

export const Task = z
  .object({
    id: TaskId,
    workspaceId: WorkspaceId,
    projectId: ProjectId.optional().describe('The project that it is part of, if any.'),
    title,
    notes: notes.optional(),
    status: TaskStatus,
    priority: TaskPriority.default('normal'),
    assigneeId: UserId.nullable(),
    labels: z.array(z.string().min(1).max(30)).max(20),
    dueAt: date().nullable().optional().describe('When it should be done; null after the date was removed.'),
    createdBy: UserId,
    createdAt: date(),
    updatedAt: date(),
    version: z.int().min(1).describe('Counts up by one with every change.'),
  })
  .meta({ id: 'Task', description: 'A task of a workspace.' });

/** What a person may set when creating a task; the server adds the rest. */
export const NewTask = Task.pick({
  title: true,
  notes: true,
  priority: true,
  labels: true,
  dueAt: true,
  projectId: true,
})
  .extend({ labels: Task.shape.labels.default([]), assigneeId: UserId.nullable().default(null) })
  .meta({ id: 'NewTask', description: 'A task to create.' });

export const TaskChanges = z
  .object({
    title: title.optional(),
    notes: notes.nullable().optional(),
    status: TaskStatus.optional(),
    priority: TaskPriority.optional(),
    assigneeId: UserId.nullable().optional(),
    labels: Task.shape.labels.optional(),
    dueAt: date().nullable().optional(),
  })
  .meta({ id: 'TaskChanges', description: 'The fields of a task that changed, and no others.' });

export const OnlineUser = z
  .object({
    id: UserId,
    name: z.string().min(1).max(80),
    presence: Presence,
    since: date().describe('When the user came online.'),
  })
  .meta({
    id: 'OnlineUser',
    description: 'A user who is in a workspace right now, however many tabs are open.',
  });

const fraction = () => z.number().min(0).max(1);

export const CursorPlace = z
  .object({
    taskId: TaskId.nullable().describe('The task under the pointer; null for the board itself.'),
    x: fraction().describe('From the left edge of the task or board (0) to the right edge (1).'),
    y: fraction().describe('From the top edge (0) to the bottom edge (1).'),
  })
  .meta({
    id: 'CursorPlace',
    description: 'A position on a board, in every layout the same: relative to a task or to the board.',
  });

export const TaskActivity = z
  .object({
    id: z.uuid(),
    workspaceId: WorkspaceId,
    projectId: ProjectId,
    taskId: TaskId,
    title,
    what: z.enum(['created', 'updated', 'deleted']),
    by: z.object({ id: UserId, name: z.string().max(80) }),
    at: date(),
  })
  .meta({ id: 'TaskActivity', description: 'Something that happened to a task of a project.' });

export const Notification = z
  .object({
    id: z.uuid(),
    kind: z.enum(['task-assigned', 'task-updated', 'mention', 'system']),
    title: z.string().min(1).max(120),
    body: z.string().max(1_000).optional(),
    taskId: TaskId.optional(),
    from: z.object({ id: UserId, name: z.string().max(80) }).nullable(),
    createdAt: date(),
  })
  .meta({ id: 'Notification', description: 'Something that one user should know.' });
