import { useStore } from '@sockeye/react';
import { useEffect, useRef } from 'react';
import { isSeen, newestFirst } from '../../../../demo/inbox.ts';
import { bellLabel, countText, timeOf } from '../../../../demo/notices.ts';
import { sentence } from '../../../../demo/sentence.ts';
import {
  useNotificationNew,
  useNotificationsInbox,
  useNotificationsRequest,
  useNotificationsUnread,
} from '../generated/notifications.react.gen.ts';
import type { StoredNotification } from '../generated/notifications.types.gen.ts';
import { usePerson } from '../session/person.ts';
import { places, toasts } from '../session/session.ts';
import { Icon } from '../shell/icon.tsx';
import { useInbox } from './inbox.ts';

/** The bell with the unread count and the notifications, in sync with the user's other tabs. */
export function Bell() {
  const { rows, status } = useNotificationsInbox();
  const inbox = useInbox();
  const earlier = useStore(inbox.earlier);
  const list = useRef<HTMLUListElement>(null);
  /** Number of items before earlier ones were loaded: the first loaded item gets the focus. */
  const shown = useRef<number>(undefined);
  const unread = useNotificationsUnread() ?? 0;
  const read = useNotificationsRequest('notification:read');
  const readAll = useNotificationsRequest('notification:read-all');
  const run = async (request: ReturnType<typeof read.send | typeof readAll.send>): Promise<void> => {
    const result = await request;
    if (!result.ok) toasts.show(sentence(result.error), 'problem');
  };
  useNotificationNew((item) => {
    if (isSeen(item, places.getSnapshot())) void run(read.send({ ids: [item.id] }));
    else toasts.show([item.title, item.body].filter(Boolean).join(': '));
  });

  useEffect(() => {
    const item = shown.current !== undefined && list.current?.children[shown.current];
    if (!item) return;
    shown.current = undefined;
    (item as HTMLElement).focus();
  }, [rows.length]);
  const showEarlier = async (): Promise<void> => {
    if (earlier.isLoading) return;
    shown.current = rows.length;
    if (!(await inbox.showEarlier())) shown.current = undefined;
  };

  return (
    <>
      <button
        className="icon-button"
        type="button"
        popoverTarget="notifications"
        aria-label={bellLabel(unread)}
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span className="count" aria-hidden="true">
            {countText(unread)}
          </span>
        )}
      </button>
      <section id="notifications" className="panel" popover="auto" aria-labelledby="notifications-title">
        <div className="panel-head">
          <h2 id="notifications-title">Notifications</h2>
          {unread > 0 && (
            <button className="small-button" type="button" onClick={() => void run(readAll.send())}>
              Mark all as read
            </button>
          )}
        </div>
        {rows.length === 0 && status === 'ready' && (
          <p className="muted nothing">
            Nothing yet. You will be notified here when someone gives you a task or mentions you.
          </p>
        )}
        <ul ref={list}>
          {newestFirst(rows).map((item) => (
            <Item key={item.id} item={item} markRead={() => void run(read.send({ ids: [item.id] }))} />
          ))}
        </ul>
        {earlier.more && (
          <button
            className="small-button show-earlier"
            type="button"
            aria-disabled={earlier.isLoading}
            onClick={() => void showEarlier()}
          >
            Show earlier
          </button>
        )}
      </section>
    </>
  );
}

function Item({ item, markRead }: { item: StoredNotification; markRead: () => void }) {
  const { title, body, createdAt, readAt, channelId } = item;
  const { workspaces } = usePerson();
  const open = (): void => {
    const workspaceId = places.getSnapshot().workspaceId ?? workspaces[0]?.id;
    places.open({ workspaceId, view: 'chat', item: channelId });
    document.getElementById('notifications')?.hidePopover();
    if (!readAt) markRead();
  };
  return (
    <li className={readAt ? undefined : 'unread'} tabIndex={-1}>
      <p>
        <strong>{title}</strong>
        <time dateTime={createdAt.toISOString()}>{timeOf(createdAt)}</time>
      </p>
      {body !== undefined && <p>{body}</p>}
      <p className="actions">
        {channelId !== undefined && (
          <button className="link" type="button" onClick={open}>
            Open the channel
          </button>
        )}
        {!readAt && (
          <button className="link" type="button" onClick={markRead}>
            Mark as read
          </button>
        )}
      </p>
    </li>
  );
}
