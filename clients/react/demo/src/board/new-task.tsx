import { useRef, type FormEvent } from 'react';
import type { Member } from '../../../../demo/api.ts';
import type { TaskActions } from '../../../../demo/board.ts';
import { textOf } from '../../../../demo/form.ts';

/** Asks for a task to create. */
export function NewTask({ members, create }: { members: readonly Member[]; create: TaskActions['create'] }) {
  const title = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = textOf(form, 'title').trim();
    if (text === '') return;
    create({ title: text, assigneeId: textOf(form, 'assigneeId') || null, priority: 'normal' });
    form.reset();
    title.current?.focus();
  };
  return (
    <form className="new-task" aria-label="New task" onSubmit={submit}>
      <input
        ref={title}
        name="title"
        placeholder="What needs doing?"
        aria-label="Title of the new task"
        maxLength={200}
        required
      />
      <select name="assigneeId" aria-label="Assignee of the new task">
        <option value="">Unassigned</option>
        {members.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button className="primary" type="submit">
        Add task
      </button>
    </form>
  );
}
