import type { EventLog } from '@sockeye/server';
import type { Task, TaskChanges } from '../../../contracts/collab/schemas.ts';
import type * as z from 'zod';

/** A task as the application sees it: dates are `Date`s. */
export type StoredTask = z.output<typeof Task>;

/** Someone who may sign in. */
export interface StoredUser {
  readonly id: string;
  /** What the user signs in with; unique, in lower case. */
  readonly username: string;
  readonly name: string;
  readonly email: string;
  /** May send announcements. */
  readonly admin: boolean;
  /** May not sign in or connect for now. Default: false. */
  readonly disabled?: boolean;
  /** As `hashPassword` writes it. Never leaves the server. */
  readonly passwordHash: string;
}

/** A board of tasks, and who may see it. */
export interface StoredWorkspace {
  readonly id: string;
  readonly name: string;
  readonly memberIds: readonly string[];
  /** What its tasks can be part of. Default: nothing. */
  readonly projects?: readonly { readonly id: string; readonly name: string }[];
}

/** One sign-in: everything that was issued from one login, until it ends. */
export interface StoredSession {
  readonly id: string;
  readonly userId: string;
  /** Number of the only refresh token that is still good; counts up by one with every refresh. */
  readonly generation: number;
  readonly expiresAt: Date;
}

/** New values for some fields of a task. */
export interface TaskEdit {
  /** Fields to set; `notes: null` takes the notes away. */
  readonly changes: z.output<typeof TaskChanges>;
  /** The version the editor has seen; another one in the store is a conflict. Default: whichever is stored. */
  readonly expectedVersion?: number | undefined;
  readonly updatedAt: Date;
  /** Runs the write in a transaction of the event log. Default: it stands alone. */
  readonly along?: Along<EditOutcome> | undefined;
}

/** How an edit ended. A conflict carries the task as it is stored. */
export type EditOutcome =
  | { readonly kind: 'updated'; readonly task: StoredTask; readonly before: StoredTask }
  | { readonly kind: 'conflict'; readonly task: StoredTask }
  | { readonly kind: 'missing' };

/** How a refresh ended. `reused`: an older token was shown again, and the session is gone for everyone. */
export type RotateOutcome =
  | { readonly kind: 'rotated'; readonly session: StoredSession }
  | { readonly kind: 'reused'; readonly session: StoredSession }
  | { readonly kind: 'missing' };

/**
 * Runs a write in a transaction of the event log, so that both the write and its events are stored, or neither.
 *
 * @param write Receives the transaction's `native`; synchronous if the log's transactions are.
 */
export type Along<Outcome> = (write: (native: unknown) => Outcome | Promise<Outcome>) => Promise<Outcome>;

/** Goes on with a value, at once where it is there already: the transactions of some logs are synchronous. */
export function andThen<Value, Next>(
  value: Value | Promise<Value>,
  go: (value: Value) => Next | Promise<Next>,
): Next | Promise<Next> {
  return value instanceof Promise ? value.then(go) : go(value);
}

/**
 * Where the reference server stores its data. An id that cannot exist or is malformed counts as missing. Every write is
 * atomic, and visible to all later reads once its promise has resolved.
 */
export interface Store {
  /** For logs and the health endpoint. */
  readonly kind: string;
  /** The event log whose transactions can carry writes of this store; closed with it. Absent where it has none. */
  readonly eventLog?: EventLog;
  readonly users: {
    get(id: string): Promise<StoredUser | undefined>;
    byUsername(username: string): Promise<StoredUser | undefined>;
    /** Users in the order of `ids`, without the ones that do not exist. */
    getMany(ids: readonly string[]): Promise<readonly StoredUser[]>;
    /** Adds or replaces a user. */
    put(user: StoredUser): Promise<void>;
  };
  readonly workspaces: {
    get(id: string): Promise<StoredWorkspace | undefined>;
    /** Workspaces that a user is a member of, by name. */
    of(userId: string): Promise<readonly StoredWorkspace[]>;
    /** Adds or replaces a workspace. */
    put(workspace: StoredWorkspace): Promise<void>;
  };
  readonly tasks: {
    /** Tasks of a workspace, oldest first; equally old ones by id. */
    list(workspaceId: string): Promise<readonly StoredTask[]>;
    get(workspaceId: string, taskId: string): Promise<StoredTask | undefined>;
    /** Adds a task. False, and no change, where its id is taken. */
    create(task: StoredTask, along?: Along<boolean>): Promise<boolean>;
    /** Changes a task and counts its version up, unless someone else did so first. */
    update(workspaceId: string, taskId: string, edit: TaskEdit): Promise<EditOutcome>;
    /** Removes a task; returns it, or undefined where there is none. */
    remove(
      workspaceId: string,
      taskId: string,
      along?: Along<StoredTask | undefined>,
    ): Promise<StoredTask | undefined>;
  };
  readonly sessions: {
    get(id: string): Promise<StoredSession | undefined>;
    put(session: StoredSession): Promise<void>;
    /** Trades refresh token number `generation` for the next one. An older number ends the session. */
    rotate(id: string, generation: number, expiresAt: Date): Promise<RotateOutcome>;
    /** Ends a session; false where it has ended already. */
    end(id: string): Promise<boolean>;
    /** Ends every session of a user; returns their ids. */
    endAll(userId: string): Promise<readonly string[]>;
    /** Removes sessions that expired before `now`; returns how many. */
    prune(now: Date): Promise<number>;
  };
  /** Whether reads and writes work. Never rejects. */
  healthy(): Promise<boolean>;
  /** Finishes pending writes and closes files and connections. Can be called twice. */
  close(): Promise<void>;
}

/** Whether a text can be the id of anything that is stored. */
export function isStoredId(id: unknown): id is string {
  return typeof id === 'string' && /^[A-Za-z0-9_-]{3,64}$/.test(id);
}

/** A task with an edit applied, one version on. */
export function editedTask(task: StoredTask, edit: TaskEdit): StoredTask {
  const { notes, ...fields } = edit.changes;
  const present = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const next: StoredTask = { ...task, ...present, version: task.version + 1, updatedAt: edit.updatedAt };
  if (notes === null) delete next.notes;
  else if (notes !== undefined) next.notes = notes;
  return next;
}

/** Decides an edit, so that every store decides alike: what to write, or why not. */
export function decideEdit(task: StoredTask | undefined, edit: TaskEdit): EditOutcome {
  if (!task) return { kind: 'missing' };
  if (edit.expectedVersion !== undefined && edit.expectedVersion !== task.version)
    return { kind: 'conflict', task };
  return { kind: 'updated', task: editedTask(task, edit), before: task };
}

/** Decides a refresh, so that every store decides alike. `rotated` is to be written, `reused` to be removed. */
export function decideRotation(
  session: StoredSession | undefined,
  generation: number,
  expiresAt: Date,
): RotateOutcome {
  if (!session || generation > session.generation) return { kind: 'missing' };
  if (generation < session.generation) return { kind: 'reused', session };
  return { kind: 'rotated', session: { ...session, generation: generation + 1, expiresAt } };
}

/** Sorts tasks oldest first, equally old ones by id. */
export function byAge(a: StoredTask, b: StoredTask): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** Sorts by name as people do, equal names by id. */
export function byName(a: { name: string; id: string }, b: { name: string; id: string }): number {
  return a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1);
}
