import type { Store } from '@sockeye/client';

/** Whether the browser is online. */
export const online: Store<boolean> = {
  getSnapshot: () => navigator.onLine,
  getServerSnapshot: () => true,
  subscribe: (listener) => {
    addEventListener('online', listener);
    addEventListener('offline', listener);
    return () => {
      removeEventListener('online', listener);
      removeEventListener('offline', listener);
    };
  },
};
