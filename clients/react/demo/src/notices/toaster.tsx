import { useStore } from '@sockeye/react';
import { toasts } from '../session/session.ts';

/** Toasts at the bottom of the page, and announcements for screen readers only. */
export function Toaster() {
  const lines = useStore(toasts);
  const said = useStore(toasts.said);
  return (
    <>
      <div className="toasts" role="status">
        {lines.map(({ id, text, kind }) => (
          <p key={id} className={`toast ${kind}`}>
            {text}
          </p>
        ))}
      </div>
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </>
  );
}
