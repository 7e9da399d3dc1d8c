import { Component, computed, inject, input } from '@angular/core';
import { injectStore, type RoomRef } from '@sockeye/angular';
import type { Workspace } from '../../../../demo/api.ts';
import { columnOf, columns, createTaskActions, summaryOf, type TaskActions } from '../../../../demo/board.ts';
import { Cursors } from '../cursors/cursors.ts';
import { TellCursor } from '../cursors/tell-cursor.ts';
import { injectCollabEvent, type CollabWorkspaceState } from '../generated/collab.angular.gen.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { Column } from './column.ts';
import { NewTask } from './new-task.ts';

/** The tasks of a workspace, in columns. */
@Component({
  selector: 'demo-board',
  host: { class: 'contents' },
  imports: [Column, Cursors, NewTask, TellCursor],
  template: `
    @let board = tasks();
    @if (room().phase() === 'denied') {
      <main id="board" class="board" tabindex="-1">
        <p class="hint">You are not a member of this workspace.</p>
      </main>
    } @else if (board) {
      <main
        id="board"
        class="board"
        tabindex="-1"
        aria-labelledby="board-title"
        [attr.aria-busy]="board.status === 'loading'"
      >
        <div class="board-head">
          <h2 id="board-title">{{ workspace().name }}</h2>
          @if (board.status === 'ready') {
            <p class="muted">{{ summaryOf(board.rows) }}</p>
          }
        </div>
        <demo-new-task [members]="workspace().members" [actions]="actions()" />
        @if (board.status === 'error') {
          <p class="hint">
            The tasks could not be loaded.
            <button class="small-button" type="button" (click)="reload()">Try again</button>
          </p>
        }
        @if (board.rows.length === 0 && board.status === 'ready') {
          <p class="hint">No tasks yet. Add the first one above; everyone here sees it at once.</p>
        }
        <div #area class="columns" [demoTellCursor]="workspace().id">
          @for (column of columns; track column[0]) {
            <demo-column
              [status]="column[0]"
              [name]="column[1]"
              [isLoading]="board.rows.length === 0 && (board.status === 'idle' || board.status === 'loading')"
              [tasks]="columnOf(board.rows, column[0])"
              [pending]="board.pending"
              [editors]="editors()"
              [members]="workspace().members"
              [actions]="actions()"
            />
          }
          <demo-cursors [room]="room()" [area]="area" />
        </div>
      </main>
    }
  `,
})
export class Board {
  readonly workspace = input.required<Workspace>();
  readonly room = input.required<RoomRef<CollabWorkspaceState>>();
  private readonly page = inject(Page);
  private readonly me = inject(PERSON).me;
  private readonly typing = injectStore(() => this.room().room().typing);
  private readonly editing = injectStore(() => this.room().room().editing);
  protected readonly tasks = injectStore(() => this.room().room().tasks);
  protected readonly editors = computed(() => [...this.editing(), ...this.typing()]);
  protected readonly actions = computed((): TaskActions =>
    createTaskActions({
      workspaceId: this.workspace().id,
      tasks: this.room().room().tasks,
      api: this.page.api,
      userId: this.me.id,
      tell: (problem) => this.page.toasts.show(problem, 'problem'),
    }),
  );
  protected readonly columns = columns;
  protected readonly columnOf = columnOf;
  protected readonly summaryOf = summaryOf;

  constructor() {
    const { toasts } = this.page;
    const room = { room: () => this.room().room() };
    injectCollabEvent(
      'task:created',
      ({ task }) => {
        if (task.createdBy !== this.me.id) toasts.say(`${this.nameOf(task.createdBy)} added “${task.title}”`);
      },
      { room },
    );
    injectCollabEvent(
      'task:deleted',
      ({ taskId, deletedBy }) => {
        const title = this.tasks().rows.find(({ id }) => id === taskId)?.title;
        if (deletedBy !== this.me.id && title !== undefined)
          toasts.show(`${this.nameOf(deletedBy)} deleted “${title}”`);
      },
      { room },
    );
  }

  protected reload(): void {
    void this.room().room().tasks.reload();
  }

  private nameOf(userId: string): string {
    return this.workspace().members.find(({ id }) => id === userId)?.name ?? 'Somebody';
  }
}
