import { noOptional, type Absence, type Run, type Schema } from './schema.ts';

/** The value, or nothing. */
export function optional(inner: Schema): Schema {
  return {
    absent: inner.absent === 2 ? 2 : 1,
    omit: true,
    run(value, run) {
      if (value !== undefined) return inner.run(value, run);
      if (inner.absent !== 2) return value;
      const mark = run.found.length;
      const made = inner.run(value, run);
      return forgiven(run, mark) ? undefined : made;
    },
  };
}

/** The key may be missing, but it cannot be `undefined`. */
export function exactOptional(inner: Schema): Schema {
  return { absent: inner.absent === 2 ? 2 : 1, omit: true, run: inner.run };
}

/** The value, or `null`. */
export function nullable(inner: Schema): Schema {
  return { ...inner, run: (value, run) => (value === null ? value : inner.run(value, run)) };
}

/** The value, or while decoding what `make` returns. */
export function withDefault(inner: Schema, make: () => unknown): Schema {
  return {
    absent: 2,
    run(value, run) {
      if (run.back) return inner.run(value, run);
      if (value === undefined) return make();
      const result = inner.run(value, run);
      return result === undefined ? make() : result;
    },
  };
}

/** The value, or while decoding what the schema makes of what `make` returns. */
export function prefault(inner: Schema, make: () => unknown): Schema {
  return {
    absent: 2,
    run: (value, run) => inner.run(value === undefined && !run.back ? make() : value, run),
  };
}

/** The value, or while decoding what `make` returns where the schema refuses it. */
export function catching(inner: Schema, make: () => unknown): Schema {
  return {
    absent: inner.absent === 2 ? 2 : 1,
    omit: inner.omit,
    run(value, run) {
      if (run.back) return inner.run(value, run);
      const mark = run.found.length;
      const result = inner.run(value, run);
      return forgiven(run, mark) ? make() : result;
    },
  };
}

/** The value, but not `undefined`. */
export function nonOptional(inner: Schema): Schema {
  return {
    run(value, run) {
      const mark = run.found.length;
      const result = inner.run(value, run);
      if (result === undefined && run.found.length === mark) {
        noOptional(run);
      }
      return result;
    },
  };
}

/** The value; decoded, it is frozen. */
export function readonly(inner: Schema): Schema {
  return {
    ...inner,
    run(value, run) {
      const result = inner.run(value, run);
      return run.back ? result : Object.freeze(result);
    },
  };
}

/** A schema that is made when it is first needed, for those that contain themselves. */
export function lazy(make: () => Schema, absent?: Absence, omit?: true): Schema {
  let made: Schema | undefined;
  return { absent, omit, run: (value, run) => (made ??= make()).run(value, run) };
}

/** Drops what was found since `mark`; tells whether there was any. */
function forgiven(run: Run, mark: number): boolean {
  if (run.found.length === mark) return false;
  run.found.length = mark;
  run.halt = false;
  return true;
}
