import type * as z from 'zod';
import type { RawAck } from './event.ts';

/** The part of a schema that is read; the same for `zod`, `zod/mini` and any copy of them. */
interface Inspectable {
  readonly _zod: {
    readonly def: {
      readonly type: string;
      readonly shape?: Readonly<Record<string, unknown>>;
      readonly innerType?: unknown;
      readonly values?: readonly unknown[];
      readonly entries?: Readonly<Record<string, unknown>>;
      readonly coerce?: boolean;
    };
    readonly optin?: string;
  };
}

/** Whether a value is a Zod 4 schema, of any flavour. */
export function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

/** Whether a schema describes an object with named fields. */
export function isObjectSchema(schema: unknown): schema is z.ZodObject {
  return isSchema(schema) && inspect(schema).def.type === 'object';
}

/** Whether a value can be read key by key. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an event's `ack` was made by `raw`. */
export function isRawAck(ack: unknown): ack is RawAck {
  return isPlainObject(ack) && ack.kind === 'raw';
}

/** Whether a value is a whole number above 0. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

/** Fields of an object schema, or `undefined` if it is not an object schema. */
export function fieldsOf(schema: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObjectSchema(schema) ? inspect(schema).def.shape : undefined;
}

/** Whether a field is optional on the wire. */
export function mayBeAbsent(schema: unknown): boolean {
  return isSchema(schema) && inspect(schema).optin === 'optional';
}

/** Whether a schema describes a string or a number that is the same on the wire and in the application. */
export function isRoomValue(schema: unknown): boolean {
  if (!isSchema(schema)) return false;
  const { def } = inspect(schema);
  if (def.coerce) return false;
  if (def.type === 'readonly') return isRoomValue(def.innerType);
  if (def.type === 'literal') return (def.values ?? []).every(isName);
  if (def.type === 'enum') return Object.values(def.entries ?? {}).every(isName);
  return (
    def.type === 'string' || def.type === 'number' || def.type === 'int' || def.type === 'template_literal'
  );
}

/** A hint for a value that should be a Zod 4 schema. */
export function schemaHint(value: unknown): string {
  if (typeof value === 'object' && value !== null && '_def' in value) {
    return 'This is a Zod 3 schema: use zod3(Schema), or import from "zod" 4.5 or later.';
  }
  return "Use a schema such as z.object({ ... }), with: import * as z from 'zod'.";
}

function isName(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}

function inspect(schema: z.ZodType): Inspectable['_zod'] {
  return (schema as unknown as Inspectable)._zod;
}
