import { INVALID } from '../validator.ts';
import { plainObject } from './record.ts';
import { unknownKeys } from './object.ts';
import { failedSince } from './checks.ts';
import { report, type Finding, type Run, type Schema } from './schema.ts';

/** What two schemas both accept, put together. A key is unknown only where both say so. */
export function intersection(left: Schema, right: Schema): Schema {
  return (value, run) => {
    const mark = run.found.length;
    run.copy = true;
    const [[a, fromLeft], [b, fromRight]] = [side(left, value, run), side(right, value, run)];
    run.found.push(...reconciled(fromLeft, fromRight, run.path.length));
    const result = merged(a, b);
    if (result !== INVALID) return result;
    if (!failedSince(run, mark)) report(run, 'custom', 'The two sides do not fit together');
    return value;
  };
}

function side(schema: Schema, value: unknown, run: Run): readonly [result: unknown, found: Finding[]] {
  const mark = run.found.length;
  run.halt = false;
  const result = schema(value, run);
  run.halt = false;
  return [result, run.found.splice(mark)];
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
  const isOfKey = ({ code, path, keys }: Finding) =>
    (code === 'unrecognized_keys' && path.length === depth) ||
    (code === 'invalid_key' && path.length === depth + 1 && keys !== undefined);
  const sides = [left, right].map(
    (found) => new Set(found.filter(isOfKey).flatMap(({ keys }) => keys ?? [])),
  );
  const both = [...(sides[0] ?? [])].filter((key) => sides[1]?.has(key));
  const rest = [...left, ...right].filter((finding) => !isOfKey(finding));
  if (both.length === 0) return rest;
  const ofKeys = [...left, ...right].filter(isOfKey);
  const unknown = ofKeys.find(({ code }) => code === 'unrecognized_keys');
  const together = unknown ? both.filter((key) => unknown.keys?.includes(key)) : [];
  if (unknown && together.length > 0)
    rest.push({ ...unknown, keys: together, message: unknownKeys(together) });
  for (const key of both) {
    const single = ofKeys.find(({ code, keys }) => code === 'invalid_key' && keys?.[0] === key);
    if (single && !together.includes(key)) rest.push(single);
  }
  return rest;
}
