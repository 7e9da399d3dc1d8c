import type { Finding } from './site.ts';

/** Maximum nesting of schemas: getters that create a new schema each time would recurse forever. */
export const maxDepth = 100;

/** A recursive schema without a name. */
export const recursiveWithoutId: Finding = {
  id: 'recursive-without-id',
  message: 'A recursive schema needs a name.',
  hint: "Add .meta({ id: 'Category' }) to the constant that its getters refer to.",
};

/** Schemas nested without end, or nearly so. */
export const tooDeep: Finding = {
  id: 'schema-too-deep',
  message: `Schemas are nested more than ${maxDepth} levels deep; a getter may create a new schema each time it is read.`,
  hint: "Keep the schema in a constant, name it with .meta({ id: 'Name' }), and return that constant from the getter.",
};

/** An `id` that generated code cannot use. */
export function invalidTypeId(id: string): Finding {
  return {
    id: 'invalid-type-id',
    message: `The id ${JSON.stringify(id)} cannot be the name of a TypeScript type.`,
    hint: "Use letters, digits and underscores: .meta({ id: 'TaskStatus' }).",
  };
}

/** One `id` for two meanings. */
export function duplicateTypeId(id: string): Finding {
  return {
    id: 'duplicate-type-id',
    message: `Two different schemas have the id "${id}".`,
    hint: 'Give one of them another id, or use the same schema in both places.',
  };
}

/** `z.coerce.*`, which accepts any wire form. */
export function coercion(type: string): Finding {
  const codec = type === 'date' || type === 'bigint' ? `${type}() from '@sockeye/contract'` : `z.${type}()`;
  return {
    id: 'coercion',
    message: `z.coerce.${type}() accepts any value, so its wire form is undefined.`,
    hint: `Use ${codec}; to convert a string, use z.stringbool() or a codec.`,
  };
}

/** A schema kind that is custom or newer than this version. */
export function unknownKind(type: unknown): Finding {
  return {
    id: 'unknown-kind',
    message: `This version of Sockeye does not support the schema kind "${String(type)}".`,
    hint: 'Use another schema, or wrap it in a codec.',
  };
}

/** A schema that throws when it is read. */
export function brokenSchema(error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    id: 'broken-schema',
    message: `The schema cannot be read: ${reason}`,
    hint: 'To use a schema that is defined later, or in a module that imports this one, write a getter or z.lazy().',
  };
}

/** Something else where a schema should be. */
export function notASchema(value: unknown): Finding {
  const isZod3 = typeof value === 'object' && value !== null && '_def' in value;
  return {
    id: 'not-a-schema',
    message: isZod3 ? 'This is a Zod 3 schema.' : 'This is not a Zod schema.',
    hint: "Write it with Zod 4.5 or later (import * as z from 'zod'), or wrap a Zod 3 schema with zod3() from '@sockeye/contract'.",
  };
}
