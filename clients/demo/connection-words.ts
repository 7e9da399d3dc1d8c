import type { Connection } from '@sockeye/client';

/** How a connection is shown. */
export interface ConnectionWords {
  /** For the header. */
  readonly word: string;
  /** A sentence for a problem, otherwise empty. It has no countdown, so that screen readers read it once. */
  readonly text: string;
  /** What the user can do. */
  readonly action?: 'reload' | 'retry';
}

const lost = 'You will see the changes of others when it is restored.';

/** Words for the phases of a connection. */
export function connectionWords({ phase, error }: Connection, isOnline: boolean): ConnectionWords {
  switch (phase) {
    case 'connected':
      return { word: 'Live', text: '' };
    case 'connecting':
      return error
        ? { word: 'Connecting', text: 'The server cannot be reached.', action: 'retry' }
        : { word: 'Connecting', text: '' };
    case 'reconnecting':
      return isOnline
        ? { word: 'Reconnecting', text: `The connection is lost. ${lost}`, action: 'retry' }
        : {
            word: 'Offline',
            text: 'You are offline. You will see the changes of others when you are back online.',
          };
    case 'unauthorized':
      return { word: 'Signed out', text: 'Your session has ended.' };
    case 'incompatible':
      return {
        word: 'Outdated',
        text: 'The server has a newer version of this page. Reload to continue.',
        action: 'reload',
      };
    case 'idle':
    case 'closed':
      return { word: 'Offline', text: '' };
  }
}

/** Whole seconds until the next connection attempt; undefined if none is scheduled. */
export function secondsLeft({ retryAt }: Connection, now: number): number | undefined {
  return retryAt === undefined ? undefined : Math.max(0, Math.ceil((retryAt - now) / 1_000));
}
