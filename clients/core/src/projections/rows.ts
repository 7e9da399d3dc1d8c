import { trim } from '../record.ts';
import type { Fields } from './projection.ts';

/** One change of the rows, from the server. */
export type Change =
  /** `answered`: the answer to an edit of this client, which may arrive after newer events. */
  | { readonly kind: 'put'; readonly row: Fields; readonly answered?: true }
  | { readonly kind: 'patch'; readonly key: unknown; readonly changes: Fields; readonly version?: unknown }
  | { readonly kind: 'drop'; readonly key: unknown };

/** Fields that identify and compare rows. */
export interface RowFields {
  readonly key: string;
  readonly version?: string | undefined;
  /** Fields that a change removes with `null`, because a row cannot hold `null`. */
  readonly unset?: readonly string[] | undefined;
}

/** Rows as the server has sent them so far. */
export interface Rows {
  readonly all: () => ReadonlyMap<unknown, Fields>;
  /** Applies a change. False if it is late, known, or for a missing row. */
  readonly apply: (change: Change) => boolean;
  /** Starts to record the changes that arrive during a load. */
  readonly mark: () => void;
  /** Replaces all rows with loaded ones, and applies the changes since {@link Rows.mark}. */
  readonly replace: (loaded: readonly Fields[]) => void;
  readonly clear: () => void;
}

/**
 * Number of removed keys that are kept, so that a late answer, or with versions a late event, cannot restore their
 * rows. Without versions, events are applied in order, and a removed row that is sent again is restored.
 */
const tombstoneLimit = 1_000;

/** Creates an empty set of rows. */
export function createRows(fields: RowFields): Rows {
  const { key, version } = fields;
  let rows = new Map<unknown, Fields>();
  const removed = new Set<unknown>();
  let journal: Change[] | undefined;

  const isLate = (known: Fields | undefined, next: unknown): boolean =>
    version !== undefined && known !== undefined && (next as number) <= (known[version] as number);

  function apply(change: Change): boolean {
    switch (change.kind) {
      case 'put': {
        const id = change.row[key];
        if (removed.has(id) && (version !== undefined || change.answered)) return false;
        if (isLate(rows.get(id), change.row[version ?? ''])) return false;
        removed.delete(id);
        rows.set(id, change.row);
        return true;
      }
      case 'patch': {
        const row = rows.get(change.key);
        if (!row || (change.version !== undefined && isLate(row, change.version))) return false;
        const told = version !== undefined && change.version !== undefined && { [version]: change.version };
        rows.set(change.key, { ...withChanges(row, change.changes, fields), ...told });
        return true;
      }
      case 'drop':
        removed.delete(change.key);
        removed.add(change.key);
        trim(removed, tombstoneLimit);
        return rows.delete(change.key);
      default:
        return change satisfies never;
    }
  }

  return {
    all: () => rows,
    apply: (change) => {
      journal?.push(change);
      return apply(change);
    },
    mark: () => {
      journal = [];
    },
    replace: (loaded) => {
      const before = rows;
      rows = new Map();
      for (const row of loaded) {
        const known = before.get(row[key]);
        rows.set(row[key], known && isLate(known, row[version ?? '']) ? known : row);
        removed.delete(row[key]);
      }
      for (const change of journal ?? []) apply(change);
      journal = undefined;
    },
    clear: () => {
      rows = new Map();
      removed.clear();
      journal = undefined;
    },
  };
}

/** A row with some fields changed. */
export function withChanges(row: Fields, changes: Fields, { unset = [] }: RowFields): Fields {
  const next: Record<string, unknown> = { ...row, ...changes };
  for (const field of unset) if (next[field] === null) delete next[field];
  return next;
}
