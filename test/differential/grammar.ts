import fc from 'fast-check';

/** A schema, as plain data that fast-check can make, shrink and print. `toZod` makes the schema of it. */
export type Spec =
  | { readonly k: 'string'; readonly checks: readonly TextCheck[] }
  | { readonly k: 'format'; readonly format: FormatName; readonly checks: readonly TextCheck[] }
  | { readonly k: 'number'; readonly type: NumberType; readonly checks: readonly NumberRule[] }
  | { readonly k: Leaf }
  | { readonly k: 'literal' | 'enum'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly k: 'template'; readonly variant: number }
  | {
      readonly k: 'object';
      readonly shape: readonly (readonly [string, Spec])[];
      readonly others: 'strip' | 'strict' | 'loose' | Spec;
    }
  | { readonly k: 'array'; readonly item: Spec; readonly sizes: readonly Size[] }
  | { readonly k: 'tuple'; readonly items: readonly Spec[]; readonly rest: Spec | null }
  | {
      readonly k: 'record';
      readonly key: RecordKey;
      readonly value: Spec;
      readonly mode: 'record' | 'partial' | 'loose';
    }
  | { readonly k: 'union' | 'xor'; readonly members: readonly Spec[] }
  | {
      readonly k: 'tagged';
      readonly members: readonly Tagged[];
      readonly optionalTag: boolean;
      /** With `unionFallback`. */
      readonly fallback: boolean;
    }
  | { readonly k: 'intersection'; readonly left: Spec; readonly right: Spec }
  | { readonly k: Wrapper; readonly inner: Spec }
  | { readonly k: 'default' | 'prefault' | 'catch'; readonly inner: Spec; readonly value: Plain }
  | { readonly k: 'map'; readonly key: Spec; readonly value: Spec }
  | { readonly k: 'pipe'; readonly from: Spec; readonly to: Spec }
  | { readonly k: 'tree'; readonly item: Spec; readonly variant: number };

export type Leaf =
  | 'boolean'
  | 'null'
  | 'undefined'
  | 'any'
  | 'unknown'
  | 'never'
  | 'date'
  | 'bigint'
  | 'url'
  | 'bytes'
  | 'smallBytes'
  | 'stringbool'
  | 'strictBool';
export type Wrapper =
  'nullable' | 'optional' | 'exactOptional' | 'nullish' | 'nonoptional' | 'readonly' | 'set' | 'named';
export type NumberType = 'number' | 'int' | 'int32' | 'uint32' | 'float32' | 'float64';
export type RecordKey =
  'string' | 'short' | 'pattern' | 'uuid' | 'enum' | 'number' | 'digits' | 'trimmed' | 'named';
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export interface Tagged {
  readonly tags: readonly (string | number | boolean | null)[];
  readonly shape: readonly (readonly [string, Spec])[];
  readonly strict: boolean;
  readonly named: boolean;
}

export type Size = readonly ['min' | 'max' | 'length', number];
export type NumberRule = readonly ['min' | 'max' | 'gt' | 'lt' | 'multipleOf', number];
export type TextCheck =
  | readonly ['min' | 'max' | 'length', number]
  | readonly ['regex', number]
  | readonly ['startsWith' | 'endsWith' | 'includes' | 'includesLate', string]
  | readonly ['trim' | 'toLowerCase' | 'toUpperCase' | 'nfc' | 'lowercase' | 'uppercase'];

/** Every string format of Zod's that the differential test covers. */
export const formats = [
  'email', 'uuid', 'uuidv4', 'guid', 'url', 'httpUrl', 'hostUrl', 'normalizedUrl', 'emoji', 'nanoid', 'cuid', 'cuid2', 'ulid',
  'xid', 'ksuid', 'datetime', 'datetimeOffset', 'datetimeLocal', 'datetimePrecise', 'date', 'time', 'duration', 'ipv4', 'ipv6',
  'mac', 'cidrv4', 'cidrv6', 'base64', 'base64url', 'e164', 'jwt', 'jwtRs', 'hostname', 'hex', 'sha256', 'creditCard', 'iban',
  'currencyCode',
] as const; // prettier-ignore
export type FormatName = (typeof formats)[number];

/** Keys that objects have, those among them that are known to break naive code. */
export const keys = [
  'a',
  'b',
  'id',
  'kind',
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  '1',
  '0',
  'with-dash',
  'value',
  'string',
  'ü',
  '',
  'input',
  'out',
  'if',
] as const;

const small = fc.integer({ min: 0, max: 6 });
const text = fc.constantFrom('a', 'ab', ' ', '', 'x😀', "'", '"\\', '\u2028', '__proto__');

const textCheck: fc.Arbitrary<TextCheck> = fc.oneof(
  fc.tuple(fc.constantFrom('min', 'max', 'length'), small),
  fc.tuple(fc.constant('regex'), fc.integer({ min: 0, max: 7 })),
  fc.tuple(fc.constantFrom('startsWith', 'endsWith', 'includes', 'includesLate'), text),
  fc.tuple(fc.constantFrom('trim', 'toLowerCase', 'toUpperCase', 'nfc', 'lowercase', 'uppercase')),
);

const textChecks = fc.array(textCheck, { maxLength: 3 });
const number = fc.constantFrom(0, 1, -1, 2, 0.5, 10, -0, 0.1, 1e21, 2 ** 31, 9007199254740991);
const numberRule = fc.oneof(
  fc.tuple(fc.constantFrom('min', 'max', 'gt', 'lt'), number),
  fc.tuple(fc.constant('multipleOf'), fc.constantFrom(1, 2, 0.1, 0.07, 3, 0.5)),
) as fc.Arbitrary<NumberRule>;
const scalar = fc.oneof(
  fc.constantFrom('a', 'b', 'kind', "it's", 'x\n', '__proto__', '1'),
  fc.constantFrom(0, 1, -1, 1.5),
  fc.boolean(),
  fc.constant(null),
);
const plain: fc.Arbitrary<Plain> = fc.oneof(
  scalar,
  fc.constantFrom<Plain>([], ['a'], {}, { a: 1 }, { a: { b: [1] } }, '2026-01-01T00:00:00Z'),
);

const leaf: fc.Arbitrary<Spec> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ k: fc.constant('string' as const), checks: textChecks }) },
  {
    weight: 3,
    arbitrary: fc.record({
      k: fc.constant('format' as const),
      format: fc.constantFrom(...formats),
      checks: fc.oneof(fc.constant([]), textChecks),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      k: fc.constant('number' as const),
      type: fc.constantFrom<NumberType>('number', 'number', 'int', 'int32', 'uint32', 'float32', 'float64'),
      checks: fc.array(numberRule, { maxLength: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      k: fc.constantFrom<Leaf>(
        'boolean',
        'null',
        'undefined',
        'any',
        'unknown',
        'never',
        'date',
        'bigint',
        'url',
        'bytes',
        'smallBytes',
        'stringbool',
        'strictBool',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      k: fc.constant('literal' as const),
      values: fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      k: fc.constant('enum' as const),
      values: fc.oneof(
        fc.uniqueArray(fc.constantFrom('b', 'a', 'c', '__proto__', 'with-dash', '1'), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.constant(['l', 'k', 'j', 'i', 'h', 'g', 'f', 'e', 'd', 'c', 'b', 'a']),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ k: fc.constant('template' as const), variant: fc.integer({ min: 0, max: 3 }) }),
  },
);

const scalarTag = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'd', "it's"),
  fc.constantFrom(0, 1, 2),
  fc.constant(null),
);

/** Schemas of every kind that a contract can have on the wire. */
export const spec: fc.Arbitrary<Spec> = fc.letrec<{
  node: Spec;
  shape: readonly (readonly [string, Spec])[];
}>((tie) => ({
  shape: fc.uniqueArray(fc.tuple(fc.constantFrom(...keys), tie('node')), {
    maxLength: 4,
    selector: ([key]) => key,
  }),
  node: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    { weight: 6, arbitrary: leaf },
    {
      weight: 5,
      arbitrary: fc.record({
        k: fc.constant('object' as const),
        shape: tie('shape'),
        others: fc.oneof(
          {
            weight: 4,
            arbitrary: fc.constantFrom<'strip' | 'strict' | 'loose'>('strip', 'strip', 'strict', 'loose'),
          },
          { weight: 1, arbitrary: tie('node') },
        ),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        k: fc.constant('array' as const),
        item: tie('node'),
        sizes: fc.array(
          fc.tuple(fc.constantFrom<Size[0]>('min', 'max', 'length'), fc.integer({ min: 0, max: 3 })),
          { maxLength: 2 },
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        k: fc.constant('tuple' as const),
        items: fc.array(tie('node'), { maxLength: 3 }),
        rest: fc.option(tie('node'), { freq: 2 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        k: fc.constant('record' as const),
        key: fc.constantFrom<RecordKey>(
          'string',
          'short',
          'pattern',
          'uuid',
          'enum',
          'number',
          'digits',
          'trimmed',
          'named',
        ),
        value: tie('node'),
        mode: fc.constantFrom<'record' | 'partial' | 'loose'>('record', 'partial', 'loose'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        k: fc.constantFrom<'union' | 'xor'>('union', 'union', 'xor'),
        members: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        k: fc.constant('tagged' as const),
        members: fc.uniqueArray(
          fc.record({
            tags: fc.uniqueArray(scalarTag, { minLength: 1, maxLength: 2 }),
            shape: tie('shape'),
            strict: fc.boolean(),
            named: fc.boolean(),
          }),
          { minLength: 1, maxLength: 3, comparator: (a, b) => a.tags.some((tag) => b.tags.includes(tag)) },
        ),
        optionalTag: fc.boolean(),
        fallback: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        k: fc.constant('intersection' as const),
        left: tie('node'),
        right: tie('node'),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        k: fc.constantFrom<Wrapper>(
          'nullable',
          'optional',
          'optional',
          'exactOptional',
          'nullish',
          'nonoptional',
          'readonly',
          'set',
          'named',
          'named',
        ),
        inner: tie('node'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        k: fc.constantFrom<'default' | 'prefault' | 'catch'>('default', 'default', 'prefault', 'catch'),
        inner: tie('node'),
        value: plain,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ k: fc.constant('map' as const), key: tie('node'), value: tie('node') }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ k: fc.constant('pipe' as const), from: tie('node'), to: tie('node') }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        k: fc.constant('tree' as const),
        item: tie('node'),
        variant: fc.integer({ min: 0, max: 3 }),
      }),
    },
  ),
})).node;
