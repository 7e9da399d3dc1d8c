import type * as z from 'zod';

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes['_zod']['def'];

/**
 * Whether a schema does the same in both directions, so that decoding with it is encoding with it. Undecided kinds
 * count as not: codecs and pipes convert, defaults and catches only help when decoding, and a refinement of an object
 * sees unknown keys in one direction only.
 */
export function isNeutral(schema: Schema, seen: Set<Schema> = new Set()): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const neutral = isNeutralHere(schema._zod.def as Definition, (inner) => isNeutral(inner, seen));
  seen.delete(schema);
  return neutral;
}

function isNeutralHere(def: Definition, recurse: (inner: Schema) => boolean): boolean {
  switch (def.type) {
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'literal':
    case 'enum':
      return plainChecks(def) && !coerces(def);
    case 'string':
    case 'number':
      return !coerces(def) && (def.checks ?? []).every((check) => check._zod.def.check !== 'custom');
    case 'array':
      return plainChecks(def) && recurse(def.element);
    case 'object':
      return (
        plainChecks(def) &&
        Object.values(def.shape).every(recurse) &&
        (!def.catchall || recurse(def.catchall))
      );
    case 'nullable':
    case 'optional':
      return plainChecks(def) && recurse(def.innerType);
    case 'never':
      return true;
    case 'union':
      return plainChecks(def) && def.options.every(recurse);
    default:
      return false;
  }
}

/** No checks but those on length, which see the same value in both directions. */
function plainChecks(def: Definition): boolean {
  return (def.checks ?? []).every((check) => /^(min|max)_length$|^length_equals$/.test(check._zod.def.check));
}

function coerces(def: Definition): boolean {
  return (def as { readonly coerce?: boolean }).coerce === true;
}
