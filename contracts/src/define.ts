import type * as z from 'zod';
import { checkDefinition } from './check-definition.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { ContractDefinitionError } from './definition-error.ts';
import type { ErrorDefinition } from './error-of.ts';
import type { EventDefinition } from './event.ts';
import type { ProjectionDefinition } from './projection.ts';
import type { RoomDefinition } from './room.ts';

/** The fields of a contract. */
export interface ContractSpec {
  /** Lower-case words with hyphens. Generated files and types are named after it. */
  readonly name: string;
  /** Semantic version, `major.minor.patch`. The handshake compares it. */
  readonly version: string;
  /** Socket.IO namespace. Default: `/`. */
  readonly namespace?: string;
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** What a client must send in the handshake's `auth`. Default: nothing. */
  readonly auth?: z.ZodObject;
  /** What the server's `authenticate` returns for it: `ctx.identity` and `socket.data.identity`. Default: none. */
  readonly identity?: z.ZodObject;
  /** Rooms by name. Default: none. */
  readonly rooms?: Readonly<Record<string, RoomDefinition>>;
  /** The contract's own errors, by code in upper case: `QUOTA_EXCEEDED`. Default: none. */
  readonly errors?: Readonly<Record<string, ErrorDefinition>>;
  /** Events that clients send, by name. */
  readonly clientToServer: Readonly<Record<string, EventDefinition>>;
  /** Events that the server sends, by name. `clientToServer` may contain the same names. */
  readonly serverToClient: Readonly<Record<string, EventDefinition>>;
  /** State that generated clients derive from server events. Only `presence` is sent over the wire. Default: none. */
  readonly projections?: Readonly<Record<string, ProjectionDefinition>>;
}

/** A contract: a checked specification. */
export interface Contract<Spec extends ContractSpec = ContractSpec> {
  /** Distinguishes a contract from other exports, also across copies of this package. */
  readonly [contractBrand]: 1;
  readonly spec: Spec;
}

const contractBrand: unique symbol = Symbol.for('sockeye.contract') as never;

/**
 * Declares a contract: its rooms, its errors, and its events in both directions.
 *
 * The type system reports what it can as compile errors. The rest is checked when the module is loaded.
 *
 * @throws ContractDefinitionError that lists all problems, each with its event, field and fix.
 */
export function defineContract<const Spec extends ContractSpec>(
  spec: Spec & CheckedSpec<Spec>,
): Contract<Spec> {
  const issues = checkDefinition(spec);
  if (issues.length > 0)
    throw new ContractDefinitionError(String((spec as ContractSpec | null)?.name), issues);
  return Object.freeze({ [contractBrand]: 1 as const, spec });
}

/** Whether a value was returned by {@link defineContract}. */
export function isContract(value: unknown): value is Contract {
  return typeof value === 'object' && value !== null && (value as Contract)[contractBrand] === 1;
}
