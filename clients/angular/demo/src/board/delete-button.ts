import { Component, effect, input, output, signal } from '@angular/core';
import { askBackMs } from '../../../../demo/board.ts';
import { Icon } from '../shell/icon.ts';

/** Deletes on the second press; the first asks for confirmation. */
@Component({
  selector: 'demo-delete-button',
  host: { class: 'contents' },
  imports: [Icon],
  template: `
    <button
      #button
      class="icon-button small-icon"
      type="button"
      [class.asking]="isAsking()"
      [attr.aria-label]="(isAsking() ? 'Really delete “' : 'Delete “') + title() + (isAsking() ? '”?' : '”')"
      (click)="press(button)"
      (blur)="isAsking.set(false)"
    >
      @if (isAsking()) {
        Delete?
      } @else {
        <demo-icon name="bin" />
      }
    </button>
  `,
})
export class DeleteButton {
  readonly title = input.required<string>();
  readonly confirmed = output();
  protected readonly isAsking = signal(false);

  constructor() {
    effect((onCleanup) => {
      if (!this.isAsking()) return;
      const timer = setTimeout(() => this.isAsking.set(false), askBackMs);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected press(button: HTMLButtonElement): void {
    if (!this.isAsking()) return this.isAsking.set(true);
    // The button is about to go; the focus must not be lost with it.
    button.closest('main')?.focus();
    this.confirmed.emit();
  }
}
