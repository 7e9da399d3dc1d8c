import { afterNextRender, Component, computed, inject, input, ElementRef } from '@angular/core';
import type { Member } from '../../../../demo/api.ts';
import { columns, priorities, type TaskActions } from '../../../../demo/board.ts';
import { keepFocus, takeFocus } from '../../../../demo/focus.ts';
import { editingLine } from '../../../../demo/person.ts';
import type { Task } from '../generated/collab.types.gen.ts';
import { Avatar } from '../presence/avatar.ts';
import { DeleteButton } from './delete-button.ts';
import { Title } from './title.ts';

/** One task. */
@Component({
  selector: 'demo-card',
  host: { class: 'contents' },
  imports: [Avatar, DeleteButton, Title],
  template: `
    @let shown = task();
    <article
      class="card"
      [class.being-edited]="editors().length > 0"
      [attr.data-task]="shown.id"
      [attr.data-status]="shown.status"
      [attr.data-pending]="isPending() || null"
    >
      <div class="card-head">
        <input
          class="check"
          type="checkbox"
          data-focus="check"
          [attr.aria-label]="'Done: “' + shown.title + '”'"
          [checked]="isDone()"
          (change)="move(isDone() ? 'todo' : 'done')"
        />
        <demo-title [task]="shown" [actions]="actions()" />
        <demo-delete-button [title]="shown.title" (confirmed)="actions().remove(shown)" />
      </div>
      @if (shown.labels.length > 0 || shown.priority === 'high') {
        <p class="labels">
          @if (shown.priority === 'high') {
            <span class="label high">High priority</span>
          }
          @for (label of shown.labels; track label) {
            <span class="label">{{ label }}</span>
          }
        </p>
      }
      <p class="typing" aria-live="polite">{{ editing() }}</p>
      <div class="card-foot">
        <span class="face"><demo-avatar [person]="assignee()" /></span>
        <select
          #person
          class="quiet"
          [attr.aria-label]="'Assignee of “' + shown.title + '”'"
          (change)="actions().change(shown, { assigneeId: person.value || null })"
        >
          <option value="" [selected]="shown.assigneeId === null">Unassigned</option>
          @for (member of members(); track member.id) {
            <option [value]="member.id" [selected]="member.id === shown.assigneeId">{{ member.name }}</option>
          }
        </select>
        <select
          #priority
          class="quiet"
          [attr.aria-label]="'Priority of “' + shown.title + '”'"
          (change)="rank(priority.value)"
        >
          @for (choice of priorities; track choice[0]) {
            <option [value]="choice[0]" [selected]="choice[0] === shown.priority">{{ choice[1] }}</option>
          }
        </select>
        <select
          #status
          class="quiet"
          data-focus="status"
          [attr.aria-label]="'Status of “' + shown.title + '”'"
          (change)="move(status.value)"
        >
          @for (choice of columns; track choice[0]) {
            <option [value]="choice[0]" [selected]="choice[0] === shown.status">{{ choice[1] }}</option>
          }
        </select>
      </div>
    </article>
  `,
})
export class Card {
  readonly task = input.required<Task>();
  /** Whether an edit of it is pending. */
  readonly isPending = input.required<boolean>();
  /** Names of the others who are editing it. */
  readonly editors = input.required<readonly string[]>();
  readonly members = input.required<readonly Member[]>();
  readonly actions = input.required<TaskActions>();
  protected readonly isDone = computed(() => this.task().status === 'done');
  protected readonly editing = computed(() => editingLine(this.editors()));
  protected readonly assignee = computed(() =>
    this.members().find(({ id }) => id === this.task().assigneeId),
  );
  protected readonly columns = columns;
  protected readonly priorities = priorities;

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef);
    // Moving to another column makes another element; whoever moved it by keyboard goes on from there.
    afterNextRender(() => takeFocus(this.task().id, host.nativeElement));
  }

  protected move(status: string): void {
    keepFocus(this.task().id);
    this.actions().change(this.task(), { status: status as Task['status'] });
  }

  protected rank(priority: string): void {
    this.actions().change(this.task(), { priority: priority as Task['priority'] });
  }
}
