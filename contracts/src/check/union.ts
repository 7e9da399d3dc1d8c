import { keyed } from './object.ts';
import { report, wrongType, type Finding, type Run, type Schema } from './schema.ts';

/** The first of several schemas that accepts the value. */
export function union(...options: readonly Schema[]): Schema {
  const [first] = options;
  if (first && options.length === 1) return first;
  return {
    ...facts(options),
    run(value, run) {
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
      report(run, 'invalid_union', 'Invalid input');
      return value;
    },
  };
}

/** The only one of several schemas that accepts the value. */
export function exclusive(...options: readonly Schema[]): Schema {
  const [first] = options;
  if (first && options.length === 1) return first;
  return {
    ...facts(options),
    run(value, run) {
      const fits = options
        .map((option) => attempt(option, value, run))
        .filter(({ found }) => found.length === 0);
      const [only] = fits;
      if (only && fits.length === 1) return only.result;
      report(
        run,
        'invalid_union',
        fits.length === 0 ? 'Invalid input' : 'Invalid input: more than one option matched',
      );
      return value;
    },
  };
}

/** A value that a tag may have. */
type Tag = string | number | boolean | null | undefined;

/** The schema that the value's tag tells. While encoding, an unknown tag lets every schema try. */
export function discriminated(
  key: string,
  ...cases: readonly (readonly [tags: readonly Tag[], schema: Schema])[]
): Schema {
  const every = union(...cases.map(([, schema]) => schema));
  const byTag = new Map<unknown, Schema | undefined>();
  for (const [tags, schema] of cases)
    for (const tag of tags) byTag.set(tag, byTag.has(tag) ? undefined : schema);
  return {
    ...facts(cases.map(([, schema]) => schema)),
    run(value, run) {
      if (!keyed(value)) {
        wrongType(run, 'object', value);
        return value;
      }
      const tag = (value as Readonly<Record<string, unknown>>)[key];
      const schema = byTag.get(tag);
      if (schema && !(run.back && tag === undefined)) return schema.run(value, run);
      if (run.back) return every.run(value, run);
      const known = [...byTag].filter(([, each]) => each).map(([each]) => `'${String(each)}'`);
      const message =
        known.length > 0 ? `Invalid discriminator value. Expected ${known.join(' | ')}` : 'Invalid input';
      run.found.push({ path: [key], code: 'invalid_union', message });
      return value;
    },
  };
}

interface Try {
  readonly result: unknown;
  readonly found: Finding[];
  /** Nothing that it found rules it out. */
  readonly serious: boolean;
}

function attempt(option: Schema, value: unknown, run: Run): Try {
  const mark = run.found.length;
  run.halt = false;
  const result = option.run(value, run);
  const found = run.found.splice(mark);
  const serious = !run.halt && found.every(({ soft }) => soft === true);
  run.halt = false;
  return { result, found, serious };
}

function facts(options: readonly Schema[]): Pick<Schema, 'absent' | 'omit'> {
  const absent = options.map((option) => option.absent);
  return {
    absent: absent.includes(2) ? 2 : absent.includes(1) ? 1 : undefined,
    omit: options.some((option) => option.omit),
  };
}
