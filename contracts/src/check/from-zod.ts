import * as z from 'zod';
import { INVALID, type Invalid, type Issue, type Validator } from '../validator.ts';
import { shortened } from './schema.ts';
import { mostIssues } from './validator.ts';

/** A Zod schema, the schemas of positional arguments, or the parameters of a room. */
export type ZodSource =
  z.ZodType | readonly z.ZodType[] | { readonly params: Readonly<Record<string, z.ZodType>> };

/**
 * A {@link Validator} that calls Zod, for a schema that generated code cannot fully express. `source` is called when
 * the validator is first used.
 */
export function fromZod<App>(source: () => ZodSource): Validator<App> {
  let schema: z.ZodType | undefined;
  const attempt = (decode: boolean, value: unknown, issues: Issue[] | undefined): unknown => {
    try {
      schema ??= schemaOf(source());
      const result = decode ? z.safeDecode(schema, value) : z.safeEncode(schema, value);
      if (result.success) return result.data;
      if (issues) issues.push(...result.error.issues.slice(0, mostIssues).map(bounded));
    } catch {
      issues?.push({ path: [], code: 'custom', message: 'Invalid input: cannot be converted' });
    }
    return INVALID;
  };
  return {
    decode: (wire, issues) => attempt(true, wire, issues) as App | Invalid,
    encode: (app, issues) => attempt(false, app, issues),
  };
}

function bounded({ path, code, message }: z.core.$ZodIssue): Issue {
  return {
    path: path.map((key) => (typeof key === 'number' ? key : shortened(key as string))),
    code,
    message: shortened(message),
  };
}

function schemaOf(source: ZodSource): z.ZodType {
  if ('params' in source) return z.object(source.params);
  return '_zod' in source ? source : z.tuple(source as unknown as [z.ZodType]);
}
