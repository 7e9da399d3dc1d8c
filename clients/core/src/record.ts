/** Whether a value has fields that can be read. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What a table says of a name that came from outside. */
export function own<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Removes what came first from a map or a set until it holds no more than `limit`; `gone` is told of each key. */
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
