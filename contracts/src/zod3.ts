import * as z from 'zod';

/** The part of a Zod 3 schema that is needed; Zod 3 itself is never imported. */
export interface Zod3Schema<Output = unknown, Input = unknown> {
  readonly _output: Output;
  readonly _input: Input;
  readonly _def: unknown;
  safeParse(value: unknown): Zod3Result;
}

/** What a Zod 3 schema's `safeParse` returns. */
export type Zod3Result =
  | { readonly success: true; readonly data: unknown }
  | {
      readonly success: false;
      readonly error: {
        readonly issues: readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
      };
    };

/** Key of the Zod 3 schema in the definition of an adopted schema, for generators. */
export const zod3Key = 'sockeye.zod3';

/**
 * Adopts a schema of Zod 3 (`import { z } from 'zod/v3'`) in a contract for an existing application. Servers validate
 * with the schema's own `safeParse`, in both directions. The generator therefore rejects what changes a value in one
 * direction only: `transform`, `preprocess`, `coerce` and `z.date()`.
 *
 * @throws TypeError for anything but a Zod 3 schema.
 * @example event({ args: [zod3(Message), zod3(Room)], ack: raw(zod3(Receipt)) })
 */
export function zod3<Output, Input>(schema: Zod3Schema<Output, Input>): z.ZodType<Output, Input> {
  if (!isZod3(schema)) {
    throw new TypeError('zod3() needs a Zod 3 schema. Use a Zod 4 schema directly, without zod3().');
  }
  const run = (value: unknown, context: z.core.ParsePayload): unknown => {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      context.issues.push({ code: 'custom', input: value, path: [...path], message });
    }
    return z.NEVER;
  };
  const adopted = z.codec(z.any(), z.any(), { decode: run, encode: run });
  Object.assign(adopted._zod.def, { [zod3Key]: schema });
  return adopted;
}

/** Whether a value is a schema of Zod 3, not of Zod 4. */
export function isZod3(value: unknown): value is Zod3Schema {
  if (typeof value !== 'object' || value === null || '_zod' in value) return false;
  const { _def: definition } = value as { _def?: { typeName?: unknown } };
  return typeof definition?.typeName === 'string' && 'safeParse' in value;
}
