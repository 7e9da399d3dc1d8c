/**
 * The walk that is under way: schemas look through one value and say what they refuse. Its state is kept here, not
 * handed from schema to schema: every page carries what generated validators share, and minifiers shorten variables,
 * but neither properties nor what is handed on.
 *
 * @module walk
 */
import { INVALID, type Issue } from '../validator.ts';
import type { Schema } from './schema.ts';

/**
 * How far an issue fails the value: 0, later checks of it still run, and a union still takes its branch seriously
 * (Zod's `continue`); 1, only checks of its size still run; 2, none does.
 */
export type Failed = 0 | 1 | 2;

/** One issue, with what only the schemas around it want to know. */
export interface Finding {
  readonly issue: Issue;
  readonly fails: Failed;
  /** With `unrecognized_keys`: which ones. With `invalid_key`: the one. */
  keys?: readonly string[];
}

/** From application form to wire form. */
export let back: boolean;
/** Conversions without checks: Zod's first pass over a value that is about to be encoded. */
export let skip: boolean;
/** Results are needed, not only issues. */
export let kept: boolean;
/** The last schema stopped early: its issues may be incomplete. */
export let halted: boolean;
export let found: Finding[];
/** Keys from the root to the current value; one per container around it. */
export let path: (string | number)[];

/**
 * All of a walk: its result and what was found. With `depth`, the containers around the value, the result is needed. A
 * walk may begin within another one, from a getter or from a check of the contract's own.
 */
export function walk(
  work: () => unknown,
  isBack: boolean,
  depth?: number,
): readonly [result: unknown, findings: readonly Finding[]] {
  const outer = [back, skip, kept, halted, found, path] as const;
  const mine: Finding[] = (found = []);
  back = isBack;
  skip = halted = false;
  path = [];
  path.length = depth ?? 0;
  kept = depth !== undefined;
  let result: unknown = INVALID;
  try {
    result = work();
  } catch {
    // A getter or a proxy threw: the findings so far are reported.
  }
  [back, skip, kept, halted, found, path] = outer;
  return [result, mine];
}

/** Adds an issue at the current path. */
export function report(code: string, expected: RegExp | string, fails: Failed = 1): void {
  found.push({ issue: { path: path.slice(), code, message: `Expected ${expected}` }, fails });
}

/** Sets the keys that the latest issue is about. */
export function ofKeys(keys: readonly string[]): void {
  (found.at(-1) as Finding).keys = keys;
}

/** Runs a schema on the value of a key. If it stops early, that says nothing about the whole. */
export function part(schema: Schema, key: string | number, value: unknown): unknown {
  path.push(key);
  const result = schema(value, true);
  path.pop();
  halted = false;
  return result;
}

/** Runs a schema; while encoding, without its checks. */
export function unchecked(schema: Schema, value: unknown): unknown {
  skip = back;
  const result = schema(value, true);
  skip = false;
  return result;
}

/** How severely the findings since `mark` fail the value. */
export function failedSince(mark: number): Failed {
  const since = found.slice(mark);
  return halted ? 2 : since.reduce<Failed>((most, { fails }) => (fails > most ? fails : most), 0);
}

/** From here on results are needed. */
export function keep(): void {
  kept = true;
}

/** Notes whether the last schema stopped early; returns the same. */
export function halt(early: boolean): boolean {
  halted = early;
  return early;
}

/** Drops the findings since `mark`. Returns whether there were any. */
export function forgiven(mark: number): boolean {
  if (found.length === mark) return false;
  found.length = mark;
  halted = false;
  return true;
}

/** Removes and returns the findings since `mark`. */
export function taken(mark: number): Finding[] {
  halted = false;
  return found.splice(mark);
}
