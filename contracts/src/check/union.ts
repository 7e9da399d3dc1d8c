import { keyed, type Fields } from './object.ts';
import { like, part, report, wrongType, type Finding, type Run, type Schema } from './schema.ts';

/** The first of several schemas that accepts the value. */
export function union(...options: readonly Schema[]): Schema {
  const [first] = options;
  if (first && options.length === 1) return first;
  return anyOf(options, (value, run) => {
    const tries: Try[] = [];
    for (const option of options) {
      const tried = attempt(option, value, run);
      if (tried.found.length === 0) return tried.result;
      tries.push(tried);
    }
    const [only, ...others] = tries.filter((tried) => tried.serious);
    if (only && others.length === 0) {
      run.found.push(...only.found);
      return only.result;
    }
    report(run, code, 'Fits no option');
    return value;
  });
}

/** The only one of several schemas that accepts the value. */
export function exclusive(...options: readonly Schema[]): Schema {
  const [first] = options;
  if (first && options.length === 1) return first;
  return anyOf(options, (value, run) => {
    const [fits, another] = options
      .map((option) => attempt(option, value, run))
      .filter(({ found }) => found.length === 0);
    if (fits && !another) return fits.result;
    report(run, code, fits ? 'Fits more than one option' : 'Fits no option');
    return value;
  });
}

/** A value that a tag may have. */
type Tag = string | number | boolean | null | undefined;

type Case = readonly [tags: readonly Tag[], schema: Schema];

/** The schema that the value's tag tells. While encoding, an unknown tag lets every schema try. */
export function discriminated(key: string, ...cases: readonly Case[]): Schema {
  return tagged(key, cases);
}

/** The schema that the value's tag tells; an unknown tag lets every schema try. */
export function preferring(key: string, ...cases: readonly Case[]): Schema {
  return tagged(key, cases, true);
}

function tagged(key: string, cases: readonly Case[], fallback?: boolean): Schema {
  const options = cases.map(([, schema]) => schema);
  const every = union(...options);
  const byTag = new Map<unknown, Schema | undefined>();
  for (const [tags, schema] of cases)
    for (const tag of tags) byTag.set(tag, byTag.has(tag) ? undefined : schema);
  const unknownTag: Schema = (_tag, run) => {
    report(run, code, `Expected ${[...byTag.keys()].filter((tag) => byTag.get(tag)).join(' | ')}`);
  };
  return anyOf(options, (value, run) => {
    if (!keyed(value)) {
      wrongType(run, 'object', value);
      return value;
    }
    const tag = (value as Fields)[key];
    const schema = byTag.get(tag);
    if (schema && !(run.back && tag === undefined)) return schema(value, run);
    if (run.back || fallback) return every(value, run);
    part(unknownTag, [key, tag], run);
    return value;
  });
}

const code = 'invalid_union';

interface Try {
  readonly result: unknown;
  readonly found: Finding[];
  /** Nothing that it found rules it out. */
  readonly serious: boolean;
}

function attempt(option: Schema, value: unknown, run: Run): Try {
  const mark = run.found.length;
  run.halt = false;
  const result = option(value, run);
  const found = run.found.splice(mark);
  const serious = !run.halt && found.every(({ soft }) => soft === true);
  run.halt = false;
  return { result, found, serious };
}

function anyOf(options: readonly Schema[], convert: Schema): Schema {
  const all = options.reduce((sum, { absent = 0 }) => sum | absent, 0);
  return like(all & 2 ? all & 6 : all, convert);
}
