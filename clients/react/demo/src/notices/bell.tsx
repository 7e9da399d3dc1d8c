import { bellLabel, countText, timeOf } from '../../../../demo/notices.ts';
import { useCollabClient, useCollabNotifications, useNotification } from '../generated/collab.react.gen.ts';
import { toasts } from '../session/session.ts';
import { Icon } from '../shell/icon.tsx';

/** The bell with what is unread, and the notifications behind it. */
export function Bell() {
  const { notifications } = useCollabClient();
  const { items, unread, unreadKeys } = useCollabNotifications();
  useNotification(({ title, body }) => toasts.show([title, body].filter(Boolean).join(': ')));

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
            <button className="small-button" type="button" onClick={() => notifications.markRead()}>
              Mark all as read
            </button>
          )}
        </div>
        {items.length === 0 && (
          <p className="muted nothing">
            Nothing yet. You will hear of it here when somebody gives you a task.
          </p>
        )}
        <ul>
          {items.map(({ id, title, body, createdAt }) => (
            <li key={id} className={unreadKeys.has(id) ? 'unread' : undefined}>
              <p>
                <strong>{title}</strong>
                <time dateTime={createdAt.toISOString()}>{timeOf(createdAt)}</time>
              </p>
              {body !== undefined && <p>{body}</p>}
              {unreadKeys.has(id) && (
                <button className="link" type="button" onClick={() => notifications.markRead(id)}>
                  Mark as read
                </button>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
