import { byCodeUnit } from '../code-unit-order.ts';

/** A record with its keys in order of code units, each value converted in that order. */
export function sortedEntries<Out>(
  record: unknown,
  convert: (value: unknown, key: string) => Out,
): Readonly<Record<string, Out>> {
  if (typeof record !== 'object' || record === null) return {};
  const source = record as Readonly<Record<string, unknown>>;
  const out: Record<string, Out> = {};
  for (const key of Object.keys(source).sort(byCodeUnit)) {
    const made = convert(source[key], key);
    if (key === '__proto__') Object.defineProperty(out, key, { value: made, enumerable: true });
    else out[key] = made;
  }
  return out;
}
