import { Component, inject } from '@angular/core';
import { injectStore } from '@sockeye/angular';
import { Page } from '../session/page.ts';

/** Toasts at the bottom of the page, and announcements for screen readers only. */
@Component({
  selector: 'demo-toaster',
  host: { class: 'contents' },
  template: `
    <div class="toasts" role="status">
      @for (toast of lines(); track toast.id) {
        <p class="toast {{ toast.kind }}">{{ toast.text }}</p>
      }
    </div>
    <div class="visually-hidden" role="status">{{ said() }}</div>
  `,
})
export class Toaster {
  private readonly toasts = inject(Page).toasts;
  protected readonly lines = injectStore(this.toasts);
  protected readonly said = injectStore(this.toasts.said);
}
