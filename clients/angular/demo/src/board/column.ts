import { Component, computed, inject, input } from '@angular/core';
import type { CollectionSnapshot } from '@sockeye/client';
import type { Member } from '../../../../demo/api.ts';
import type { TaskActions } from '../../../../demo/board.ts';
import { editorsOf } from '../../../../demo/person.ts';
import type { EditingStartEvent, Task, UserTypingEvent } from '../generated/collab.types.gen.ts';
import { PERSON } from '../session/person.ts';
import { Card } from './card.ts';

/** The tasks of one status. */
@Component({
  selector: 'demo-column',
  host: { class: 'contents' },
  imports: [Card],
  template: `
    <section class="column" [attr.aria-labelledby]="heading()">
      <h3 [id]="heading()">
        {{ name() }} <span class="column-count">{{ tasks().length }}</span>
      </h3>
      @if (isLoading()) {
        <div class="placeholder" aria-hidden="true"></div>
      } @else if (tasks().length === 0) {
        <p class="empty muted">Nothing here.</p>
      }
      <div class="cards">
        @for (task of tasks(); track task.id) {
          <demo-card
            [task]="task"
            [isPending]="pending().has(task.id)"
            [editors]="editorsOf(editors(), task.id, me.id)"
            [members]="members()"
            [actions]="actions()"
          />
        }
      </div>
    </section>
  `,
})
export class Column {
  readonly status = input.required<Task['status']>();
  readonly name = input.required<string>();
  readonly isLoading = input.required<boolean>();
  readonly tasks = input.required<readonly Task[]>();
  readonly pending = input.required<CollectionSnapshot<Task, string>['pending']>();
  readonly editors = input.required<readonly (UserTypingEvent | EditingStartEvent)[]>();
  readonly members = input.required<readonly Member[]>();
  readonly actions = input.required<TaskActions>();
  protected readonly me = inject(PERSON).me;
  protected readonly heading = computed(() => `column-${this.status()}`);
  protected readonly editorsOf = editorsOf;
}
