import { useEffect, useRef } from 'react';
import type { Member } from '../../../../demo/api.ts';
import { columns, priorities, type TaskActions } from '../../../../demo/board.ts';
import { keepFocus, takeFocus } from '../../../../demo/focus.ts';
import { editingLine } from '../../../../demo/person.ts';
import type { Task } from '../generated/collab.types.gen.ts';
import { Avatar } from '../presence/avatar.tsx';
import { DeleteButton } from './delete-button.tsx';
import { Title } from './title.tsx';

/** What a card shows. */
export interface CardProps {
  readonly task: Task;
  /** Whether an edit of it is pending. */
  readonly isPending: boolean;
  /** Names of the others who are editing it. */
  readonly editors: readonly string[];
  readonly members: readonly Member[];
  readonly actions: TaskActions;
}

/** One task. */
export function Card({ task, isPending, editors, members, actions }: CardProps) {
  const card = useRef<HTMLElement>(null);
  // Moving to another column makes another element; whoever moved it by keyboard goes on from there.
  useEffect(() => takeFocus(task.id, card.current), [task.id]);

  const { id, title, labels, status } = task;
  const isDone = status === 'done';
  const move = (next: Task['status']): void => {
    keepFocus(id);
    actions.change(task, { status: next });
  };
  return (
    <article
      ref={card}
      className={editors.length > 0 ? 'card being-edited' : 'card'}
      data-task={id}
      data-status={status}
      data-pending={isPending || undefined}
    >
      <div className="card-head">
        <input
          className="check"
          type="checkbox"
          data-focus="check"
          aria-label={`Done: “${title}”`}
          checked={isDone}
          onChange={() => move(isDone ? 'todo' : 'done')}
        />
        <Title task={task} rename={actions.change} />
        <DeleteButton title={title} remove={() => actions.remove(task)} />
      </div>
      {(labels.length > 0 || task.priority === 'high') && (
        <p className="labels">
          {task.priority === 'high' && <span className="label high">High priority</span>}
          {labels.map((label) => (
            <span key={label} className="label">
              {label}
            </span>
          ))}
        </p>
      )}
      <p className="typing" aria-live="polite">
        {editingLine(editors)}
      </p>
      <div className="card-foot">
        <span className="face">
          <Avatar person={members.find((member) => member.id === task.assigneeId)} />
        </span>
        <select
          className="quiet"
          aria-label={`Assignee of “${title}”`}
          value={task.assigneeId ?? ''}
          onChange={(event) => actions.change(task, { assigneeId: event.target.value || null })}
        >
          <option value="">Unassigned</option>
          {members.map((member) => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </select>
        <select
          className="quiet"
          aria-label={`Priority of “${title}”`}
          value={task.priority}
          onChange={(event) => actions.change(task, { priority: event.target.value as Task['priority'] })}
        >
          {priorities.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <select
          className="quiet"
          data-focus="status"
          aria-label={`Status of “${title}”`}
          value={status}
          onChange={(event) => move(event.target.value as Task['status'])}
        >
          {columns.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </div>
    </article>
  );
}
