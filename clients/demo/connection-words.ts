import type { Connection } from '@sockeye/client';

/** What is said of a connection. */
export interface ConnectionWords {
  /** For the header. */
  readonly word: string;
  /** Where people should know more; an empty text otherwise. It does not count down, so that it is read out once. */
  readonly text: string;
  /** What can be done about it. */
  readonly action?: 'reload' | 'retry';
}

const lost = 'What others do meanwhile will show up when it is back.';

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
        : { word: 'Offline', text: `You are offline. ${lost}` };
    case 'unauthorized':
      return { word: 'Signed out', text: 'Your session has ended.' };
    case 'incompatible':
      return {
        word: 'Outdated',
        text: 'The server has a newer version of this page. Reload to go on.',
        action: 'reload',
      };
    case 'idle':
    case 'closed':
      return { word: 'Offline', text: '' };
  }
}

/** Whole seconds until the next attempt to connect; undefined where none is waited for. */
export function secondsLeft({ retryAt }: Connection, now: number): number | undefined {
  return retryAt === undefined ? undefined : Math.max(0, Math.ceil((retryAt - now) / 1_000));
}
