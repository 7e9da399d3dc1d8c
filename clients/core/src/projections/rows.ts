import { trim } from '../record.ts';
import type { Fields } from './projection.ts';

/** One change of the rows, as the server tells it. */
export type Change =
  /** `answered`: the answer to an edit of this client's own, which may come after events that tell more. */
  | { readonly kind: 'put'; readonly row: Fields; readonly answered?: true }
  | { readonly kind: 'patch'; readonly key: unknown; readonly changes: Fields; readonly version?: unknown }
  | { readonly kind: 'drop'; readonly key: unknown };

/** How rows are told apart and compared. */
export interface RowFields {
  readonly key: string;
  readonly version?: string | undefined;
  /** Fields that a change takes away by `null`, as a row cannot hold it. */
  readonly unset?: readonly string[] | undefined;
}

/** What the server has told so far. */
export interface Rows {
  readonly all: () => ReadonlyMap<unknown, Fields>;
  /** False for what is late, known, or about a row that is not there. */
  readonly apply: (change: Change) => boolean;
  /** Begins to keep the changes that arrive beside a load. */
  readonly mark: () => void;
  /** Puts what was loaded in the place of everything, and the changes since {@link Rows.mark} on top. */
  readonly replace: (loaded: readonly Fields[]) => void;
  readonly clear: () => void;
}

/**
 * Removed keys that are remembered, so that what is late cannot bring their rows back: an answer, or with versions an
 * event. Without versions an event is as good as its place in the order, and a row that is told again is there again.
 */
const tombstoneLimit = 1_000;

/** Makes rows of which there are none. */
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
