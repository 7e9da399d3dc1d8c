import { nearest } from './nearest.ts';

/** Adds an issue. */
export type Report = (path: readonly string[], message: string, hint: string) => void;

/** Reports every unknown key of `value`, with the nearest known one. */
export function checkKeys(
  value: object,
  expected: { readonly known: readonly string[]; readonly path: readonly string[]; readonly report: Report },
): void {
  for (const key of Object.keys(value)) {
    if (expected.known.includes(key)) continue;
    const hint = didYouMean(key, expected.known) ?? `Known keys: ${expected.known.join(', ')}.`;
    expected.report([...expected.path, key], `Unknown key "${key}".`, hint);
  }
}

/** A hint that names the known word nearest to `given`, or `undefined` if none is close. */
export function didYouMean(given: unknown, known: readonly string[]): string | undefined {
  const guess = typeof given === 'string' ? nearest(given, known) : undefined;
  return guess === undefined ? undefined : `Did you mean "${guess}"?`;
}

/** A value as a message shows it: short, and on one line. */
export function quote(value: unknown): string {
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}
