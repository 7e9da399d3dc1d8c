import { byCodeUnit } from './collections.ts';

/** A record with its keys in order of code units, each value converted in that order. */
export function sortedEntries<Out>(
  record: unknown,
  convert: (value: unknown, key: string) => Out,
): Readonly<Record<string, Out>> {
  if (typeof record !== 'object' || record === null) return {};
  const source = record as Readonly<Record<string, unknown>>;
  const out: Record<string, Out> = {};
  for (const key of Object.keys(source).sort(byCodeUnit)) {
    Object.defineProperty(out, key, {
      value: convert(source[key], key),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return out;
}
