import { useEffect, useState, type MouseEvent } from 'react';
import { askBackMs } from '../../../../demo/board.ts';
import { Icon } from '../shell/icon.tsx';

/** Deletes on the second press; the first asks for confirmation. */
export function DeleteButton({ title, remove }: { title: string; remove: () => void }) {
  const [isAsking, ask] = useState(false);
  useEffect(() => {
    if (!isAsking) return undefined;
    const timer = setTimeout(() => ask(false), askBackMs);
    return () => clearTimeout(timer);
  }, [isAsking]);

  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (!isAsking) return ask(true);
    // The button is about to go; the focus must not be lost with it.
    event.currentTarget.closest('main')?.focus();
    remove();
  };
  return (
    <button
      className={`icon-button small-icon${isAsking ? ' asking' : ''}`}
      type="button"
      aria-label={isAsking ? `Really delete “${title}”?` : `Delete “${title}”`}
      onClick={press}
      onBlur={() => ask(false)}
    >
      {isAsking ? 'Delete?' : <Icon name="bin" />}
    </button>
  );
}
