/** Whether a value is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Looks up an untrusted name in a table. */
export function own<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Removes the oldest entries of a map or a set beyond `limit`; calls `gone` for each key. */
export function trim<Key>(
  kept: Pick<Set<Key>, 'size' | 'keys' | 'delete'>,
  limit: number,
  gone?: (key: Key) => void,
): void {
  for (const key of kept.keys()) {
    if (kept.size <= limit) break;
    kept.delete(key);
    gone?.(key);
  }
}
