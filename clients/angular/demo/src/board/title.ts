import { Component, computed, effect, inject, input, signal } from '@angular/core';
import {
  editingEveryMs,
  renameOf,
  typingEveryMs,
  type TaskActions,
  type TitleDraft,
} from '../../../../demo/board.ts';
import { sparingly } from '../../../../demo/pace.ts';
import { Collab } from '../generated/collab.angular.gen.ts';
import type { Task } from '../generated/collab.types.gen.ts';

/** A task's title, edited in place: Enter saves it, Escape cancels. */
@Component({
  selector: 'demo-title',
  host: { class: 'contents' },
  template: `
    <textarea
      #field
      class="title"
      rows="1"
      maxlength="200"
      [attr.aria-label]="'Title of “' + task().title + '”'"
      [value]="draft()?.text ?? task().title"
      (focus)="isOpen.set(true)"
      (blur)="finish()"
      (keydown)="press($event, field)"
      (input)="write(field.value)"
    ></textarea>
  `,
})
export class Title {
  readonly task = input.required<Task>();
  readonly actions = input.required<TaskActions>();
  private readonly collab = inject(Collab);
  private readonly id = computed(() => this.task().id);
  private readonly workspaceId = computed(() => this.task().workspaceId);
  protected readonly draft = signal<TitleDraft | undefined>(undefined);
  protected readonly isOpen = signal(false);
  private readonly tellTyping = sparingly(typingEveryMs, (taskId: string) =>
    this.collab.userTyping({ workspaceId: this.workspaceId(), taskId }),
  );

  constructor() {
    effect((onCleanup) => {
      if (!this.isOpen()) return;
      const at = { workspaceId: this.workspaceId(), taskId: this.id() };
      const open = (): void => void this.collab.editingStart(at);
      open();
      const timer = setInterval(open, editingEveryMs);
      onCleanup(() => {
        clearInterval(timer);
        this.collab.editingStop(at);
      });
    });
  }

  protected write(text: string): void {
    this.draft.update((draft) => ({ text, of: draft?.of ?? this.task() }));
    this.tellTyping(this.id());
  }

  protected press(event: KeyboardEvent, field: HTMLTextAreaElement): void {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Enter') return field.blur();
    this.draft.set(undefined);
  }

  protected finish(): void {
    const change = renameOf(this.draft(), this.task());
    this.isOpen.set(false);
    this.draft.set(undefined);
    if (change) this.actions().change(change.of, { title: change.title });
  }
}
