import { Component, signal } from '@angular/core';
import { mostAnnouncements } from '../../../../demo/notices.ts';
import { injectCollabEvent } from '../generated/collab.angular.gen.ts';
import type { AnnouncementEvent } from '../generated/collab.types.gen.ts';
import { Icon } from '../shell/icon.ts';

/** Announcements, until they are dismissed. */
@Component({
  selector: 'demo-announcements',
  host: { class: 'contents' },
  imports: [Icon],
  template: `
    <div role="log" aria-label="Announcements">
      @for (announcement of shown(); track announcement.id) {
        <div class="announcement {{ announcement.level }}">
          <p>{{ announcement.text }}</p>
          <button
            class="icon-button small-icon"
            type="button"
            aria-label="Dismiss"
            (click)="dismiss(announcement.id)"
          >
            <demo-icon name="cross" />
          </button>
        </div>
      }
    </div>
  `,
})
export class Announcements {
  protected readonly shown = signal<readonly AnnouncementEvent[]>([]);

  constructor() {
    injectCollabEvent('announcement', (announcement) => {
      this.shown.update((before) => [announcement, ...before].slice(0, mostAnnouncements));
    });
  }

  protected dismiss(id: string): void {
    this.shown.update((before) => before.filter((each) => each.id !== id));
  }
}
