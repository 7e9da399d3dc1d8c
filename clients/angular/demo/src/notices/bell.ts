import { afterRenderEffect, Component, computed, type ElementRef, inject, viewChild } from '@angular/core';
import { injectStore } from '@sockeye/angular';
import type { Result } from '@sockeye/client';
import { isSeen, newestFirst } from '../../../../demo/inbox.ts';
import { bellLabel, countText, timeOf } from '../../../../demo/notices.ts';
import { sentence } from '../../../../demo/sentence.ts';
import {
  injectNotificationsEvent,
  injectNotificationsInbox,
  injectNotificationsRequest,
  injectNotificationsUnread,
} from '../generated/notifications.angular.gen.ts';
import type { StoredNotification } from '../generated/notifications.types.gen.ts';
import { Page } from '../session/page.ts';
import { PERSON } from '../session/person.ts';
import { Icon } from '../shell/icon.ts';
import { INBOX } from './inbox.ts';

/** The bell with the unread count and the notifications, in sync with the user's other tabs. */
@Component({
  selector: 'demo-bell',
  host: { class: 'contents' },
  imports: [Icon],
  template: `
    <button
      class="icon-button"
      type="button"
      popovertarget="notifications"
      [attr.aria-label]="bellLabel(unread())"
    >
      <demo-icon name="bell" />
      @if (unread() > 0) {
        <span class="count" aria-hidden="true">{{ countText(unread()) }}</span>
      }
    </button>
    <section #panel id="notifications" class="panel" popover="auto" aria-labelledby="notifications-title">
      <div class="panel-head">
        <h2 id="notifications-title">Notifications</h2>
        @if (unread() > 0) {
          <button class="small-button" type="button" (click)="markAllRead()">Mark all as read</button>
        }
      </div>
      @if (items().length === 0 && inbox().status === 'ready') {
        <p class="muted nothing">
          Nothing yet. You will be notified here when someone gives you a task or mentions you.
        </p>
      }
      <ul #list>
        @for (item of items(); track item.id) {
          <li [class.unread]="!item.readAt" tabindex="-1">
            <p>
              <strong>{{ item.title }}</strong>
              <time [attr.datetime]="item.createdAt.toISOString()">{{ timeOf(item.createdAt) }}</time>
            </p>
            @if (item.body) {
              <p>{{ item.body }}</p>
            }
            <p class="actions">
              @if (item.channelId) {
                <button class="link" type="button" (click)="open(item, panel)">Open the channel</button>
              }
              @if (!item.readAt) {
                <button class="link" type="button" (click)="markRead(item.id)">Mark as read</button>
              }
            </p>
          </li>
        }
      </ul>
      @if (earlier().more) {
        <button
          class="small-button show-earlier"
          type="button"
          [attr.aria-disabled]="earlier().isLoading"
          (click)="showEarlier()"
        >
          Show earlier
        </button>
      }
    </section>
  `,
})
export class Bell {
  private readonly page = inject(Page);
  private readonly person = inject(PERSON);
  private readonly read = injectNotificationsRequest('notification:read');
  private readonly readAll = injectNotificationsRequest('notification:read-all');
  private readonly told = injectNotificationsUnread();
  private readonly stored = inject(INBOX);
  private readonly list = viewChild.required<ElementRef<HTMLElement>>('list');
  /** Number of items before earlier ones were loaded: the first loaded item gets the focus. */
  private shown: number | undefined;
  protected readonly earlier = injectStore(this.stored.earlier);
  protected readonly inbox = injectNotificationsInbox();
  protected readonly items = computed(() => newestFirst(this.inbox().rows));
  protected readonly unread = computed(() => this.told() ?? 0);
  protected readonly bellLabel = bellLabel;
  protected readonly countText = countText;
  protected readonly timeOf = timeOf;

  constructor() {
    const { places, toasts } = this.page;
    injectNotificationsEvent('notification:new', (item) => {
      if (isSeen(item, places.getSnapshot())) this.markRead(item.id);
      else toasts.show([item.title, item.body].filter(Boolean).join(': '));
    });
    afterRenderEffect(() => {
      this.items();
      const item = this.shown !== undefined && this.list().nativeElement.children[this.shown];
      if (!item) return;
      this.shown = undefined;
      (item as HTMLElement).focus();
    });
  }

  protected async showEarlier(): Promise<void> {
    if (this.earlier().isLoading) return;
    this.shown = this.items().length;
    if (!(await this.stored.showEarlier())) this.shown = undefined;
  }

  protected markRead(id: string): void {
    void this.run(this.read.send({ ids: [id] }));
  }

  protected markAllRead(): void {
    void this.run(this.readAll.send());
  }

  protected open({ id, channelId, readAt }: StoredNotification, panel: HTMLElement): void {
    const { places } = this.page;
    const workspaceId = places.getSnapshot().workspaceId ?? this.person.workspaces[0]?.id;
    places.open({ workspaceId, view: 'chat', item: channelId });
    panel.hidePopover();
    if (!readAt) this.markRead(id);
  }

  private async run(request: Promise<Result<unknown>>): Promise<void> {
    const result = await request;
    if (!result.ok) this.page.toasts.show(sentence(result.error), 'problem');
  }
}
