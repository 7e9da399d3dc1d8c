import { missing } from './object.ts';
import { like, type Absence, type Run, type Schema } from './schema.ts';

/** The value, or nothing. */
export function optional(inner: Schema): Schema {
  return maybe(inner, (value, run) => {
    if (value !== undefined) return inner(value, run);
    if (inner.absent !== 2) return value;
    const mark = run.found.length;
    const made = inner(value, run);
    return forgiven(run, mark) ? undefined : made;
  });
}

/** The key may be missing, but it cannot be `undefined`. */
export function exactOptional(inner: Schema): Schema {
  return maybe(inner, (value, run) => inner(value, run));
}

/** The value, or `null`. */
export function nullable(inner: Schema): Schema {
  return like(inner, (value, run) => (value === null ? value : inner(value, run)));
}

/** The value, or while decoding what `make` returns. */
export function withDefault(inner: Schema, make: () => unknown): Schema {
  return like({ absent: 2 }, (value, run) => {
    if (!run.back && value === undefined) return make();
    const result = inner(value, run);
    return run.back || result !== undefined ? result : make();
  });
}

/** The value, or while decoding what the schema makes of what `make` returns. */
export function prefault(inner: Schema, make: () => unknown): Schema {
  return like({ absent: 2 }, (value, run) => inner(value === undefined && !run.back ? make() : value, run));
}

/** The value, or while decoding what `make` returns where the schema refuses it. */
export function catching(inner: Schema, make: () => unknown): Schema {
  return like({ absent: inner.absent ?? 1, omit: inner.omit }, (value, run) => {
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
  return like(inner, (value, run) => {
    const result = inner(value, run);
    return run.back ? result : Object.freeze(result);
  });
}

/** A schema that is made when it is first needed, for those that contain themselves. */
export function lazy(make: () => Schema, absent?: Absence, omit?: boolean): Schema {
  let made: Schema | undefined;
  return like({ absent, omit }, (value, run) => (made ??= make())(value, run));
}

function maybe(inner: Schema, convert: Schema): Schema {
  return like({ absent: inner.absent ?? 1, omit: true }, convert);
}

/** Drops what was found since `mark`; tells whether there was any. */
function forgiven(run: Run, mark: number): boolean {
  if (run.found.length === mark) return false;
  run.found.length = mark;
  run.halt = false;
  return true;
}
