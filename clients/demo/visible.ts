import type { Store } from '@sockeye/client';

/** Whether the page is visible. */
export const visible: Store<boolean> = {
  getSnapshot: () => document.visibilityState === 'visible',
  getServerSnapshot: () => true,
  subscribe: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
