import type { Validator } from '@sockeye/contract/wire';
import type * as z from 'zod';

type Schema = z.core.$ZodType;

/** Makes a {@link Validator} of a schema, or of a tuple of schemas. */
export function zod(schema: Schema | readonly Schema[]): Validator {
  throw new Error(`not built yet: ${String(schema)}`);
}

/** Makes a {@link Validator} of a room's parameters. */
zod.params = (room: { readonly params: Readonly<Record<string, Schema>> }): Validator => {
  throw new Error(`not built yet: ${String(room)}`);
};
