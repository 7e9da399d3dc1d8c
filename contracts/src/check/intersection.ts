import { INVALID } from '../validator.ts';
import { noKeys } from './object.ts';
import { plainObject } from './record.ts';
import type { Schema } from './schema.ts';
import { failedSince, found, keep, path, report, taken, type Finding } from './walk.ts';

/** What two schemas both accept, put together. A key is unknown only where both say so. */
export function intersection(left: Schema, right: Schema): Schema {
  return (value) => {
    const mark = found.length;
    keep();
    const [[a, fromLeft], [b, fromRight]] = [side(left, value), side(right, value)];
    found.push(...reconciled(fromLeft, fromRight, path.length));
    const result = merged(a, b);
    if (result !== INVALID) return result;
    if (!failedSince(mark)) report('custom', 'two sides that fit together');
    return value;
  };
}

function side(schema: Schema, value: unknown): readonly [result: unknown, findings: Finding[]] {
  const mark = found.length;
  return [schema(value, true), taken(mark)];
}

/** Two results as one; `INVALID` where they contradict each other. */
export function merged(a: unknown, b: unknown): unknown {
  if (a === b) return a;
  if (a === INVALID || b === INVALID) return INVALID;
  if (a instanceof Date && b instanceof Date && +a === +b) return a;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return INVALID;
    const out: unknown[] = [];
    for (let i = 0; i < a.length; i++) {
      const item = merged(a[i], b[i]);
      if (item === INVALID) return INVALID;
      out.push(item);
    }
    return out;
  }
  return plainObject(a) && plainObject(b) ? mergedObjects(a as Keyed, b as Keyed) : INVALID;
}

type Keyed = Record<string, unknown>;

function mergedObjects(a: Keyed, b: Keyed): unknown {
  const out: Keyed = { ...a, ...b };
  if (Object.hasOwn(out, '__proto__')) delete out['__proto__'];
  for (const key of Object.keys(a)) {
    if (key === '__proto__' || !Object.prototype.propertyIsEnumerable.call(b, key)) continue;
    const item = merged(a[key], b[key]);
    if (item === INVALID) return INVALID;
    out[key] = item;
  }
  return out;
}

/** Drops what only one side holds against a key. */
function reconciled(left: readonly Finding[], right: readonly Finding[], depth: number): readonly Finding[] {
  const isOfKey = ({ issue: { code, path }, keys }: Finding) =>
    (code === 'unrecognized_keys' && path.length === depth) ||
    (code === 'invalid_key' && path.length === depth + 1 && keys !== undefined);
  const sides = [left, right].map(
    (found) => new Set(found.filter(isOfKey).flatMap(({ keys }) => keys ?? [])),
  );
  const both = [...(sides[0] ?? [])].filter((key) => sides[1]?.has(key));
  const rest = [...left, ...right].filter((finding) => !isOfKey(finding));
  if (both.length === 0) return rest;
  const ofKeys = [...left, ...right].filter(isOfKey);
  const unknown = ofKeys.find(({ issue }) => issue.code === 'unrecognized_keys');
  const together = unknown ? both.filter((key) => unknown.keys?.includes(key)) : [];
  if (unknown && together.length > 0)
    rest.push({
      ...unknown,
      keys: together,
      issue: { ...unknown.issue, message: `Expected ${noKeys(together)}` },
    });
  for (const key of both) {
    const single = ofKeys.find(({ issue, keys }) => issue.code === 'invalid_key' && keys?.[0] === key);
    if (single && !together.includes(key)) rest.push(single);
  }
  return rest;
}
