import type { ErrorBody, FixedCode, Result } from '@sockeye/contract/wire';
import type { Store } from '../store.ts';
import type { Awaitable } from '../surface.ts';

/** Kind of an edit. */
export type Edit = 'create' | 'update' | 'remove';

/** State of a collection. */
export interface CollectionSnapshot<Row, Key> {
  /** In the order in which rows were loaded or first received, with pending edits applied. */
  readonly rows: readonly Row[];
  /**
   * - `idle`: not loaded, and no events arrive.
   * - `loading`: the first load is in progress.
   * - `ready`: loaded; without a `load`: joined. Unchanged while rows are reloaded.
   * - `error`: the latest load failed; `rows` come from events and earlier loads. Retried by `reload` and reconnects.
   */
  readonly status: 'idle' | 'loading' | 'ready' | 'error';
  /** Only with `error`. */
  readonly error?: ErrorBody;
  /** Keys of rows with pending edits, each with its latest edit. */
  readonly pending: ReadonlyMap<Key, Edit>;
}

/** Sends an edit to the server. If the answer is not ok, or the promise rejects, the edit is rolled back. */
export type RunEdit<Data, Failed extends ErrorBody = ErrorBody> = () => Awaitable<
  Result<Data, Failed> | Data
>;

/** Result of an edit: that of its `run`. A rejection is INTERNAL, or has the code of a `ContractError`. */
export type EditResult<Data, Failed extends ErrorBody = ErrorBody> = Result<
  Data,
  Failed | ErrorBody<FixedCode>
>;

/** Options of `create`. */
export interface CreateOptions<Row> {
  /**
   * Whether a row from an event is the one being created. Without it, new rows are held back until the answer arrives,
   * so that a row whose key the server assigns never appears twice.
   */
  readonly match?: ((row: Row) => boolean) | undefined;
}

/** Rows, kept up to date by events, with pending edits applied. */
export interface CollectionStore<Row, Key> extends Store<CollectionSnapshot<Row, Key>> {
  /**
   * Shows a row at once. If `run` returns the row, it replaces the given one, and may have another key. Never rejects.
   */
  readonly create: <Data, Failed extends ErrorBody = ErrorBody>(
    row: Row,
    run: RunEdit<Data, Failed>,
    options?: CreateOptions<Row>,
  ) => Promise<EditResult<Data, Failed>>;
  /** Shows changed fields of a row at once. `run` can return the whole row. Never rejects. */
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
  /** Reloads all rows with the `load` option. ABORTED if another load starts meanwhile. Never rejects. */
  readonly reload: () => Promise<Result<void>>;
}
