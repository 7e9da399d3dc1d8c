import { missing } from './object.ts';
import { like, maxDepth, tooDeep, type Absence, type Schema } from './schema.ts';
import { back, forgiven, found, path } from './walk.ts';

/** The value, or nothing. */
export function optional(inner: Schema): Schema {
  return like(5, (value) => (value === undefined ? value : inner(value, true)));
}

/** What a schema that can make up a value says to nothing, or nothing. */
export function optionalFilled(inner: Schema): Schema {
  return like(6, (value) => {
    const { length } = found;
    const made = inner(value, true);
    return value === undefined && forgiven(length) ? undefined : made;
  });
}

/** The key may be missing, but it cannot be `undefined`. */
export function exactOptional(inner: Schema): Schema {
  return like(kept(inner) | 4, (value) => inner(value, true));
}

/** The value, or `null`. */
export function nullable(inner: Schema): Schema {
  return like(inner.absent, (value) => (value === null ? value : inner(value, true)));
}

/** The value, or while decoding what `make` returns. */
export function withDefault(inner: Schema, make: () => unknown): Schema {
  return like(2, (value) => {
    if (!back && value === undefined) return make();
    const result = inner(value, true);
    return back || result !== undefined ? result : make();
  });
}

/** The value, or while decoding what the schema makes of what `make` returns. */
export function prefault(inner: Schema, make: () => unknown): Schema {
  return like(2, (value) => inner(value === undefined && !back ? make() : value, true));
}

/** The value, or while decoding what `make` returns where the schema refuses it. */
export function catching(inner: Schema, make: () => unknown): Schema {
  return like(kept(inner), (value) => {
    if (back) return inner(value, true);
    const mark = found.length;
    const result = inner(value, true);
    return forgiven(mark) ? make() : result;
  });
}

/** The value, but not `undefined`. */
export function nonOptional(inner: Schema): Schema {
  return (value) => {
    const mark = found.length;
    const result = inner(value, true);
    if (result === undefined && found.length === mark) missing(result);
    return result;
  };
}

/** The value; decoded, it is frozen. */
export function readonly(inner: Schema): Schema {
  return like(inner.absent, (value) => {
    const result = inner(value, true);
    return back ? result : Object.freeze(result);
  });
}

/** A schema that is made when it is first needed, for those that contain themselves. */
export function lazy(make: () => Schema, absent?: Absence): Schema {
  let made: Schema | undefined;
  return like(absent, (value) => {
    if (path.length < maxDepth) return (made ??= make())(value, true);
    tooDeep();
    return value;
  });
}

/** A key that may not be missing otherwise stays missing. */
function kept({ absent = 0 }: Schema): number {
  return absent & 3 ? absent : absent | 1;
}
