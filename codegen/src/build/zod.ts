/**
 * The only parts of a Zod 4 schema that are read: the definition and, where it does not suffice, traits, pattern,
 * values and bag. Zod's classes are never imported, so that `zod`, `zod/mini` and any copy of them work alike.
 */
export interface ZodSchema {
  readonly _zod: {
    readonly def: ZodDef;
    readonly traits: ReadonlySet<string>;
    readonly bag: Readonly<Record<string, unknown>>;
    /** The schema that this one was cloned from, with other metadata or more checks. */
    readonly parent?: ZodSchema;
    readonly pattern?: RegExp;
    /** What a lazy schema stands for. */
    readonly innerType?: unknown;
    readonly propValues?: Readonly<Record<string, ReadonlySet<unknown>>>;
    readonly constr: new (def: object) => ZodSchema;
  };
  /** Classic schemas only. */
  readonly meta?: () => unknown;
}

/** A definition: `type` is the kind, the rest depends on it. */
export interface ZodDef {
  readonly type: string;
  readonly checks?: readonly ZodCheck[];
  readonly [key: string]: unknown;
}

/** A check: `.min(3)`, `.trim()`, `.refine(...)`; a string format is a check and a schema at once. */
export interface ZodCheck {
  readonly _zod: {
    readonly def: CheckDef;
    readonly traits?: ReadonlySet<string>;
    readonly constr?: ZodSchema['_zod']['constr'];
  };
}

/** Definition of a check: `check` is the kind, the rest depends on it. */
export interface CheckDef {
  readonly check: string;
  readonly [key: string]: unknown;
}

/** Whether a value is a Zod 4 schema. */
export function isSchema(value: unknown): value is ZodSchema {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  const internals = (value as { _zod?: { def?: unknown } })._zod;
  return typeof internals === 'object' && typeof internals?.def === 'object' && internals.def !== null;
}

/** Whether a schema or check has a trait of Zod's, such as `$ZodCodec`. */
export function hasTrait(schema: ZodSchema | ZodCheck, trait: string): boolean {
  return schema._zod.traits?.has(trait) === true;
}

/** The first value that a schema or one of those that it was cloned from keeps in its bag: clones lose theirs. */
export function fromBag(schema: ZodSchema, key: string): unknown {
  for (let each: ZodSchema | undefined = schema; each; each = each._zod.parent) {
    const value = each._zod.bag?.[key];
    if (value !== undefined) return value;
  }
  return undefined;
}

const none: readonly ZodCheck[] = [];

/** Every check of a schema in the order in which they run; a format schema is its own first check. */
export function checksOf(schema: ZodSchema): readonly ZodCheck[] {
  const { def } = schema._zod;
  const own = def.checks ?? none;
  return typeof def['check'] === 'string' ? [schema as unknown as ZodCheck, ...own] : own;
}
