import type * as z from 'zod';
import type { ContractSpec } from './define.ts';
import type { EventDefinition } from './event.ts';

/** Like {@link CheckedSpec}, for one projection: its events are known, and the fields that it reads exist. */
export type CheckedProjection<Spec extends ContractSpec, Projection> = Projection extends {
  readonly spec: infer S;
}
  ? {
      readonly spec: {
        readonly [F in keyof S]: F extends 'event'
          ? KnownEvent<Spec, S[F]>
          : F extends 'upsert' | 'remove' | 'clear' | 'list'
            ? { readonly [E in keyof S[F]]: KnownField<Spec, E, S[F][E]> }
            : F extends 'patch'
              ? {
                  readonly [E in keyof S[F]]: {
                    readonly [P in keyof S[F][E]]: KnownField<Spec, E, S[F][E][P]>;
                  };
                }
              : F extends 'room'
                ? S[F] extends keyof Spec['rooms']
                  ? unknown
                  : `Unknown room "${S[F] & string}": declare it under rooms.`
                : F extends 'key' | 'version' | 'pick'
                  ? S extends { readonly of: z.ZodType<infer Row> }
                    ? S[F] extends keyof Row
                      ? unknown
                      : `A row has no field "${S[F] & string}".`
                    : S extends { readonly event: infer E }
                      ? KnownField<Spec, E, S[F]>
                      : unknown
                  : unknown;
      };
    }
  : unknown;

type KnownEvent<Spec extends ContractSpec, E> = E extends keyof Spec['serverToClient']
  ? unknown
  : `The server sends no event "${E & string}".`;

type KnownField<Spec extends ContractSpec, E, Field> = E extends keyof Spec['serverToClient']
  ? Field extends true
    ? unknown
    : Field extends keyof PayloadOf<Spec['serverToClient'][E]>
      ? unknown
      : `The payload of "${E & string}" has no field "${Field & string}".`
  : `The server sends no event "${E & string}".`;

type PayloadOf<Event> =
  Event extends EventDefinition<infer S>
    ? S extends { readonly payload: z.ZodType<infer P> }
      ? P
      : never
    : never;
