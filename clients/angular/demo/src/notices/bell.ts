import { Component, inject } from '@angular/core';
import { bellLabel, countText, timeOf } from '../../../../demo/notices.ts';
import { Collab, injectCollabEvent, injectCollabNotifications } from '../generated/collab.angular.gen.ts';
import { Page } from '../session/page.ts';
import { Icon } from '../shell/icon.ts';

/** The bell with what is unread, and the notifications behind it. */
@Component({
  selector: 'demo-bell',
  host: { class: 'contents' },
  imports: [Icon],
  template: `
    @let feed = notifications();
    <button
      class="icon-button"
      type="button"
      popovertarget="notifications"
      [attr.aria-label]="bellLabel(feed.unread)"
    >
      <demo-icon name="bell" />
      @if (feed.unread > 0) {
        <span class="count" aria-hidden="true">{{ countText(feed.unread) }}</span>
      }
    </button>
    <section id="notifications" class="panel" popover="auto" aria-labelledby="notifications-title">
      <div class="panel-head">
        <h2 id="notifications-title">Notifications</h2>
        @if (feed.unread > 0) {
          <button class="small-button" type="button" (click)="read()">Mark all as read</button>
        }
      </div>
      @if (feed.items.length === 0) {
        <p class="muted nothing">Nothing yet. You will hear of it here when somebody gives you a task.</p>
      }
      <ul>
        @for (item of feed.items; track item.id) {
          <li [class.unread]="feed.unreadKeys.has(item.id)">
            <p>
              <strong>{{ item.title }}</strong>
              <time [attr.datetime]="item.createdAt.toISOString()">{{ timeOf(item.createdAt) }}</time>
            </p>
            @if (item.body) {
              <p>{{ item.body }}</p>
            }
            @if (feed.unreadKeys.has(item.id)) {
              <button class="link" type="button" (click)="read(item.id)">Mark as read</button>
            }
          </li>
        }
      </ul>
    </section>
  `,
})
export class Bell {
  private readonly collab = inject(Collab);
  protected readonly notifications = injectCollabNotifications();
  protected readonly bellLabel = bellLabel;
  protected readonly countText = countText;
  protected readonly timeOf = timeOf;

  constructor() {
    const { toasts } = inject(Page);
    injectCollabEvent('notification', ({ title, body }) => {
      toasts.show([title, body].filter(Boolean).join(': '));
    });
  }

  protected read(id?: string): void {
    this.collab.notifications.markRead(id);
  }
}
