/** Maximum number of announcements shown. */
export const mostAnnouncements = 3;

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** A time of the day. */
export function timeOf(date: Date): string {
  return time.format(date);
}

/** Label of the bell. */
export function bellLabel(unread: number): string {
  return `Notifications, ${unread === 0 ? 'none' : unread} unread`;
}

/** A number that fits beside the bell. */
export function countText(unread: number): string {
  return unread > 99 ? '99+' : String(unread);
}
