import type * as z from 'zod';
import type { CheckedProjection } from './checked-projection.ts';
import type { FixedCode } from './errors.ts';
import type { EventDefinition } from './event.ts';
import type { RoomDefinition } from './room.ts';
import type { ContractSpec } from './define.ts';

/**
 * `unknown` for a correct specification; for a wrong one, a type whose text is the error message, at the wrong field.
 * Only the contract's module pays the compile time for this, not the code that uses the contract.
 */
export type CheckedSpec<Spec extends ContractSpec> = {
  readonly clientToServer: {
    readonly [E in keyof Spec['clientToServer']]: CheckedEvent<Spec, Spec['clientToServer'][E], ClientFields>;
  };
  readonly serverToClient: {
    readonly [E in keyof Spec['serverToClient']]: CheckedEvent<Spec, Spec['serverToClient'][E], 'room'>;
  };
  readonly projections?: {
    readonly [P in keyof Spec['projections']]: CheckedProjection<
      Spec,
      NonNullable<Spec['projections']>[P & string]
    >;
  };
  readonly rooms?: {
    readonly [R in keyof Spec['rooms']]: CheckedRoom<Spec, NonNullable<Spec['rooms']>[R & string]>;
  };
};

type ClientFields = 'joins' | 'leaves' | 'within';

type CheckedEvent<Spec extends ContractSpec, Event, Fields extends string> =
  Event extends EventDefinition<infer S>
    ? {
        readonly spec: { readonly [F in keyof S & Fields]: CheckedRoomField<Spec, S, F> } & {
          readonly [F in keyof S & 'errors']: S[F] extends readonly (infer Code)[]
            ? readonly (Code extends keyof Spec['errors'] | FixedCode
                ? Code
                : `Unknown error "${Code & string}": declare it under errors.`)[]
            : unknown;
        } & {
          readonly [F in keyof S & 'versions']: CheckedForms<S[F], S, Fields>;
        };
      }
    : unknown;

type CheckedForms<Forms, S, Fields> = {
  readonly [I in keyof Forms]: {
    readonly [K in keyof Forms[I] & CastKey]: 'room' extends Fields
      ? K extends 'payload'
        ? CheckedDowncast<Forms[I][K], S, K>
        : CheckedUpcast<Forms[I][K], S, K>
      : K extends 'payload'
        ? CheckedUpcast<Forms[I][K], S, K>
        : CheckedDowncast<Forms[I][K], S, K>;
  };
};

type CastKey = 'payload' | 'ack';

type CheckedUpcast<Given, S, K extends CastKey> = Given extends {
  readonly kind: 'upcast';
  readonly cast: (old: never) => infer Made;
}
  ? Made extends Takes<ValueOf<S, K>>
    ? unknown
    : `The upcast does not return the event's current ${K}.`
  : `Clients send the ${K}: write upcast(OldSchema, (old) => ...).`;

type CheckedDowncast<Given, S, K extends CastKey> = Given extends {
  readonly kind: 'downcast';
  readonly cast: (current: infer Wanted) => unknown;
}
  ? ValueOf<S, K> extends Wanted
    ? unknown
    : `The downcast does not accept the event's current ${K}.`
  : `The server sends the ${K}: write downcast(OldSchema, (current: ...) => ...).`;

type ValueOf<S, K extends CastKey> = S extends { readonly [P in K]: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : never;

/** The same type, read-only: literals returned by a cast are inferred as read-only. */
type Takes<T> = T extends readonly (infer Item)[]
  ? readonly Takes<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Takes<T[K]> }
    : T;

type CheckedRoomField<Spec extends ContractSpec, S, F extends keyof S> = S[F] extends string
  ? S[F] extends keyof Spec['rooms']
    ? F extends 'room'
      ? unknown
      : Missing<S, NonNullable<Spec['rooms']>[S[F]]> extends infer M
        ? [M] extends [never]
          ? unknown
          : `Room "${S[F]}" needs "${M & string}": add it to the payload, with the room's schema for it.`
        : never
    : `Unknown room "${S[F]}": declare it under rooms.`
  : unknown;

/** Parameters of a room that the payload does not contain, or contains with another type. */
type Missing<S, Room> =
  Room extends RoomDefinition<infer Params>
    ? {
        [P in keyof Params & string]: Carries<S, P, z.output<Params[P]>> extends true ? never : P;
      }[keyof Params & string]
    : never;

type Carries<S, P extends string, Value> = S extends { readonly payload: infer Payload extends z.ZodType }
  ? z.output<Payload> extends { readonly [K in P]: Value }
    ? true
    : false
  : false;

type CheckedRoom<Spec extends ContractSpec, Room> =
  Room extends RoomDefinition<infer _, infer Auto>
    ? Auto extends Readonly<Record<string, string>>
      ? {
          readonly auto: {
            readonly [P in keyof Auto]: Auto[P] extends keyof z.output<NonNullable<Spec['identity']>>
              ? unknown
              : `The identity has no field "${Auto[P] & string}".`;
          };
        }
      : unknown
    : unknown;
