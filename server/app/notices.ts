import { randomUUID } from 'node:crypto';
import type { ChatServer } from './generated/chat.server.gen.ts';
import type { CollabServer, CollabServerToClient } from './generated/collab.server.gen.ts';
import type { Inbox } from './inbox.ts';
import type { Logger } from 'pino';
import type { StoredTask, StoredUser } from './stores/store.ts';

type Announcement = CollabServerToClient['announcement'];
type TaskActivity = CollabServerToClient['task:activity'];

/** A change that was written. */
export interface TaskChange {
  readonly task: StoredTask;
  readonly before: StoredTask;
  readonly changes: CollabServerToClient['task:updated']['changes'];
}

/** Tells clients what has happened, after it was written. */
export interface Notices {
  taskCreated(task: StoredTask, by: StoredUser): void;
  taskUpdated(change: TaskChange, by: StoredUser): void;
  taskDeleted(task: StoredTask, by: StoredUser): void;
  /** Tells everyone who is connected to the board or to chat; returns what was sent. */
  announce(text: string, level: Announcement['level']): Announcement;
}

/** What {@link createNotices} stands on. */
export interface NoticeParts {
  readonly collab: CollabServer;
  readonly chat: ChatServer;
  readonly inbox: Inbox;
  readonly log: Logger;
  readonly now: () => Date;
}

/**
 * Makes {@link Notices} on a running server of the contract. A change that cannot be told is logged: it was written,
 * and its author must not hear that it failed.
 */
export function createNotices({ collab, chat, inbox, log, now }: NoticeParts): Notices {
  const tell = (send: () => void): void => {
    try {
      send();
    } catch (error) {
      log.error({ err: error }, 'a change was written, but not told');
    }
  };

  const tellAssignee = (task: StoredTask, by: StoredUser): void => {
    if (task.assigneeId === null || task.assigneeId === by.id) return;
    const userId = task.assigneeId;
    const notification = {
      id: randomUUID(),
      kind: 'task-assigned' as const,
      title: `${by.name} gave you a task`.slice(0, 120),
      body: task.title,
      taskId: task.id,
      from: { id: by.id, name: by.name },
      createdAt: now(),
    };
    void inbox.notify(userId, notification);
    collab.user({ userId }).emit('notification', notification);
  };

  const tellProject = (task: StoredTask, by: StoredUser, what: TaskActivity['what']): void => {
    const { id: taskId, workspaceId, projectId, title } = task;
    if (projectId === undefined) return;
    collab.project({ workspaceId, projectId }).emit('task:activity', {
      id: randomUUID(),
      workspaceId,
      projectId,
      taskId,
      title,
      what,
      by: { id: by.id, name: by.name.slice(0, 80) },
      at: now(),
    });
  };

  return {
    taskCreated: (task, by) => {
      tell(() => collab.workspace({ workspaceId: task.workspaceId }).emit('task:created', { task }));
      tell(() => tellProject(task, by, 'created'));
      tell(() => tellAssignee(task, by));
    },
    taskUpdated: ({ task, before, changes }, by) => {
      const { id: taskId, workspaceId, version } = task;
      const payload = { workspaceId, taskId, changes, version, updatedBy: by.id };
      tell(() => collab.workspace({ workspaceId }).emit('task:updated', payload));
      tell(() => tellProject(task, by, 'updated'));
      if (task.assigneeId !== before.assigneeId) tell(() => tellAssignee(task, by));
    },
    taskDeleted: (task, by) => {
      const { id: taskId, workspaceId } = task;
      const payload = { workspaceId, taskId, deletedBy: by.id };
      tell(() => collab.workspace({ workspaceId }).emit('task:deleted', payload));
      tell(() => tellProject(task, by, 'deleted'));
    },
    announce: (text, level) => {
      const announcement = { id: randomUUID(), text, level, createdAt: now() };
      collab.all().emit('announcement', announcement);
      chat.all().emit('announcement', announcement);
      return announcement;
    },
  };
}
