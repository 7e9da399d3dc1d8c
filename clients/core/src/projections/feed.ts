import { trim } from '../record.ts';
import type { Store } from '../store.ts';
import { createFrameStore } from './frame-store.ts';
import type { ClientProjectionEntry } from './projection.ts';

/** Which items a feed keeps. */
export interface FeedRule {
  readonly room?: string;
  readonly event: string;
  /** Field of the payload that identifies an item. */
  readonly key: string;
  /** How many items are kept. */
  readonly limit: number;
}

/** State of a feed. */
export interface FeedSnapshot<Item, Key> {
  /** Newest first. */
  readonly items: readonly Item[];
  /** How many of the items are unread. */
  readonly unread: number;
  readonly unreadKeys: ReadonlySet<Key>;
}

/** The latest items of an event. Kept while disconnected. */
export interface FeedStore<Item, Key> extends Store<FeedSnapshot<Item, Key>> {
  /** Marks an item as read. Default: all items. */
  readonly markRead: (key?: Key) => void;
}

/** The latest items of an event, for a generated table. */
export function feed({ room, event, key, limit }: FeedRule): ClientProjectionEntry {
  return {
    room,
    create: (host) => {
      /** Oldest first. */
      const items = new Map<unknown, object>();
      const unread = new Set<unknown>();
      const frames = createFrameStore<FeedSnapshot<unknown, unknown>>(host, () => ({
        items: [...items.values()].reverse(),
        unread: unread.size,
        unreadKeys: new Set(unread),
      }));
      const { store, change } = frames;
      host.on(event, (item) => {
        const id = item[key];
        if (items.has(id)) return;
        items.set(id, item);
        unread.add(id);
        trim(items, limit, (oldest) => unread.delete(oldest));
        change();
      });
      const owned: FeedStore<unknown, unknown> = {
        ...store,
        markRead: (id) => {
          if (!unread.size || (id !== undefined && !unread.has(id))) return;
          if (id === undefined) unread.clear();
          else unread.delete(id);
          change();
        },
      };
      return {
        ...frames,
        store: owned,
        clear: () => {
          if (!items.size) return;
          items.clear();
          unread.clear();
          change();
        },
      };
    },
  };
}
