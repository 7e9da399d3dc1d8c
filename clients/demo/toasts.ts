import type { Store } from '@sockeye/client';
import { createStore } from './store.ts';

/** A short message at the bottom of the page. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  /** `problem`: something did not work. */
  readonly kind: 'news' | 'problem';
}

/** The messages, newest last. */
export interface Toasts extends Store<readonly Toast[]> {
  readonly show: (text: string, kind?: Toast['kind']) => void;
  readonly dismiss: (id: number) => void;
  readonly clear: () => void;
  /** Text for screen readers about visible changes. */
  readonly said: Store<string>;
  readonly say: (text: string) => void;
}

/** How long a message is shown, in milliseconds. */
const stayMs = 6_000;

/** Maximum number of messages. */
const most = 3;

/** Creates {@link Toasts}. */
export function createToasts(): Toasts {
  const store = createStore<readonly Toast[]>([]);
  const said = createStore('');
  let last = 0;
  const dismiss = (id: number): void => store.set(store.getSnapshot().filter((toast) => toast.id !== id));
  return {
    ...store,
    show: (text, kind = 'news') => {
      const toast = { id: ++last, text, kind };
      store.set([...store.getSnapshot(), toast].slice(-most));
      setTimeout(() => dismiss(toast.id), stayMs);
    },
    dismiss,
    clear: () => {
      store.set([]);
      said.set('');
    },
    said,
    say: said.set,
  };
}
