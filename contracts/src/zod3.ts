import * as z from 'zod';

/** As much of a Zod 3 schema as is needed; Zod 3 itself is never imported. */
export interface Zod3Schema<Output = unknown, Input = unknown> {
  readonly _output: Output;
  readonly _input: Input;
  readonly _def: unknown;
  safeParse(value: unknown): Zod3Result;
}

/** What a Zod 3 schema says of a value. */
export type Zod3Result =
  | { readonly success: true; readonly data: unknown }
  | {
      readonly success: false;
      readonly error: {
        readonly issues: readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
      };
    };

/** Where the definition of an adopted schema keeps the Zod 3 schema, for generators. */
export const zod3Key = 'sockeye.zod3';

/**
 * Adopts a schema that is still written in Zod 3 (`import { z } from 'zod/v3'`), as the contract of an existing
 * application may use them. At run time it is checked by its own `safeParse`, in both directions, so what changes a
 * value one way only (`transform`, `preprocess`, `coerce`, `z.date()`) is refused when code is generated.
 *
 * @throws TypeError for anything but a Zod 3 schema.
 * @example event({ args: [zod3(Message), zod3(Room)], ack: raw(zod3(Receipt)) })
 */
export function zod3<Output, Input>(schema: Zod3Schema<Output, Input>): z.ZodType<Output, Input> {
  if (!isZod3(schema)) {
    throw new TypeError('zod3() adopts schemas of Zod 3; a schema of Zod 4 is used as it is.');
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

/** Whether a value is a schema of Zod 3, and none of Zod 4. */
export function isZod3(value: unknown): value is Zod3Schema {
  if (typeof value !== 'object' || value === null || '_zod' in value) return false;
  const { _def: definition } = value as { _def?: { typeName?: unknown } };
  return typeof definition?.typeName === 'string' && 'safeParse' in value;
}
