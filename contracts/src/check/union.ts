import { keyed, type Fields } from './object.ts';
import { like, wrongType, type Schema } from './schema.ts';
import { back, failedSince, found, part, report, taken, type Finding } from './walk.ts';

/** The first of several schemas that accepts the value. */
export function union(...options: readonly Schema[]): Schema {
  const [first] = options;
  if (first && options.length === 1) return first;
  return anyOf(options, (value) => {
    const tries: Try[] = [];
    for (const option of options) {
      const tried = attempt(option, value);
      if (tried.found.length === 0) return tried.result;
      tries.push(tried);
    }
    const [only, ...others] = tries.filter((tried) => tried.serious);
    if (only && others.length === 0) {
      found.push(...only.found);
      return only.result;
    }
    report(code, 'a value that fits one option');
    return value;
  });
}

/** The only one of several schemas that accepts the value. */
export function exclusive(...options: readonly Schema[]): Schema {
  const [first] = options;
  if (first && options.length === 1) return first;
  return anyOf(options, (value) => {
    const [fits, another] = options
      .map((option) => attempt(option, value))
      .filter(({ found }) => found.length === 0);
    if (fits && !another) return fits.result;
    report(code, `a value that fits one option${fits ? ' only' : ''}`);
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
  const unknownTag: Schema = () => {
    report(code, [...byTag.keys()].filter((tag) => byTag.get(tag)).join(' | '));
  };
  return anyOf(options, (value) => {
    if (!keyed(value)) {
      wrongType('object', value);
      return value;
    }
    const tag = (value as Fields)[key];
    const schema = byTag.get(tag);
    if (schema && !(back && tag === undefined)) return schema(value, true);
    if (back || fallback) return every(value, true);
    part(unknownTag, key, tag);
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

function attempt(option: Schema, value: unknown): Try {
  const mark = found.length;
  const result = option(value, true);
  const serious = failedSince(mark) === 0;
  return { result, found: taken(mark), serious };
}

function anyOf(options: readonly Schema[], convert: Schema): Schema {
  const all = options.reduce((sum, { absent = 0 }) => sum | absent, 0);
  return like(all & 2 ? all & 6 : all, convert);
}
