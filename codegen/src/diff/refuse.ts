import type { Reading } from './read.ts';

/** A reading that refuses a value as such. */
export function refuse(why: string): Reading {
  return { ok: false, issues: [{ at: [], why }] };
}
