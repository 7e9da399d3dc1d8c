import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Router } from 'express';
import * as z from 'zod';
import { NewTask, Task, TaskChanges } from '../../../contracts/collab/schemas.ts';
import { decodeBody, httpError } from '../http-error.ts';
import type { Notices } from '../notices.ts';
import type { Store, StoredTask, StoredWorkspace } from '../stores/store.ts';
import { principalOf } from './signed-in.ts';
import { workspaceOf } from './workspaces.ts';

const Create = NewTask;
const Change = TaskChanges.extend({
  version: z.int().min(1).optional().describe('The version that you edited.'),
}).refine(({ version: _, ...changes }) => Object.values(changes).some((value) => value !== undefined), {
  error: 'Specify at least one field to change.',
});

/** Options of {@link taskRoutes}. */
export interface TaskRouteOptions {
  readonly store: Store;
  readonly notices: Notices;
  readonly now: () => Date;
}

/**
 * `GET` and `POST /workspaces/:workspaceId/tasks`, `PATCH` and `DELETE /workspaces/:workspaceId/tasks/:taskId`.
 *
 * Every change is written to the store and published to the workspace in one transaction.
 */
export function taskRoutes({ store, notices, now }: TaskRouteOptions): Router {
  const router = Router();

  router.get('/workspaces/:workspaceId/tasks', async (request, response) => {
    const workspace = await workspaceOf(store, request);
    response.json({ tasks: z.encode(z.array(Task), [...(await store.tasks.list(workspace.id))]) });
  });

  router.post('/workspaces/:workspaceId/tasks', async (request, response) => {
    const workspace = await workspaceOf(store, request);
    const fields = decodeBody(Create, request.body);
    refuseStranger(workspace, fields.assigneeId);
    refuseStrangeProject(workspace, fields.projectId);
    const { user } = principalOf(request);
    const createdAt = now();
    const task: StoredTask = {
      ...fields,
      id: `tsk_${randomUUID()}`,
      workspaceId: workspace.id,
      status: 'todo',
      createdBy: user.id,
      createdAt,
      updatedAt: createdAt,
      version: 1,
    };
    const told = notices.taskCreated(task, user);
    if (!(await store.tasks.create(task, told.along))) throw httpError('CONFLICT');
    told.finish(true);
    response.status(201).json({ task: z.encode(Task, task) });
  });

  router.patch('/workspaces/:workspaceId/tasks/:taskId', async (request, response) => {
    const workspace = await workspaceOf(store, request);
    const { version, ...changes } = decodeBody(Change, request.body);
    refuseStranger(workspace, changes.assigneeId);
    const taskId = String(request.params['taskId']);
    const { user } = principalOf(request);
    const told = notices.taskUpdated((before) => whatChanged(changes, before), user);
    const edit = { changes, expectedVersion: version, updatedAt: now(), along: told.along };
    const outcome = await store.tasks.update(workspace.id, taskId, edit);
    if (outcome.kind === 'missing') throw noSuchTask();
    if (outcome.kind === 'conflict') {
      throw httpError('CONFLICT', {
        message: 'Someone else changed this task first.',
        details: { task: z.encode(Task, outcome.task) },
      });
    }
    told.finish(outcome);
    response.json({ task: z.encode(Task, outcome.task) });
  });

  router.delete('/workspaces/:workspaceId/tasks/:taskId', async (request, response) => {
    const workspace = await workspaceOf(store, request);
    const told = notices.taskDeleted(principalOf(request).user);
    const task = await store.tasks.remove(workspace.id, String(request.params['taskId']), told.along);
    if (!task) throw noSuchTask();
    told.finish(task);
    response.status(204).end();
  });

  return router;
}

function refuseStranger(workspace: StoredWorkspace, assigneeId: string | null | undefined): void {
  if (assigneeId === null || assigneeId === undefined || workspace.memberIds.includes(assigneeId)) return;
  throw refusedField('assigneeId', 'Must be a member of the workspace.');
}

function refuseStrangeProject(workspace: StoredWorkspace, projectId: string | undefined): void {
  if (projectId === undefined || workspace.projects?.some(({ id }) => id === projectId)) return;
  throw refusedField('projectId', 'Must be a project of the workspace.');
}

function refusedField(name: string, message: string): Error {
  const issues = [{ path: [name], code: 'custom', message }];
  return httpError('INVALID_PAYLOAD', { message: 'The body does not match the contract.', issues });
}

/** The fields that an edit really changed; setting a field to its old value is no change. */
function whatChanged(
  changes: z.output<typeof TaskChanges>,
  before: StoredTask,
): z.output<typeof TaskChanges> {
  const differs = ([name, value]: [string, unknown]) =>
    value !== undefined && !isDeepStrictEqual(value, (before as Record<string, unknown>)[name]);
  return Object.fromEntries(Object.entries(changes).filter(differs));
}

function noSuchTask(): Error {
  return httpError('NOT_FOUND', { message: 'The workspace has no such task.' });
}
