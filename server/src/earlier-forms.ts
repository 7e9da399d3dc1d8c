import {
  compareVersions,
  INVALID,
  type CastEntry,
  type EarlierEntry,
  type EventEntry,
  type Validator,
} from '@sockeye/contract/wire';
import type * as z from 'zod';
import { encodeOutgoing, ownFault } from './outgoing.ts';
import type { Session } from './session.ts';
import { zod } from './zod-validator.ts';

/** An event of a contract, as far as its earlier forms go. */
export interface VersionedDefinition {
  readonly spec: {
    readonly versions: readonly {
      readonly until: string;
      readonly payload?: { readonly schema: z.core.$ZodType; readonly cast: (value: never) => unknown };
      readonly ack?: { readonly schema: z.core.$ZodType; readonly cast: (value: never) => unknown };
    }[];
  };
}

/** The earlier forms of an event, as the contract's own module declares them; Zod checks them. */
export function earlierForms({ spec }: VersionedDefinition): readonly EarlierEntry[] {
  return spec.versions.map(({ until, payload, ack }) => ({
    until,
    ...(payload && { payload: castEntry(payload) }),
    ...(ack && { ack: castEntry(ack) }),
  }));
}

function castEntry({
  schema,
  cast,
}: NonNullable<VersionedDefinition['spec']['versions'][0]['payload']>): CastEntry {
  return { validator: zod(schema), cast: cast as CastEntry['cast'] };
}

/** The form in which a client speaks an event; undefined for the contract's own, as without a stamp. */
export function formOf(entry: EventEntry, session: Session): EarlierEntry | undefined {
  if (entry.versions === undefined) return undefined;
  const version = spokenVersion(session);
  return version === undefined
    ? undefined
    : entry.versions.find(({ until }) => compareVersions(version, until) < 0);
}

/** The version of this contract that a client was generated from; undefined where it does not say. */
export function spokenVersion({ runtime, client }: Session): string | undefined {
  const { stamp } = client;
  return stamp?.contract === runtime.table.contract.contract ? stamp.version : undefined;
}

/**
 * What a client of an earlier version sent, in the contract's own application form; INVALID where it did not fit.
 *
 * @throws ContractError when the cast makes something that does not match the contract; whatever the cast throws.
 */
export function raised({ validator, cast }: CastEntry, current: Validator, given: Given): unknown {
  const old = validator.decode(given.wire);
  if (old === INVALID) return INVALID;
  const value = current.decode(encodeOutgoing(current, cast(old), given.subject));
  if (value === INVALID)
    throw ownFault('INVALID_PAYLOAD', `The upcast of ${given.subject} does not match the contract.`);
  return value;
}

/** What came, and what to call it in an error. */
export interface Given {
  readonly wire: unknown;
  readonly subject: string;
}

/**
 * What a client of an earlier version is sent, of what the others are, both in wire form.
 *
 * @throws ContractError when the cast makes something that does not match the earlier form; whatever the cast throws.
 */
export function lowered(
  { validator, cast }: CastEntry,
  current: Validator,
  { wire, subject }: Given,
): unknown {
  return encodeOutgoing(validator, cast(current.decode(wire)), `${subject} in its earlier form`);
}
