import { randomUUID } from 'node:crypto';
import type { ChatServer } from './generated/chat.server.gen.ts';
import type {
  CollabServer,
  CollabServerToClient,
  CollabTransaction,
  CollabUserDurableEvents,
  CollabWorkspaceDurableEvents,
} from './generated/collab.server.gen.ts';
import type { Inbox, Kept } from './inbox.ts';
import type { Logger } from 'pino';
import { shownName } from './shown-name.ts';
import { andThen, type Along, type EditOutcome, type StoredTask, type StoredUser } from './stores/store.ts';
import { createTell } from './tell.ts';

type Announcement = CollabServerToClient['announcement'];
type TaskActivity = CollabServerToClient['task:activity'];
type Notification = CollabUserDurableEvents['notification'];
type WorkspaceLog = ReturnType<CollabTransaction['workspace']>;

/** The requested changes of a task. */
export type WantedChanges = CollabWorkspaceDurableEvents['task:updated']['changes'];

/** A write to a store, and its notifications. */
export interface Told<Outcome> {
  /** For the store: runs the write and its durable events in one transaction. */
  readonly along: Along<Outcome>;
  /** After the write: sends the events that are not durable. */
  readonly finish: (outcome: Outcome) => void;
}

/** Notifies clients of changes. */
export interface Notices {
  taskCreated(task: StoredTask, by: StoredUser): Told<boolean>;
  /** `changed`: which of the wanted changes are any, given the task before. */
  taskUpdated(changed: (before: StoredTask) => WantedChanges, by: StoredUser): Told<EditOutcome>;
  taskDeleted(by: StoredUser): Told<StoredTask | undefined>;
  /** Sends an announcement to everyone connected to the board or to chat; returns it. */
  announce(text: string, level: Announcement['level']): Announcement;
}

/** The result of a write. */
interface News {
  readonly task: StoredTask;
  readonly publish: (room: WorkspaceLog) => void;
  /** The task was newly assigned. */
  readonly assigned: boolean;
  readonly what: TaskActivity['what'];
}

/** Options of {@link createNotices}. */
export interface NoticeParts {
  readonly collab: CollabServer;
  readonly chat: ChatServer;
  readonly inbox: Inbox;
  readonly log: Logger;
  readonly now: () => Date;
}

/**
 * Creates {@link Notices} on a running server of the contract. Changing a task, telling of it and notifying its new
 * assignee are one transaction. A notification that cannot be told is logged: it must not keep a task from being
 * changed.
 */
export function createNotices({ collab, chat, inbox, log, now }: NoticeParts): Notices {
  const tell = createTell(log, 'a change was stored but could not be sent');

  const notificationOf = (task: StoredTask, by: StoredUser): Notification => ({
    id: randomUUID(),
    kind: 'task-assigned',
    title: `${shownName(by)} gave you a task`,
    body: task.title,
    taskId: task.id,
    from: { id: by.id, name: shownName(by) },
    createdAt: now(),
  });

  /** Creates the telling of a write of which `news` knows what came of it. */
  const told = <Outcome>(news: (outcome: Outcome) => News | undefined, by: StoredUser): Told<Outcome> => {
    let kept: Kept | undefined;
    const publish = (tx: CollabTransaction, outcome: Outcome): Outcome | Promise<Outcome> => {
      kept = undefined;
      const { task, publish: own, assigned } = news(outcome) ?? {};
      if (task === undefined) return outcome;
      own?.(tx.workspace({ workspaceId: task.workspaceId }));
      const userId = assigned ? task.assigneeId : null;
      if (userId === null || userId === by.id) return outcome;
      const made = notificationOf(task, by);
      tell(() => tx.user({ userId }).publish('notification', made));
      return andThen(inbox.keep(tx.native, userId, made), (stored) => {
        kept = stored;
        return outcome;
      });
    };
    return {
      along: (write) =>
        collab.transaction((tx) => andThen(write(tx.native), (outcome) => publish(tx, outcome))),
      finish: (outcome) => {
        const { task, what } = news(outcome) ?? {};
        if (task !== undefined && what !== undefined) tell(() => tellProject(task, by, what));
        if (kept !== undefined) void inbox.tell(kept);
      },
    };
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
      by: { id: by.id, name: shownName(by) },
      at: now(),
    });
  };

  return {
    taskCreated: (task, by) =>
      told((isNew) => {
        if (!isNew) return undefined;
        const publish = (room: WorkspaceLog) => room.publish('task:created', { task });
        return { task, publish, assigned: true, what: 'created' };
      }, by),
    taskUpdated: (changed, by) =>
      told((outcome) => {
        if (outcome.kind !== 'updated') return undefined;
        const { task, before } = outcome;
        const { id: taskId, workspaceId, version } = task;
        const payload = { workspaceId, taskId, changes: changed(before), version, updatedBy: by.id };
        const publish = (room: WorkspaceLog) => room.publish('task:updated', payload);
        return { task, publish, assigned: task.assigneeId !== before.assigneeId, what: 'updated' };
      }, by),
    taskDeleted: (by) =>
      told((task) => {
        if (task === undefined) return undefined;
        const payload = { workspaceId: task.workspaceId, taskId: task.id, deletedBy: by.id };
        const publish = (room: WorkspaceLog) => room.publish('task:deleted', payload);
        return { task, publish, assigned: false, what: 'deleted' };
      }, by),
    announce: (text, level) => {
      const announcement = { id: randomUUID(), text, level, createdAt: now() };
      collab.all().emit('announcement', announcement);
      chat.all().emit('announcement', announcement);
      return announcement;
    },
  };
}
