import { INVALID, type Invalid, type Issue, type Validator } from '@sockeye/contract/wire';
import * as z from 'zod';
import { isNeutral } from './zod-neutral.ts';

type Schema = z.core.$ZodType;

/** Maximum number of reported issues: a refusal must not cost more than the call. */
const bounds = { issues: 32, text: 300, key: 100 };

/**
 * Creates a {@link Validator} from a Zod schema, or from a tuple of schemas for an event with positional arguments.
 *
 * It returns what `z.decode` and `z.encode` return, or INVALID if they fail or throw, as a codec's function may. On
 * first use, the schema is compiled with `z.compile` if the platform allows `new Function`.
 */
export function zod(schema: Schema | readonly Schema[]): Validator {
  const plain: Schema = isTuple(schema) ? z.tuple(schema as unknown as [z.ZodType, ...z.ZodType[]]) : schema;
  let forward: Schema | undefined;
  let encodesForward: boolean | undefined;
  return {
    decode(wire, issues) {
      try {
        return outcome(z.safeParse((forward ??= z.compile(plain)), wire), issues);
      } catch {
        return unconvertible(issues);
      }
    },
    encode(app, issues) {
      try {
        if ((encodesForward ??= isNeutral(plain))) {
          const result = z.safeParse((forward ??= z.compile(plain)), app);
          if (result.success) return result.data;
          if (issues === undefined) return INVALID;
        }
        return outcome(z.safeEncode(plain, app), issues);
      } catch {
        return unconvertible(issues);
      }
    },
  };
}

/** Creates a {@link Validator} for a room's parameters. */
zod.params = (room: { readonly params: Readonly<Record<string, Schema>> }): Validator =>
  zod(z.object(room.params as Record<string, z.ZodType>));

function isTuple(schema: Schema | readonly Schema[]): schema is readonly Schema[] {
  return Array.isArray(schema);
}

function outcome(result: z.ZodSafeParseResult<unknown>, issues: Issue[] | undefined): unknown {
  if (result.success) return result.data;
  if (issues !== undefined)
    for (const issue of result.error.issues.slice(0, bounds.issues)) issues.push(toIssue(issue));
  return INVALID;
}

function unconvertible(issues: Issue[] | undefined): Invalid {
  issues?.push({ path: [], code: 'custom', message: 'The value cannot be converted.' });
  return INVALID;
}

function toIssue(issue: z.core.$ZodIssue): Issue {
  return {
    path: issue.path.map((key) => (typeof key === 'number' ? key : String(key).slice(0, bounds.key))),
    code: issue.code,
    message: issue.message.slice(0, bounds.text),
  };
}
