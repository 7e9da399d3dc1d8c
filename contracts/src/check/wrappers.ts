import { missing } from './object.ts';
import { like, maxDepth, tooDeep, type Absence, type Run, type Schema } from './schema.ts';

/** The value, or nothing. */
export function optional(inner: Schema): Schema {
  return like(5, (value, run) => (value === undefined ? value : inner(value, run)));
}

/** What a schema that can make up a value says to nothing, or nothing. */
export function optionalFilled(inner: Schema): Schema {
  return like(6, (value, run) => {
    const { length } = run.found;
    const made = inner(value, run);
    return value === undefined && forgiven(run, length) ? undefined : made;
  });
}

/** The key may be missing, but it cannot be `undefined`. */
export function exactOptional(inner: Schema): Schema {
  return like(kept(inner) | 4, (value, run) => inner(value, run));
}

/** The value, or `null`. */
export function nullable(inner: Schema): Schema {
  return like(inner.absent, (value, run) => (value === null ? value : inner(value, run)));
}

/** The value, or while decoding what `make` returns. */
export function withDefault(inner: Schema, make: () => unknown): Schema {
  return like(2, (value, run) => {
    if (!run.back && value === undefined) return make();
    const result = inner(value, run);
    return run.back || result !== undefined ? result : make();
  });
}

/** The value, or while decoding what the schema makes of what `make` returns. */
export function prefault(inner: Schema, make: () => unknown): Schema {
  return like(2, (value, run) => inner(value === undefined && !run.back ? make() : value, run));
}

/** The value, or while decoding what `make` returns where the schema refuses it. */
export function catching(inner: Schema, make: () => unknown): Schema {
  return like(kept(inner), (value, run) => {
    if (run.back) return inner(value, run);
    const mark = run.found.length;
    const result = inner(value, run);
    return forgiven(run, mark) ? make() : result;
  });
}

/** The value, but not `undefined`. */
export function nonOptional(inner: Schema): Schema {
  return (value, run) => {
    const mark = run.found.length;
    const result = inner(value, run);
    if (result === undefined && run.found.length === mark) missing(result, run);
    return result;
  };
}

/** The value; decoded, it is frozen. */
export function readonly(inner: Schema): Schema {
  return like(inner.absent, (value, run) => {
    const result = inner(value, run);
    return run.back ? result : Object.freeze(result);
  });
}

/** A schema that is made when it is first needed, for those that contain themselves. */
export function lazy(make: () => Schema, absent?: Absence): Schema {
  let made: Schema | undefined;
  return like(absent, (value, run) => {
    if (run.path.length < maxDepth) return (made ??= make())(value, run);
    tooDeep(run);
    return value;
  });
}

/** A key that may not be missing otherwise stays missing. */
function kept({ absent = 0 }: Schema): number {
  return absent & 3 ? absent : absent | 1;
}

/** Drops what was found since `mark`; tells whether there was any. */
function forgiven(run: Run, mark: number): boolean {
  if (run.found.length === mark) return false;
  run.found.length = mark;
  run.halt = false;
  return true;
}
