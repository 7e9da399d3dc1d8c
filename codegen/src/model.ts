/**
 * The model: a contract as plain JSON, the interface between both halves of the generator. Loading and Zod are on one
 * side of it; emitters, documentation and drift checks are on the other and never use Zod.
 *
 * A model is canonical: keys of every record are sorted by code unit, absent facts are absent keys, and it contains
 * only what affects the meaning. Equal contracts therefore give equal bytes, regardless of their source order and
 * of Zod's minor version.
 *
 * @module model
 */

import type { EventModel } from './event-model.ts';
import type { ProjectionModel } from './projection-model.ts';

export type { AckModel, EarlierModel, EventModel } from './event-model.ts';

/** Raised when the meaning of a field changes. */
export const modelFormat = 1;

/** A whole contract. */
export interface ContractModel {
  readonly format: typeof modelFormat;
  readonly name: string;
  readonly version: string;
  readonly namespace: string;
  readonly summary?: string;
  readonly auth?: TypeNode;
  readonly identity?: TypeNode;
  readonly rooms: Readonly<Record<string, RoomModel>>;
  readonly errors: Readonly<Record<string, ErrorModel>>;
  readonly clientToServer: Readonly<Record<string, EventModel>>;
  readonly serverToClient: Readonly<Record<string, EventModel>>;
  /** State that clients derive from server events. Not part of the hash, because it does not affect the wire format. */
  readonly projections?: Readonly<Record<string, ProjectionModel>>;
  /** Schemas with an `id`, by that id. `ref` nodes point here; recursion goes through here only. */
  readonly types: Readonly<Record<string, TypeNode>>;
}

export interface RoomModel {
  readonly summary?: string;
  /** Schema by parameter name; each is a string or a number. */
  readonly params: Readonly<Record<string, TypeNode>>;
  /** Identity field by parameter name, for a room that the server joins on connect. */
  readonly auto?: Readonly<Record<string, string>>;
  /** Absent for `full`, the default; given with durable events only, as `keep` and `maxAgeMs` are. */
  readonly history?: 'sinceJoin';
  /** Entries; absent for 10,000. */
  readonly keep?: number;
  /** Absent for seven days. */
  readonly maxAgeMs?: number;
}

/** Default retention of a room's durable events. */
export const defaultLogRule = { history: 'full', keep: 10_000, maxAgeMs: 604_800_000 } as const;

export interface ErrorModel {
  readonly summary?: string;
  readonly details?: TypeNode;
  readonly retryable?: true;
}

/** Documentation from `.meta()` and `.describe()`; kept in generated code, never part of the meaning. */
export interface Docs {
  readonly title?: string;
  readonly description?: string;
  /** `true`, or what to use instead. */
  readonly deprecated?: true | string;
  /** Sample values in wire form, as JSON. */
  readonly examples?: readonly Json[];
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Facts that any node can have. */
export interface NodeFacts extends Docs {
  /** Custom checks (`refine`, `superRefine`, `check`) that only Zod can run. */
  readonly refinements?: readonly RefinementModel[];
}

export interface RefinementModel {
  /** From `params.id` of the refinement; identifies it in drift checks. */
  readonly id?: string;
  /** The refinement's message, if it is a constant. */
  readonly message?: string;
  /** It also changes the value: `.overwrite(...)` with a function that is not one of Zod's own. */
  readonly overwrites?: true;
  /** How many of the node's `checks` run before it. Absent: all of them. */
  readonly after?: number;
}

/**
 * A schema. Wire form is a schema's input, application form its output; they differ only at `codec`, `default`,
 * `prefault`, `catch` and string transforms.
 */
export type TypeNode =
  | StringNode
  | NumberNode
  | BigIntNode
  | DateNode
  | BooleanNode
  | NullNode
  | UndefinedNode
  | AnyNode
  | NeverNode
  | LiteralNode
  | EnumNode
  | TemplateNode
  | BinaryNode
  | ObjectNode
  | ArrayNode
  | TupleNode
  | RecordNode
  | MapNode
  | SetNode
  | InstanceNode
  | UnionNode
  | IntersectionNode
  | NullableNode
  | OptionalNode
  | NonOptionalNode
  | DefaultNode
  | CatchNode
  | ReadonlyNode
  | CodecNode
  | PipeNode
  | RefNode;

/** Every kind, for exhaustive tables. */
export type TypeKind = TypeNode['kind'];

export interface StringNode extends NodeFacts {
  readonly kind: 'string';
  /** In the order in which they run, since `trim` before `min` is not `min` before `trim`. */
  readonly checks?: readonly StringCheck[];
}

/**
 * One check of a string. Lengths count code points, as Zod 4.6 does. `pattern` is the source of the expression that
 * Zod itself uses, `flags` its flags.
 */
export type StringCheck =
  | { readonly check: 'min-length' | 'max-length' | 'length'; readonly value: number }
  | { readonly check: 'pattern'; readonly pattern: string; readonly flags?: string }
  /**
   * A named format: `email`, `uuid`, `datetime`... With `pattern` where a regular expression decides alone. `custom`:
   * the contract brings pattern or function itself (`z.email({ pattern })`, `z.stringFormat`); without a pattern only
   * Zod can then check it. A pattern that is not `custom` is Zod's, differs between its versions, and is therefore
   * left out of the canonical form.
   */
  | {
      readonly check: 'format';
      readonly format: string;
      readonly pattern?: string;
      readonly flags?: string;
      readonly custom?: true;
      readonly options?: { readonly [key: string]: Json };
    }
  | { readonly check: 'starts-with' | 'ends-with'; readonly value: string }
  | { readonly check: 'includes'; readonly value: string; readonly position?: number }
  | { readonly check: 'trim' | 'lower-case' | 'upper-case' }
  | { readonly check: 'normalize'; readonly form: string };

export interface NumberNode extends NodeFacts {
  readonly kind: 'number';
  readonly checks?: readonly NumberCheck[];
}

export type NumberCheck =
  /** `int` is a safe integer; `int32`, `uint32`, `float32`, `float64` are Zod's number formats. */
  | { readonly check: 'format'; readonly format: 'safeint' | 'int32' | 'uint32' | 'float32' | 'float64' }
  | { readonly check: 'min' | 'max'; readonly value: number; readonly exclusive?: true }
  | { readonly check: 'multiple-of'; readonly value: number };

/** Application side of a codec only: a `bigint` cannot travel as JSON. Bounds are decimal text. */
export interface BigIntNode extends NodeFacts {
  readonly kind: 'bigint';
  readonly checks?: readonly {
    readonly check: 'min' | 'max' | 'multiple-of' | 'format';
    readonly value: string;
    readonly exclusive?: true;
  }[];
}

/** Application side of a codec only. Bounds are ISO 8601 text. */
export interface DateNode extends NodeFacts {
  readonly kind: 'date';
  readonly checks?: readonly {
    readonly check: 'min' | 'max';
    readonly value: string;
    readonly exclusive?: true;
  }[];
}

export interface BooleanNode extends NodeFacts {
  readonly kind: 'boolean';
}
export interface NullNode extends NodeFacts {
  readonly kind: 'null';
}
/** `z.undefined()` and `z.void()`: an absent value. */
export interface UndefinedNode extends NodeFacts {
  readonly kind: 'undefined';
}
/** `z.any()`, `z.unknown()` and `z.json()`; printed as `unknown`. */
export interface AnyNode extends NodeFacts {
  readonly kind: 'any';
}
export interface NeverNode extends NodeFacts {
  readonly kind: 'never';
}

export interface LiteralNode extends NodeFacts {
  readonly kind: 'literal';
  readonly values: readonly (string | number | boolean | null)[];
  /** The source order, if it differs from that of `values`: Zod's messages use it. Never part of the meaning. */
  readonly order?: readonly (string | number | boolean | null)[];
}

export interface EnumNode extends NodeFacts {
  readonly kind: 'enum';
  /** Sorted: the order of an enum means nothing. */
  readonly values: readonly (string | number)[];
  /** The source order, if it is not sorted: a record's keys are in it. Never part of the meaning. */
  readonly order?: readonly (string | number)[];
}

export interface TemplateNode extends NodeFacts {
  readonly kind: 'template';
  /** Literal text, or a node. */
  readonly parts: readonly (string | TypeNode)[];
  readonly pattern: string;
}

/** Wire side of `bytes()`: `Uint8Array` or `ArrayBuffer`, a Socket.IO binary attachment. */
export interface BinaryNode extends NodeFacts {
  readonly kind: 'binary';
  /** In bytes. */
  readonly max?: number;
}

export interface ObjectNode extends NodeFacts {
  readonly kind: 'object';
  /** Sorted by key. A key may be absent where its node is optional, a default, a catch and so on: see `mayBeAbsent`. */
  readonly properties: Readonly<Record<string, TypeNode>>;
  /** `strip` is Zod's default; a node is a `catchall`. */
  readonly unknownKeys: 'strip' | 'strict' | 'loose' | TypeNode;
  /** The source order of keys, if it is not sorted: Zod reports issues in it. Never part of the meaning. */
  readonly order?: readonly string[];
}

export interface ArrayNode extends NodeFacts {
  readonly kind: 'array';
  readonly item: TypeNode;
  readonly checks?: readonly SizeCheck[];
}

export interface SizeCheck {
  readonly check: 'min' | 'max' | 'length';
  readonly value: number;
}

export interface TupleNode extends NodeFacts {
  readonly kind: 'tuple';
  readonly items: readonly TypeNode[];
  readonly rest?: TypeNode;
  readonly checks?: readonly SizeCheck[];
}

export interface RecordNode extends NodeFacts {
  readonly kind: 'record';
  readonly key: TypeNode;
  readonly value: TypeNode;
  /** `exhaustive` is `z.record`, `partial` is `z.partialRecord`, `loose` is `z.looseRecord`. */
  readonly mode: 'exhaustive' | 'partial' | 'loose';
}

/** Application side of a codec only. */
export interface MapNode extends NodeFacts {
  readonly kind: 'map';
  readonly key: TypeNode;
  readonly value: TypeNode;
  readonly checks?: readonly SizeCheck[];
}

/** Application side of a codec only. */
export interface SetNode extends NodeFacts {
  readonly kind: 'set';
  readonly value: TypeNode;
  readonly checks?: readonly SizeCheck[];
}

/** Application side of a codec only: an instance of a global class, such as `URL`. */
export interface InstanceNode extends NodeFacts {
  readonly kind: 'instance';
  readonly className: string;
}

export interface UnionNode extends NodeFacts {
  readonly kind: 'union';
  /** In source order, which matters: the first member that accepts wins. */
  readonly members: readonly TypeNode[];
  /** With `z.discriminatedUnion`. */
  readonly discriminator?: string;
  /**
   * With `unionFallback`: the property by which Zod picks a member first, before it tries them all. It only decides
   * what a refusal names, and is never part of the meaning.
   */
  readonly asksFirst?: string;
  /** With `z.xor`: exactly one member must accept. */
  readonly exclusive?: true;
}

export interface IntersectionNode extends NodeFacts {
  readonly kind: 'intersection';
  readonly left: TypeNode;
  readonly right: TypeNode;
}

export interface NullableNode extends NodeFacts {
  readonly kind: 'nullable';
  readonly inner: TypeNode;
}

export interface OptionalNode extends NodeFacts {
  readonly kind: 'optional';
  readonly inner: TypeNode;
  /** With `z.exactOptional`: the key may be absent, but not `undefined`. */
  readonly exact?: true;
}

export interface NonOptionalNode extends NodeFacts {
  readonly kind: 'nonoptional';
  readonly inner: TypeNode;
}

export interface DefaultNode extends NodeFacts {
  readonly kind: 'default';
  readonly inner: TypeNode;
  /** In application form (`prefault`: in wire form). Absent if it is computed for every value. */
  readonly value?: Json;
  /** With `z.prefault`: the value goes through the schema. */
  readonly prefault?: true;
  /** The default is not a JSON constant (for example a factory): only Zod can create it. */
  readonly factory?: true;
}

export interface CatchNode extends NodeFacts {
  readonly kind: 'catch';
  readonly inner: TypeNode;
  /** In application form. */
  readonly value?: Json;
  readonly factory?: true;
}

export interface ReadonlyNode extends NodeFacts {
  readonly kind: 'readonly';
  readonly inner: TypeNode;
}

/** A two-way conversion. */
export interface CodecNode extends NodeFacts {
  readonly kind: 'codec';
  /** `date`, `bigint`, `map`, `set`, `url`, `bytes`, `stringbool`, or a name of `namedCodec`; absent if unnamed. */
  readonly codec?: string;
  /** The form that is sent. */
  readonly wire: TypeNode;
  /** The form that the application uses. */
  readonly app: TypeNode;
  /** With `stringbool`. */
  readonly truthy?: readonly string[];
  readonly falsy?: readonly string[];
  readonly caseSensitive?: true;
}

/** `a.pipe(b)`: its wire form is that of `in`, its application form that of `out`. */
export interface PipeNode extends NodeFacts {
  readonly kind: 'pipe';
  readonly in: TypeNode;
  readonly out: TypeNode;
}

export interface RefNode extends Docs {
  readonly kind: 'ref';
  /** A key of `ContractModel.types`. */
  readonly name: string;
}
