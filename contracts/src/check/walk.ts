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
/** What just ran stopped early, so that nothing further may be concluded from its issues. */
export let halted: boolean;
export let found: Finding[];
/** Keys from the root to where the walk is; as many as there are containers around it. */
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
    // A getter or a proxy threw: what was found until then is said.
  }
  [back, skip, kept, halted, found, path] = outer;
  return [result, mine];
}

/** Adds an issue at the place where the walk is. */
export function report(code: string, expected: RegExp | string, fails: Failed = 1): void {
  found.push({ issue: { path: path.slice(), code, message: `Expected ${expected}` }, fails });
}

/** Says of which keys the newest issue is. */
export function ofKeys(keys: readonly string[]): void {
  (found.at(-1) as Finding).keys = keys;
}

/** Runs a schema on what stands under a key: that it stopped early says nothing about the whole. */
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

/** How far what was found since `mark` fails the value. */
export function failedSince(mark: number): Failed {
  const since = found.slice(mark);
  return halted ? 2 : since.reduce<Failed>((most, { fails }) => (fails > most ? fails : most), 0);
}

/** From here on results are needed. */
export function keep(): void {
  kept = true;
}

/** Says whether what just ran stopped early; returns the same. */
export function halt(early: boolean): boolean {
  halted = early;
  return early;
}

/** Drops what was found since `mark`; tells whether there was any. */
export function forgiven(mark: number): boolean {
  if (found.length === mark) return false;
  found.length = mark;
  halted = false;
  return true;
}

/** Takes away what was found since `mark`. */
export function taken(mark: number): Finding[] {
  halted = false;
  return found.splice(mark);
}
