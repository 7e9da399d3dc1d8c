import { useStore } from '@sockeye/react';
import { toasts } from '../session/session.ts';

/** The lines at the foot of the page, and what is said to screen readers alone. */
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
