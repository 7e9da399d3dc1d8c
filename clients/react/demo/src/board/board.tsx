import { useMemo, useRef } from 'react';
import { columnOf, columns, createTaskActions, summaryOf } from '../../../../demo/board.ts';
import { Cursors } from '../cursors/cursors.tsx';
import { useTellCursor } from '../cursors/use-tell-cursor.ts';
import {
  useTaskCreated,
  useTaskDeleted,
  useWorkspaceEditing,
  useWorkspaceTasks,
  useWorkspaceTyping,
} from '../generated/collab.react.gen.ts';
import { api, toasts } from '../session/session.ts';
import { usePerson } from '../session/person.ts';
import type { ViewProps } from '../shell/views.ts';
import { Column } from './column.tsx';
import { NewTask } from './new-task.tsx';

/** The tasks of a workspace, in columns. */
export function Board({ workspace, view }: ViewProps) {
  const { me } = usePerson();
  const { room } = view;
  const { rows, status, pending } = useWorkspaceTasks(view);
  const typing = useWorkspaceTyping(view);
  const editing = useWorkspaceEditing(view);
  const editors = useMemo(() => [...editing, ...typing], [editing, typing]);
  const area = useRef<HTMLDivElement>(null);
  const tellCursor = useTellCursor(workspace.id);
  const actions = useMemo(
    () =>
      createTaskActions({
        workspaceId: workspace.id,
        tasks: room.tasks,
        api,
        userId: me.id,
        tell: (problem) => toasts.show(problem, 'problem'),
      }),
    [workspace.id, room, me.id],
  );

  const nameOf = (userId: string) => workspace.members.find(({ id }) => id === userId)?.name ?? 'Somebody';
  useTaskCreated(
    ({ task }) => {
      if (task.createdBy !== me.id) toasts.say(`${nameOf(task.createdBy)} added “${task.title}”`);
    },
    { room: view },
  );
  useTaskDeleted(
    ({ taskId, deletedBy }) => {
      const title = rows.find(({ id }) => id === taskId)?.title;
      if (deletedBy !== me.id && title !== undefined) toasts.show(`${nameOf(deletedBy)} deleted “${title}”`);
    },
    { room: view },
  );

  if (view.phase === 'denied') {
    return (
      <main id="board" className="board" tabIndex={-1}>
        <p className="hint">You are not a member of this workspace.</p>
      </main>
    );
  }
  return (
    <main
      id="board"
      className="board"
      tabIndex={-1}
      aria-labelledby="board-title"
      aria-busy={status === 'loading'}
    >
      <div className="board-head">
        <h2 id="board-title">{workspace.name}</h2>
        {status === 'ready' && <p className="muted">{summaryOf(rows)}</p>}
      </div>
      <NewTask members={workspace.members} create={actions.create} />
      {status === 'error' && (
        <p className="hint">
          The tasks could not be loaded.{' '}
          <button className="small-button" type="button" onClick={() => void room.tasks.reload()}>
            Try again
          </button>
        </p>
      )}
      {rows.length === 0 && status === 'ready' && (
        <p className="hint">No tasks yet. Add the first one above; everyone here sees it at once.</p>
      )}
      <div ref={area} className="columns" onPointerMove={tellCursor}>
        {columns.map(([columnStatus, name]) => (
          <Column
            key={columnStatus}
            status={columnStatus}
            name={name}
            isLoading={rows.length === 0 && (status === 'idle' || status === 'loading')}
            tasks={columnOf(rows, columnStatus)}
            pending={pending}
            editors={editors}
            members={workspace.members}
            actions={actions}
          />
        ))}
        <Cursors view={view} area={area} />
      </div>
    </main>
  );
}
