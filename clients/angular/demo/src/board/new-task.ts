import { Component, input } from '@angular/core';
import type { Member } from '../../../../demo/api.ts';
import type { TaskActions } from '../../../../demo/board.ts';
import { textOf } from '../../../../demo/form.ts';

/** Form for a new task. */
@Component({
  selector: 'demo-new-task',
  host: { class: 'contents' },
  template: `
    <form #form class="new-task" aria-label="New task" (submit)="submit($event, form, title)">
      <input
        #title
        name="title"
        placeholder="What needs doing?"
        aria-label="Title of the new task"
        maxlength="200"
        required
      />
      <select name="assigneeId" aria-label="Assignee of the new task">
        <option value="">Unassigned</option>
        @for (member of members(); track member.id) {
          <option [value]="member.id">{{ member.name }}</option>
        }
      </select>
      <button class="primary" type="submit">Add task</button>
    </form>
  `,
})
export class NewTask {
  readonly members = input.required<readonly Member[]>();
  readonly actions = input.required<TaskActions>();

  protected async submit(event: Event, form: HTMLFormElement, title: HTMLInputElement): Promise<void> {
    event.preventDefault();
    const text = title.value.trim();
    if (text === '') return;
    const assigneeId = textOf(form, 'assigneeId') || null;
    form.reset();
    title.focus();
    const isMade = await this.actions().create({ title: text, assigneeId, priority: 'normal' });
    // What was refused goes back into the field, unless the next is being written.
    if (!isMade && title.value === '') title.value = text;
  }
}
