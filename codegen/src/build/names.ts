import { metaOf, type Meta } from './docs.ts';
import type { ZodCheck, ZodSchema } from './zod.ts';

/** A named type: its name, and the schema that carries it. */
export interface Name {
  readonly id: string;
  readonly definition: ZodSchema;
}

/**
 * The name of a schema, from `.meta({ id })`. A clone that only adds documentation (`UserId.describe('Who did it.')`)
 * is still that type; one that adds checks is another type, without a name.
 */
export function nameOf(schema: ZodSchema, meta: Meta | undefined = metaOf(schema)): Name | undefined {
  if (meta === undefined) return undefined;
  const { id } = meta;
  const { parent } = schema._zod;
  if (parent === undefined) return isId(id) ? { id, definition: schema } : undefined;
  const inherited = nameOf(parent);
  if (inherited === undefined || (isId(id) && id !== inherited.id)) {
    return isId(id) ? { id, definition: schema } : undefined;
  }
  return sameMeaning(schema, parent) ? inherited : undefined;
}

/** Whether a string can name a type in generated code. */
export function isTypeName(id: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(id) && !reserved.has(id);
}

/** Words that TypeScript does not accept as a type's name. */
const reserved = new Set(
  `any as async await bigint boolean break case catch class const constructor continue debugger declare default delete
  do else enum export extends false finally for from function get if implements import in infer instanceof interface
  intrinsic is keyof let module namespace never new null number object of package private protected public readonly
  require return set static string super switch symbol this throw true try type typeof undefined unique unknown var
  void while with yield`.split(/\s+/),
);

function isId(id: unknown): id is string {
  return typeof id === 'string' && id !== '';
}

/** Whether a clone differs from its parent only in documentation. */
function sameMeaning(schema: ZodSchema, parent: ZodSchema): boolean {
  const { def } = schema._zod;
  const { def: from } = parent._zod;
  if (def === from) return true;
  if (def.type !== from.type) return false;
  const checks = meaningful(def.checks);
  const before = meaningful(from.checks);
  return checks.length === before.length && checks.every((check, index) => check === before[index]);
}

/** Checks that do something: `z.describe()` and `z.meta()` of `zod/mini` do not. */
function meaningful(checks: readonly ZodCheck[] = []): readonly ZodCheck[] {
  return checks.filter(({ _zod: { def } }) => def.check !== 'describe' && def.check !== 'meta');
}
