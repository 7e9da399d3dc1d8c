import type { Result } from '@sockeye/contract/wire';
import { isRecord } from '../record.ts';
import type { CollectionSnapshot, CollectionStore, CreateOptions, RunEdit } from './collection-store.ts';
import { outcomeOf } from './outcome.ts';
import type { Fields } from './projection.ts';
import { withChanges, type Change, type RowFields, type Rows } from './rows.ts';

/** Pending edits of the application. */
export interface Edits {
  /** Rows with the edits applied. */
  readonly view: () => Pick<CollectionSnapshot<Fields, unknown>, 'rows' | 'pending'>;
  /** Applies a change from an event. It ends an edit that has the same effect. */
  readonly receive: (change: Change) => void;
  readonly methods: Pick<CollectionStore<Fields, unknown>, 'create' | 'update' | 'remove'>;
  /** Treats all current rows as older than every edit, after the first load. */
  readonly know: () => void;
  /** Removes all edits; their answers have no effect. */
  readonly clear: () => void;
  /** Ignores later edits. */
  readonly close: () => void;
}

type OpenEdit =
  | {
      readonly kind: 'create';
      key: unknown;
      readonly row: Fields;
      readonly match: Match | undefined;
      /** Keys that existed before; any other key may be the one that the server assigned to the row. */
      readonly before: Set<unknown>;
    }
  | { readonly kind: 'update'; key: unknown; readonly changes: Fields }
  | { readonly kind: 'remove'; key: unknown };

type Match = NonNullable<CreateOptions<Fields>['match']>;

/** Creates the edits of one collection. */
export function createEdits(fields: RowFields, rows: Rows, changed: () => void): Edits {
  const open = new Set<OpenEdit>();
  let closed = false;

  function apply(change: Change): void {
    if (rows.apply(change)) changed();
  }

  /** Whether a row may be the one that an edit creates, and so is shown already under the edit's key. */
  function isHeld(key: unknown): boolean {
    for (const edit of open) {
      if (edit.kind === 'create' && !edit.match && !edit.before.has(key)) return true;
    }
    return false;
  }

  async function start(edit: OpenEdit, run: RunEdit<unknown>): Promise<Result<unknown>> {
    if (!closed) {
      open.add(edit);
      changed();
    }
    const result = await outcomeOf(run);
    if (open.delete(edit)) {
      changed();
      if (result.ok) confirm(edit, result.data);
    } else if (result.ok && !closed && edit.kind !== 'remove') {
      // An event has confirmed it already; the answer may be more complete.
      if (isRow(result.data) && rows.all().has(result.data[fields.key]))
        apply({ kind: 'put', row: result.data, answered: true });
    }
    return result;
  }

  /** Handles the answer to an edit that no event has confirmed before. */
  function confirm(edit: OpenEdit, answer: unknown): void {
    if (edit.kind === 'remove') return apply({ kind: 'drop', key: edit.key });
    if (isRow(answer)) {
      if (edit.kind === 'create') rename(edit.key, answer[fields.key]);
      return apply({ kind: 'put', row: answer, answered: true });
    }
    if (edit.kind === 'update') apply({ kind: 'patch', key: edit.key, changes: edit.changes });
    else if ([...rows.all().keys()].every((key) => edit.before.has(key)))
      apply({ kind: 'put', row: edit.row, answered: true });
  }

  /** Updates later edits of a row to the key that the server assigned. */
  function rename(from: unknown, to: unknown): void {
    for (const edit of open) if (edit.key === from) edit.key = to;
  }

  function isRow(value: unknown): value is Fields {
    return isRecord(value) && value[fields.key] !== undefined;
  }

  return {
    view: () => {
      const shown = new Map(open.size ? [...rows.all()].filter(([key]) => !isHeld(key)) : rows.all());
      const pending = new Map<unknown, OpenEdit['kind']>();
      for (const edit of open) {
        const { kind, key } = edit;
        const row = shown.get(key);
        if (kind === 'create') shown.set(key, row ?? edit.row);
        else if (kind === 'remove') shown.delete(key);
        else if (row) shown.set(key, withChanges(row, edit.changes, fields));
        pending.set(key, kind);
      }
      return { rows: [...shown.values()], pending };
    },
    receive: (change) => {
      for (const edit of open) {
        if (!isForeseen(edit, change, fields)) continue;
        open.delete(edit);
        if (edit.kind === 'create' && change.kind === 'put') rename(edit.key, change.row[fields.key]);
        changed();
        if (edit.kind === 'create') break;
      }
      apply(change);
    },
    methods: {
      create: (row, run, { match } = {}) =>
        start(
          { kind: 'create', key: row[fields.key], row, match, before: new Set(rows.all().keys()) },
          run,
        ) as Promise<Result<never, never>>,
      update: (key, changes, run) =>
        start({ kind: 'update', key, changes }, run) as Promise<Result<never, never>>,
      remove: (key, run) => start({ kind: 'remove', key }, run) as Promise<Result<never, never>>,
    },
    know: () => {
      for (const edit of open) {
        if (edit.kind === 'create') for (const key of rows.all().keys()) edit.before.add(key);
      }
    },
    clear: () => open.clear(),
    close: () => {
      closed = true;
    },
  };
}

/** Whether a change has the effect of an edit. */
function isForeseen(edit: OpenEdit, change: Change, fields: RowFields): boolean {
  const key = change.kind === 'put' ? change.row[fields.key] : change.key;
  if (edit.kind === 'create') {
    return change.kind === 'put' && (key === edit.key || !!edit.match?.(change.row));
  }
  if (key !== edit.key) return false;
  // The fields of a removed row do not matter.
  if (change.kind === 'drop') return true;
  if (edit.kind === 'remove') return false;
  const told = change.kind === 'put' ? change.row : change.changes;
  return Object.entries(edit.changes).every(([field, value]) => isSame(value, told[field]));
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
