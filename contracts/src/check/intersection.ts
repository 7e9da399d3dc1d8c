import { INVALID } from '../validator.ts';
import { plainObject } from './record.ts';
import { failedSince, report, runPart, type Finding, type Schema } from './schema.ts';

/** What two schemas both accept, put together. A key is unknown only where both say so. */
export function intersection(left: Schema, right: Schema): Schema {
  return {
    run(value, run) {
      const mark = run.found.length;
      const a = runPart(left, value, run);
      const fromLeft = run.found.splice(mark);
      const b = runPart(right, value, run);
      const fromRight = run.found.splice(mark);
      run.found.push(...reconciled(fromLeft, fromRight));
      const result = merged(a, b);
      if (result !== INVALID) return result;
      if (!failedSince(run, mark)) report(run, 'custom', 'Invalid input: the two sides do not fit together');
      return value;
    },
  };
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
function reconciled(left: readonly Finding[], right: readonly Finding[]): readonly Finding[] {
  const sides = [left, right].map(
    (found) => new Set(found.filter(isOfKey).flatMap(({ keys }) => keys ?? [])),
  );
  const both = [...(sides[0] ?? [])].filter((key) => sides[1]?.has(key));
  const rest = [...left, ...right].filter((finding) => !isOfKey(finding));
  if (both.length === 0) return rest;
  const ofKeys = [...left, ...right].filter(isOfKey);
  const unknown = ofKeys.find(({ code }) => code === 'unrecognized_keys');
  const together = unknown ? both.filter((key) => unknown.keys?.includes(key)) : [];
  if (unknown && together.length > 0) {
    const list = together.map((key) => `"${key}"`).join(', ');
    const message = `Unrecognized key${together.length > 1 ? 's' : ''}: ${list}`;
    rest.push({ ...unknown, keys: together, message });
  }
  for (const key of both) {
    const single = ofKeys.find(({ code, keys }) => code === 'invalid_key' && keys?.[0] === key);
    if (single && !together.includes(key)) rest.push(single);
  }
  return rest;
}

function isOfKey({ code, path, keys }: Finding): boolean {
  return (
    (code === 'unrecognized_keys' && path.length === 0) ||
    (code === 'invalid_key' && path.length === 1 && keys !== undefined)
  );
}
