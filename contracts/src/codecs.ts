import * as z from 'zod';

/** Names of the built-in codecs. Give custom codecs a name with {@link namedCodec}. */
export type BuiltInCodec = 'date' | 'bigint' | 'map' | 'set' | 'url' | 'bytes';

/** The value of `_zod.def.sockeye` of a named codec; generators read it. */
export interface CodecTag {
  /** `date`, or a custom name such as `money@1`. */
  readonly codec: string;
  /** A codec of this module, whose conversion a generator may emit itself. */
  readonly builtIn?: true;
  /** With `bytes`: the largest size in bytes. */
  readonly max?: number;
}

/**
 * Names a codec for generators, documentation and drift checks. Change the name when the conversion changes:
 * `money@1`, `money@2`.
 */
export function namedCodec<Schema extends z.ZodType>(codec: string, schema: Schema): Schema {
  return tagged({ codec }, schema);
}

/**
 * A date and time: ISO 8601 text in UTC such as `2026-11-21T08:00:00.000Z` on the wire, a `Date` in the application.
 */
export function date(): z.ZodCodec<z.ZodISODateTime, z.ZodDate> {
  return builtIn(
    'date',
    z.codec(z.iso.datetime(), z.date(), {
      decode: (text) => new Date(text),
      encode: (value) => value.toISOString(),
    }),
  );
}

/** A whole number of any size: decimal text of at most 1,000 characters on the wire, a `bigint` in the application. */
export function bigint(): z.ZodCodec<z.ZodString, z.ZodBigInt> {
  return builtIn(
    'bigint',
    z.codec(
      z
        .string()
        .max(1_000)
        .regex(/^-?\d+$/),
      z.bigint(),
      {
        decode: (text) => BigInt(text),
        encode: (value) => value.toString(),
      },
    ),
  );
}

/** A map: an array of `[key, value]` pairs on the wire, a `Map` in the application. */
export function map<Key extends z.ZodType, Value extends z.ZodType>(
  key: Key,
  value: Value,
): z.ZodCodec<z.ZodArray<z.ZodTuple<[Key, Value], null>>, z.ZodCustom<Map<z.output<Key>, z.output<Value>>>> {
  return builtIn(
    'map',
    z.codec(
      z.array(z.tuple([key, value])),
      z.instanceof(Map) as never,
      {
        decode: (pairs: unknown) => new Map(pairs as [unknown, unknown][]),
        encode: (entries: unknown) => [...(entries as Map<unknown, unknown>)],
      } as never,
    ),
  );
}

/** A set: an array on the wire, a `Set` in the application. */
export function set<Value extends z.ZodType>(
  value: Value,
): z.ZodCodec<z.ZodArray<Value>, z.ZodCustom<Set<z.output<Value>>>> {
  return builtIn(
    'set',
    z.codec(
      z.array(value),
      z.instanceof(Set) as never,
      {
        decode: (items: unknown) => new Set(items as unknown[]),
        encode: (values: unknown) => [...(values as Set<unknown>)],
      } as never,
    ),
  );
}

/** A URL: text on the wire, a `URL` (WHATWG) in the application. */
export function url(): z.ZodCodec<z.ZodURL, z.ZodCustom<URL>> {
  return builtIn(
    'url',
    z.codec(z.url(), z.instanceof(URL), {
      decode: (text) => new URL(text),
      encode: (value) => value.href,
    }),
  );
}

/** What Socket.IO delivers for a binary attachment: a `Buffer` in Node.js, an `ArrayBuffer` in a browser. */
export type WireBytes = Uint8Array | ArrayBuffer;

/**
 * Binary data: a Socket.IO binary attachment on the wire, a `Uint8Array` in the application.
 *
 * @param options.max Largest size in bytes. Default: only the server's `maxHttpBufferSize` limits it.
 */
export function bytes(
  options: { readonly max?: number } = {},
): z.ZodCodec<z.ZodCustom<WireBytes>, z.ZodCustom<Uint8Array>> {
  const max = options.max ?? Number.POSITIVE_INFINITY;
  const wire = z.custom<WireBytes>(
    (value) => (value instanceof Uint8Array || value instanceof ArrayBuffer) && value.byteLength <= max,
    {
      message:
        max === Number.POSITIVE_INFINITY
          ? 'Expected binary data'
          : `Expected binary data of at most ${max} bytes`,
    },
  );
  return builtIn(
    'bytes',
    z.codec(wire, z.instanceof(Uint8Array) as z.ZodCustom<Uint8Array>, {
      decode: (value) => (value instanceof Uint8Array ? value : new Uint8Array(value)),
      encode: (value): WireBytes => value as Uint8Array,
    }),
    options.max === undefined ? {} : { max: options.max },
  );
}

function builtIn<Schema extends z.ZodType>(
  codec: BuiltInCodec,
  schema: Schema,
  facts: Pick<CodecTag, 'max'> = {},
): Schema {
  return tagged({ codec, builtIn: true, ...facts }, schema);
}

function tagged<Schema extends z.ZodType>(tag: CodecTag, schema: Schema): Schema {
  (schema._zod.def as unknown as { sockeye?: CodecTag }).sockeye = tag;
  return schema;
}
