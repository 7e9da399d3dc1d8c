import type { Finding } from './site.ts';

/** Schemas nested deeper than this are refused: getters that make a fresh schema each time would never end. */
export const maxDepth = 100;

/** A way back to a schema that has no name. */
export const recursiveWithoutId: Finding = {
  id: 'recursive-without-id',
  message: 'A schema that contains itself needs a name, or it could not be written down.',
  hint: "Give it one: .meta({ id: 'Category' }), on the very constant that its getters refer to.",
};

/** Schemas that go on for ever, or nearly so. */
export const tooDeep: Finding = {
  id: 'schema-too-deep',
  message: `Schemas are nested more than ${maxDepth} deep; perhaps a getter makes a fresh schema each time it is read.`,
  hint: "Keep the schema in a constant, name it with .meta({ id: 'Name' }), and let the getter return that constant.",
};

/** An `id` that generated code could not use. */
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

/** `z.coerce.*`, whose wire form is anything at all. */
export function coercion(type: string): Finding {
  const codec = type === 'date' || type === 'bigint' ? `${type}() from '@sockeye/contract'` : `z.${type}()`;
  return {
    id: 'coercion',
    message: `z.coerce.${type}() takes anything, so nobody could tell what to send.`,
    hint: `Use ${codec}; for text that stands for another value, z.stringbool() or a codec.`,
  };
}

/** A kind of schema that is newer than this version, or homemade. */
export function unknownKind(type: unknown): Finding {
  return {
    id: 'unknown-kind',
    message: `This version of Sockeye does not know the schema kind "${String(type)}".`,
    hint: 'Use another schema, or wrap it in a codec.',
  };
}

/** A schema that throws when it is looked at. */
export function brokenSchema(error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    id: 'broken-schema',
    message: `The schema cannot be read: ${reason}`,
    hint: 'A schema that is defined further down, or in a module that imports this one, is reached by a getter or z.lazy().',
  };
}

/** Something else where a schema should be. */
export function notASchema(value: unknown): Finding {
  const isZod3 = typeof value === 'object' && value !== null && '_def' in value;
  return {
    id: 'not-a-schema',
    message: isZod3 ? 'This is a schema of Zod 3.' : 'This is no Zod schema.',
    hint: "Make it with Zod 4.5 or later: import * as z from 'zod'.",
  };
}
