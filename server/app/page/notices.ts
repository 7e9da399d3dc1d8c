import type { FeedStore } from '@sockeye/client';
import { icons } from '../../../clients/demo/icons.ts';
import { bellLabel, countText, mostAnnouncements, timeOf } from '../../../clients/demo/notices.ts';
import { createToasts, type Toasts } from '../../../clients/demo/toasts.ts';
import { byId, icon, make } from './dom.ts';
import type { AnnouncementEvent, NotificationEvent } from './generated/collab.types.gen.ts';

/** Everything that the page tells beside the board. */
export interface Notices {
  /** The lines at the foot of the page, and what a screen reader is told. */
  readonly toasts: Toasts;
  /** Shows notifications until the function that is returned is called; those that are looked at count as read. */
  readonly watch: (feed: FeedStore<NotificationEvent, NotificationEvent['id']>) => () => void;
  readonly announce: (announcement: AnnouncementEvent) => void;
  readonly clear: () => void;
}

/** Creates {@link Notices}. */
export function createNotices(): Notices {
  const bell = byId('bell', HTMLButtonElement);
  const count = byId('bell-count', HTMLSpanElement);
  const panel = byId('notifications', HTMLElement);
  const list = byId('notification-list', HTMLUListElement);
  const empty = byId('notifications-empty', HTMLParagraphElement);
  const announcements = byId('announcements', HTMLDivElement);
  const toasts = createToasts();

  const showNotifications = (items: readonly NotificationEvent[], unread: number): void => {
    list.replaceChildren(...items.map(notificationItem));
    empty.hidden = items.length > 0;
    count.textContent = countText(unread);
    count.hidden = unread === 0;
    bell.setAttribute('aria-label', bellLabel(unread));
  };
  toasts.subscribe(() => {
    const lines = toasts.getSnapshot().map(({ text, kind }) => make('p', { class: `toast ${kind}` }, text));
    byId('toasts', HTMLDivElement).replaceChildren(...lines);
  });
  toasts.said.subscribe(() => {
    byId('heard', HTMLDivElement).textContent = toasts.said.getSnapshot();
  });

  return {
    toasts,
    watch: (feed) => {
      const render = (): void => {
        const { items, unread } = feed.getSnapshot();
        showNotifications(items, unread);
        if (unread > 0 && panel.matches(':popover-open')) feed.markRead();
      };
      // Not `toggle`: that comes later, and not at all where the panel is closed again at once.
      const read = (event: Event): void => {
        if ((event as ToggleEvent).newState === 'open') feed.markRead();
      };
      panel.addEventListener('beforetoggle', read);
      const stop = feed.subscribe(render);
      render();
      return () => {
        panel.removeEventListener('beforetoggle', read);
        stop();
      };
    },
    announce: ({ text, level }) => {
      const close = make(
        'button',
        { class: 'icon-button small-icon', type: 'button', 'aria-label': 'Dismiss' },
        icon(icons.cross),
      );
      const item = make('div', { class: `announcement ${level}` }, make('p', {}, text), close);
      close.addEventListener('click', () => item.remove());
      announcements.prepend(item);
      while (announcements.children.length > mostAnnouncements) announcements.lastElementChild?.remove();
    },
    clear: () => {
      showNotifications([], 0);
      announcements.replaceChildren();
      toasts.clear();
    },
  };
}

function notificationItem({ title, body, createdAt }: NotificationEvent): HTMLLIElement {
  const when = make('time', { datetime: createdAt.toISOString() }, timeOf(createdAt));
  return make('li', {}, make('p', {}, make('strong', {}, title), when), body ? make('p', {}, body) : null);
}
