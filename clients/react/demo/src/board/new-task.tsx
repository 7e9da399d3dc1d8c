import { useRef, type FormEvent } from 'react';
import type { Member } from '../../../../demo/api.ts';
import type { TaskActions } from '../../../../demo/board.ts';
import { textOf } from '../../../../demo/form.ts';

/** Form for a new task. */
export function NewTask({ members, create }: { members: readonly Member[]; create: TaskActions['create'] }) {
  const title = useRef<HTMLInputElement>(null);
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const text = textOf(form, 'title').trim();
    if (text === '') return;
    const task = { title: text, assigneeId: textOf(form, 'assigneeId') || null, priority: 'normal' } as const;
    form.reset();
    title.current?.focus();
    const isMade = await create(task);
    // What was refused goes back into the field, unless the next is being written.
    if (!isMade && title.current?.value === '') title.current.value = text;
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void submit(event.currentTarget);
  };
  return (
    <form className="new-task" aria-label="New task" onSubmit={onSubmit}>
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
