import type { ErrorBody, Result } from '@sockeye/contract/wire';
import type { Store } from '../store.ts';
import type { Awaitable } from '../surface.ts';

/** What an edit of a row does. */
export type Edit = 'create' | 'update' | 'remove';

/** State of a collection. */
export interface CollectionSnapshot<Row, Key> {
  /** In the order in which the rows were loaded or first told of, edits that are under way included. */
  readonly rows: readonly Row[];
  /**
   * - `idle`: nothing is loaded, and no events arrive.
   * - `loading`: nothing is loaded yet.
   * - `ready`: loaded, or without a `load` joined. Stays while the rows are loaded again.
   * - `error`: the latest load failed; the rows are what is known without it. Tried again by `reload` or a reconnect.
   */
  readonly status: 'idle' | 'loading' | 'ready' | 'error';
  /** With `error` alone. */
  readonly error?: ErrorBody;
  /** Rows with an edit under way, and the latest one. */
  readonly pending: ReadonlyMap<Key, Edit>;
}

/** Sends an edit to the server; an answer that is not ok, or a rejection, takes the edit back. */
export type RunEdit<Data> = () => Awaitable<Result<Data> | Data>;

/** How to tell that an event answers a `create`. */
export interface CreateOptions<Row> {
  /**
   * Whether a row that an event brought is the one that is being created. Without it, rows that are new are held back
   * until the answer has come, so that a row with a key of the server's own is never seen twice.
   */
  readonly match?: ((row: Row) => boolean) | undefined;
}

/** Rows as the server tells them, with the edits that are under way on top. */
export interface CollectionStore<Row, Key> extends Store<CollectionSnapshot<Row, Key>> {
  /**
   * Shows a row at once. `run` answers with the row as the server made it, whose key may be another one; otherwise the
   * row stays as given. Never rejects.
   */
  readonly create: <Data>(
    row: Row,
    run: RunEdit<Data>,
    options?: CreateOptions<Row>,
  ) => Promise<Result<Data>>;
  /** Shows some fields of a row changed at once. `run` may answer with the whole row. Never rejects. */
  readonly update: <Data>(key: Key, changes: Partial<Row>, run: RunEdit<Data>) => Promise<Result<Data>>;
  /** Hides a row at once. Never rejects. */
  readonly remove: <Data>(key: Key, run: RunEdit<Data>) => Promise<Result<Data>>;
  /** Loads all rows anew, by the `load` of the client's options. Ended by a later load: ABORTED. Never rejects. */
  readonly reload: () => Promise<Result<void>>;
}
