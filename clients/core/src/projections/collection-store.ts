import type { ErrorBody, FixedCode, Result } from '@sockeye/contract/wire';
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
export type RunEdit<Data, Failed extends ErrorBody = ErrorBody> = () => Awaitable<
  Result<Data, Failed> | Data
>;

/** How an edit ends: as its `run` did; a rejection as INTERNAL, or with the code of a `ContractError`. */
export type EditResult<Data, Failed extends ErrorBody = ErrorBody> = Result<
  Data,
  Failed | ErrorBody<FixedCode>
>;

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
  readonly create: <Data, Failed extends ErrorBody = ErrorBody>(
    row: Row,
    run: RunEdit<Data, Failed>,
    options?: CreateOptions<Row>,
  ) => Promise<EditResult<Data, Failed>>;
  /** Shows some fields of a row changed at once. `run` may answer with the whole row. Never rejects. */
  readonly update: <Data, Failed extends ErrorBody = ErrorBody>(
    key: Key,
    changes: Partial<Row>,
    run: RunEdit<Data, Failed>,
  ) => Promise<EditResult<Data, Failed>>;
  /** Hides a row at once. Never rejects. */
  readonly remove: <Data, Failed extends ErrorBody = ErrorBody>(
    key: Key,
    run: RunEdit<Data, Failed>,
  ) => Promise<EditResult<Data, Failed>>;
  /** Loads all rows anew, by the `load` of the client's options. Ended by a later load: ABORTED. Never rejects. */
  readonly reload: () => Promise<Result<void>>;
}
