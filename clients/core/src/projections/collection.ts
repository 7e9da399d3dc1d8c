/**
 * Rows from the server, with the application's pending edits applied.
 *
 * An edit is shown at once and reapplied to every update from the server. It ends with its own answer, or with an event
 * that has the same effect, whichever comes first.
 *
 * @module collection
 */
import { success, type ErrorBody, type Result } from '@sockeye/contract/wire';
import { fail } from '../errors.ts';
import { createEdits } from './edits.ts';
import { createFrameStore } from './frame-store.ts';
import { outcomeOf } from './outcome.ts';
import type { ClientProjectionEntry, Fields, Projection, ProjectionHost } from './projection.ts';
import { createRows } from './rows.ts';
import type { CollectionStore } from './collection-store.ts';

/** Which events change the rows. */
export interface CollectionRule {
  readonly room?: string;
  /** Field of a row that identifies it. */
  readonly key: string;
  /** Field of a row that increases with every change. */
  readonly version?: string;
  /** Event to the field of its payload that holds the row; `true` for the payload itself. */
  readonly upsert?: Readonly<Record<string, string | true>>;
  /** Event to the fields of its payload that hold key, changed fields and version. */
  readonly patch?: Readonly<
    Record<string, { readonly key: string; readonly changes: string; readonly version?: string }>
  >;
  /** Event to the field of its payload that holds the key. */
  readonly remove?: Readonly<Record<string, string>>;
  /** Fields that a change removes with `null`, because a row cannot hold `null`. */
  readonly unset?: readonly string[];
}

type Snapshot = ReturnType<CollectionStore<Fields, unknown>['getSnapshot']>;

/** Rows that events create, change and remove, for a generated table. */
export function collection(rule: CollectionRule): ClientProjectionEntry {
  return { room: rule.room, create: (host) => create(rule, host) };
}

function create(rule: CollectionRule, host: ProjectionHost): Projection {
  const rows = createRows(rule);
  const edits = createEdits(rule, rows, () => frames.change());
  let status: Snapshot['status'] = 'idle';
  let error: ErrorBody | undefined;
  let isUp = false;
  /** The rows are loaded, and no event was missed since; while disconnected: none that a log cannot replay. */
  let fresh = false;
  let loading: AbortController | undefined;
  const frames = createFrameStore<Snapshot>(host, () => ({
    ...edits.view(),
    status,
    ...(error && { error }),
  }));

  function show(next: Snapshot['status'], why?: ErrorBody): void {
    if (status === next && error === why) return;
    status = next;
    error = why;
    frames.change();
  }

  function stopLoading(): void {
    loading?.abort();
    loading = undefined;
  }

  async function load(): Promise<Result<void>> {
    if (!host.load) return success(undefined);
    stopLoading();
    const { signal } = (loading = new AbortController());
    if (status !== 'ready') show('loading');
    rows.mark();
    const result = await outcomeOf(() => host.load!(signal));
    if (signal.aborted) return fail('ABORTED');
    loading = undefined;
    if (!result.ok) {
      show('error', result.error);
      return result;
    }
    rows.replace(result.data as readonly Fields[]);
    if (status !== 'ready') edits.know();
    fresh = isUp;
    frames.change();
    show('ready');
    return success(undefined);
  }

  function loadIfNeeded(): void {
    if (!isUp || fresh || loading || status === 'error') return;
    if (!host.load) show('ready');
    else if (frames.watched()) void load();
  }

  function clear(): void {
    stopLoading();
    isUp = fresh = false;
    rows.clear();
    edits.clear();
    frames.change();
    show('idle');
  }

  for (const [event, field] of Object.entries(rule.upsert ?? {})) {
    host.on(event, (payload) =>
      edits.receive({ kind: 'put', row: field === true ? payload : (payload[field] as Fields) }),
    );
  }
  for (const [event, { key, changes, version }] of Object.entries(rule.patch ?? {})) {
    host.on(event, (payload) =>
      edits.receive({
        kind: 'patch',
        key: payload[key],
        changes: payload[changes] as Fields,
        ...(version !== undefined && { version: payload[version] }),
      }),
    );
  }
  for (const [event, field] of Object.entries(rule.remove ?? {})) {
    host.on(event, (payload) => edits.receive({ kind: 'drop', key: payload[field] }));
  }

  const store: CollectionStore<Fields, unknown> = { ...frames.store, ...edits.methods, reload: load };
  return {
    ...frames,
    store,
    watch: loadIfNeeded,
    up: (recovered) => {
      isUp = true;
      fresh &&= recovered;
      stopLoading();
      if (status === 'error') show('idle');
      loadIfNeeded();
    },
    down: () => {
      isUp = false;
      stopLoading();
      if (status === 'loading') show('idle');
    },
    clear,
    close: () => {
      edits.close();
      frames.close();
    },
  };
}
