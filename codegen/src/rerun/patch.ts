import { cleanPieces, type Memory } from './clean.ts';
import { readFacts, unreadable } from './facts.ts';
import type { Part, Piece, Plan } from './plan.ts';
import { isEntry } from './split.ts';

/** A bundle that differs from the last one in one entry of an object literal, and its clean pieces. */
export interface Patch {
  readonly plan: Plan;
  /** The entry, as it is now. */
  readonly entry: Piece;
  /** Pieces that are clean wherever the code is the same once more. */
  readonly steady: ReadonlySet<Piece>;
  /** Those of them that do not depend on what changed. */
  readonly clean: ReadonlySet<Piece>;
}

/** Facts about a run and its bundle. */
export interface LastRun extends Memory {
  readonly code: string;
  /** As in {@link Patch}; `undefined` until it is needed. */
  readonly steady: ReadonlySet<Piece> | undefined;
}

/**
 * Reuses the facts about the last bundle if one entry changed, as when an edited event is saved. `undefined` if
 * anything else changed, or if the change could affect facts about the rest.
 */
export function patchBundle(code: string, before: LastRun): Patch | undefined {
  const { plan } = before;
  const place = changedEntry(code, before);
  if (place === undefined || !isEntry(place.text)) return undefined;
  const { index, old, text } = place;
  const steady = before.steady ?? cleanPieces(plan, before);
  const entry: Piece = { id: old.id, text, facts: readFacts(text) };
  const names = new Set(plan.parts.flatMap((part) => (steady.has(part) ? part.name : [])));
  const known = plan.needs(old);
  const isKnown = (name: string) => known.includes(name) || plan.fixed.has(name) || names.has(name);
  const isAlike = entry.facts !== unreadable && plan.isPlain(entry) && plan.needs(entry).every(isKnown);
  if (!steady.has(old) || !isAlike) return undefined;

  const part = plan.parts[index] as Part;
  const patched: Part = { ...part, entries: part.entries.map((each) => (each === old ? entry : each)) };
  const renewed = new Map<Piece, Piece>([
    [old, entry],
    [part, patched],
  ]);
  const renew = (pieces: ReadonlySet<Piece>) => new Set([...pieces].map((each) => renewed.get(each) ?? each));
  const longer = code.length - before.code.length;
  const next: Plan = {
    ...plan,
    parts: plan.parts.with(index, patched),
    starts: plan.starts.map((start, at) => (at > index ? start + longer : start)),
    plain: renew(plan.plain),
  };
  const still = renew(steady);
  const clean = new Set(still);
  clean.delete(entry);
  for (const piece of dependents(part.name, next)) clean.delete(piece);
  return { plan: next, entry, steady: still, clean };
}

/** The entry that contains the whole change: its part, its old form and its text. */
function changedEntry(
  code: string,
  { code: last, plan }: LastRun,
): { readonly index: number; readonly old: Piece; readonly text: string } | undefined {
  const from = sameStart(code, last);
  const same = Math.min(sameEnd(code, last), Math.min(code.length, last.length) - from);
  const to = last.length - same;
  const index = plan.starts.findLastIndex((start) => start <= from);
  const part = plan.parts[index];
  let at = plan.starts[index] ?? 0;
  for (const [number, old] of part?.entries.entries() ?? []) {
    at += part?.gaps[number]?.length ?? 0;
    const end = at + old.text.length;
    if (at <= from && to <= end) {
      const text = code.slice(at, end + code.length - last.length);
      return { index, old, text: ownCopy(text) };
    }
    at = end;
  }
  return undefined;
}

/** Length of the common prefix. */
function sameStart(a: string, b: string): number {
  let low = 0;
  for (let high = Math.min(a.length, b.length); low < high;) {
    const middle = Math.ceil((low + high) / 2);
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Length of the common suffix. */
function sameEnd(a: string, b: string): number {
  let low = 0;
  for (let high = Math.min(a.length, b.length); low < high;) {
    const middle = Math.ceil((low + high) / 2);
    const [atA, atB] = [a.length - middle, b.length - middle];
    if (a.slice(atA, a.length - low) === b.slice(atB, b.length - low)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A copy that does not retain the string that it was sliced from. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** A part and the pieces that depend on it, directly or by others. */
function dependents(name: string, plan: Plan): ReadonlySet<Piece> {
  const found = new Set<Piece>();
  const names = new Set([name]);
  for (const each of names) {
    for (const part of plan.parts) {
      if (part.name === each) found.add(part);
      for (const piece of [part, ...part.entries]) {
        if (!plan.needs(piece).includes(each)) continue;
        found.add(piece);
        names.add(part.name);
      }
    }
  }
  return found;
}
