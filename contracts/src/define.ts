import type * as z from 'zod';
import { checkDefinition } from './check-definition.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { ContractDefinitionError } from './definition-error.ts';
import type { ErrorDefinition } from './error-of.ts';
import type { EventDefinition } from './event.ts';
import type { ProjectionDefinition } from './projection.ts';
import type { RoomDefinition } from './room.ts';

/** What a contract consists of. */
export interface ContractSpec {
  /** Lower-case words joined by hyphens; names generated files and types. */
  readonly name: string;
  /** Semantic version, `major.minor.patch`. The handshake compares it. */
  readonly version: string;
  /** Socket.IO namespace. Default: `/`. */
  readonly namespace?: string;
  /** One sentence, kept in generated code. */
  readonly summary?: string;
  /** What a client must put into the handshake's `auth`. Default: nothing. */
  readonly auth?: z.ZodObject;
  /** What `authenticate` makes of it; becomes `socket.data.identity`. Default: none. */
  readonly identity?: z.ZodObject;
  /** Rooms by name. Default: none. */
  readonly rooms?: Readonly<Record<string, RoomDefinition>>;
  /** The contract's own error codes, in capitals: `QUOTA_EXCEEDED`. */
  readonly errors?: Readonly<Record<string, ErrorDefinition>>;
  /** Events that clients send, by name. */
  readonly clientToServer: Readonly<Record<string, EventDefinition>>;
  /** Events that the server sends, by name; a name may stand in both lists. */
  readonly serverToClient: Readonly<Record<string, EventDefinition>>;
  /** State that generated clients keep from server events. It changes nothing on the wire. */
  readonly projections?: Readonly<Record<string, ProjectionDefinition>>;
}

/** A contract: its specification, checked. */
export interface Contract<Spec extends ContractSpec = ContractSpec> {
  /** Tells a contract from any other export, also across copies of this package. */
  readonly [contractBrand]: 1;
  readonly spec: Spec;
}

const contractBrand: unique symbol = Symbol.for('sockeye.contract') as never;

/**
 * Declares a contract: its rooms, its errors, and its events in both directions.
 *
 * What types can tell is a compile error; the rest is checked at once.
 *
 * @throws ContractDefinitionError that lists everything that is wrong, each with event and field.
 */
export function defineContract<const Spec extends ContractSpec>(
  spec: Spec & CheckedSpec<Spec>,
): Contract<Spec> {
  const issues = checkDefinition(spec);
  if (issues.length > 0)
    throw new ContractDefinitionError(String((spec as ContractSpec | null)?.name), issues);
  return Object.freeze({ [contractBrand]: 1 as const, spec });
}

/** Whether a value came from {@link defineContract}. */
export function isContract(value: unknown): value is Contract {
  return typeof value === 'object' && value !== null && (value as Contract)[contractBrand] === 1;
}
