import { useState, type FormEvent } from 'react';
import { textOf } from '../../../../demo/form.ts';
import { mostAnnouncements } from '../../../../demo/notices.ts';
import { sentence } from '../../../../demo/sentence.ts';
import { useAnnouncement } from '../generated/collab.react.gen.ts';
import type { AnnouncementEvent } from '../generated/collab.types.gen.ts';
import { api, toasts } from '../session/session.ts';
import { Icon } from '../shell/icon.tsx';

/** Announcements, until they are dismissed. */
export function AnnouncementList() {
  const [shown, show] = useState<readonly AnnouncementEvent[]>([]);
  useAnnouncement((announcement) => show((before) => [announcement, ...before].slice(0, mostAnnouncements)));
  return (
    <div role="log" aria-label="Announcements">
      {shown.map(({ id, text, level }) => (
        <div key={id} className={`announcement ${level}`}>
          <p>{text}</p>
          <button
            className="icon-button small-icon"
            type="button"
            aria-label="Dismiss"
            onClick={() => show((before) => before.filter((each) => each.id !== id))}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
    </div>
  );
}

/** For administrators: sends an announcement to everyone connected. */
export function Announce() {
  const submit = async (form: HTMLFormElement): Promise<void> => {
    const level = textOf(form, 'level') === 'warning' ? 'warning' : 'info';
    const result = await api.announce(textOf(form, 'text'), level);
    if (!result.ok) return toasts.show(sentence(result.error), 'problem');
    form.reset();
    form.hidePopover();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void submit(event.currentTarget);
  };
  return (
    <>
      <button className="icon-button" type="button" popoverTarget="announce-panel" aria-label="Announce">
        <Icon name="announce" />
      </button>
      <form
        id="announce-panel"
        className="panel stack"
        popover="auto"
        aria-labelledby="announce-title"
        onSubmit={onSubmit}
      >
        <h2 id="announce-title">Send an announcement</h2>
        <label>
          Message
          <textarea name="text" rows={3} maxLength={500} required />
        </label>
        <label>
          Kind
          <select name="level">
            <option value="info">Information</option>
            <option value="warning">Warning</option>
          </select>
        </label>
        <button className="primary" type="submit">
          Send to everyone
        </button>
      </form>
    </>
  );
}
