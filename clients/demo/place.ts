import type { Store } from '@sockeye/client';
import { createStore } from './store.ts';

/** A parsed URL of the page. */
export interface Place {
  /** Undefined if the URL has none. */
  readonly workspaceId: string | undefined;
  /** The workspace's view; undefined for its board. */
  readonly view: string | undefined;
  /** The item of the view, such as a channel of the chat. */
  readonly item?: string | undefined;
}

/** The page's URL. */
export interface Places extends Store<Place> {
  /** The URL of a place. */
  readonly hrefOf: (place: Place) => string;
  readonly open: (place: Place) => void;
  /** The same, replacing the current history entry. */
  readonly replace: (place: Place) => void;
}

/** Follows the URL. `base`: path of the application, such as `/react/`. */
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

/** A decoded part of a URL; empty if it is malformed. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
