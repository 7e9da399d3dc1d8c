import { byId, icon, make } from './dom.ts';
import type { AnnouncementEvent, Notification } from './generated/collab.types.gen.ts';

/** Everything that the page tells beside the board. */
export interface Notices {
  readonly notify: (notification: Notification) => void;
  readonly announce: (announcement: AnnouncementEvent) => void;
  /** A short line at the foot of the page, gone after some seconds. */
  readonly toast: (text: string) => void;
  /** Tells a screen reader what everybody else sees. */
  readonly say: (text: string) => void;
  readonly clear: () => void;
}

/** How long a toast stays, in milliseconds. */
const toastMs = 5_000;

/** Notifications that are kept. */
const kept = 50;

const cross = 'M7 7l10 10M17 7L7 17';
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Makes {@link Notices}. */
export function createNotices(): Notices {
  const bell = byId('bell', HTMLButtonElement);
  const count = byId('bell-count', HTMLSpanElement);
  const panel = byId('notifications', HTMLElement);
  const list = byId('notification-list', HTMLUListElement);
  const empty = byId('notifications-empty', HTMLParagraphElement);
  const announcements = byId('announcements', HTMLDivElement);
  const toasts = byId('toasts', HTMLDivElement);
  const heard = byId('heard', HTMLDivElement);
  let unread = 0;

  const showUnread = (value: number): void => {
    unread = value;
    count.textContent = unread > 99 ? '99+' : String(unread);
    count.hidden = unread === 0;
    bell.setAttribute('aria-label', `Notifications, ${unread === 0 ? 'none' : unread} unread`);
  };

  const say = (text: string): void => {
    heard.textContent = text;
  };

  // Not `toggle`: that comes later, and not at all where the panel is closed again at once.
  panel.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open') showUnread(0);
  });

  return {
    notify: ({ title, body, createdAt }) => {
      const when = make('time', { datetime: createdAt.toISOString() }, time.format(createdAt));
      list.prepend(
        make('li', {}, make('p', {}, make('strong', {}, title), when), body ? make('p', {}, body) : null),
      );
      while (list.children.length > kept) list.lastElementChild?.remove();
      empty.hidden = true;
      if (!panel.matches(':popover-open')) showUnread(unread + 1);
      say([title, body].filter(Boolean).join(': '));
    },
    announce: ({ text, level }) => {
      const close = make(
        'button',
        { class: 'icon-button small-icon', type: 'button', 'aria-label': 'Dismiss' },
        icon(cross),
      );
      const item = make('div', { class: `announcement ${level}` }, make('p', {}, text), close);
      close.addEventListener('click', () => item.remove());
      announcements.prepend(item);
      while (announcements.children.length > 3) announcements.lastElementChild?.remove();
    },
    toast: (text) => {
      const item = make('p', { class: 'toast' }, text);
      toasts.append(item);
      setTimeout(() => item.remove(), toastMs);
    },
    say,
    clear: () => {
      list.replaceChildren();
      announcements.replaceChildren();
      toasts.replaceChildren();
      empty.hidden = false;
      showUnread(0);
      say('');
    },
  };
}
