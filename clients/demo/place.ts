import type { Store } from '@sockeye/client';
import { createStore } from './store.ts';

/** What the address says. */
export interface Place {
  /** Undefined where the address names none. */
  readonly workspaceId: string | undefined;
  /** What of the workspace is shown; undefined for its board. */
  readonly view: string | undefined;
  /** What of the view is shown, such as the channel of a chat. */
  readonly item?: string | undefined;
}

/** The address of the page. */
export interface Places extends Store<Place> {
  /** The address of a place. */
  readonly hrefOf: (place: Place) => string;
  readonly open: (place: Place) => void;
  /** The same, without a way back to the place before. */
  readonly replace: (place: Place) => void;
}

/** Follows the address; `base` is where the application is served, such as `/react/`. */
export function createPlaces(base: string): Places {
  const hrefOf = ({ workspaceId, view, item }: Place): string =>
    base +
    [workspaceId, view, item]
      .flatMap((part) => part ?? [])
      .map(encodeURIComponent)
      .join('/');
  const read = (): Place => {
    const rest = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : '';
    const [workspaceId, view, item] = rest.split('/').map(decode);
    return { workspaceId: workspaceId || undefined, view: view || undefined, item: item || undefined };
  };
  const store = createStore(read());
  addEventListener('popstate', () => store.set(read()));
  return {
    ...store,
    hrefOf,
    open: (place) => {
      const href = hrefOf(place);
      if (href !== location.pathname) history.pushState(null, '', href);
      store.set(read());
    },
    replace: (place) => {
      history.replaceState(null, '', hrefOf(place));
      store.set(read());
    },
  };
}

/** A part of an address; an empty text where it was spelled wrong. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
