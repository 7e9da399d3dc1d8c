import type { Contract } from '@sockeye/contract';
import type * as z from 'zod';
import { expectTypeOf } from 'vitest';
import type { legacy } from '../golden/args-raw/in.contract.ts';
import type * as legacyTypes from '../golden/args-raw/out/legacy.types.gen.ts';
import type { codecs } from '../golden/codecs/in.contract.ts';
import type * as codecsTypes from '../golden/codecs/out/codecs.types.gen.ts';
import type { kitchenSink } from '../golden/kitchen-sink/in.contract.ts';
import type * as kitchenSinkTypes from '../golden/kitchen-sink/out/kitchen-sink.types.gen.ts';
import type { shapes } from '../golden/unions-and-records/in.contract.ts';
import type * as shapesTypes from '../golden/unions-and-records/out/shapes.types.gen.ts';

// A generated type is what Zod itself infers for a schema's output: each can be used as the other.

type ClientSpec<
  C extends Contract,
  E extends keyof C['spec']['clientToServer'],
> = C['spec']['clientToServer'][E]['spec'];
type ServerSpec<
  C extends Contract,
  E extends keyof C['spec']['serverToClient'],
> = C['spec']['serverToClient'][E]['spec'];
type Payload<Spec> = Spec extends { readonly payload: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : never;
type Ack<Spec> = Spec extends { readonly ack: infer Schema extends z.ZodType } ? z.output<Schema> : never;

/** Keys of properties whose types cannot stand for each other; `never` where all is well. */
type Differences<A, B> = Exclude<
  { [K in keyof A | keyof B]: K extends keyof A & keyof B ? Different<K, A[K], B[K]> : K }[keyof A | keyof B],
  undefined
>;
type Different<K, A, B> = [A] extends [B] ? ([B] extends [A] ? never : K) : K;

type Sink<E extends keyof (typeof kitchenSink)['spec']['clientToServer']> = Payload<
  ClientSpec<typeof kitchenSink, E>
>;
// `unknown` stands for any JSON, as for anything else that is not described.
expectTypeOf<Differences<kitchenSinkTypes.ScalarsPayload, Sink<'scalars'>>>().toEqualTypeOf<'json'>();
// Zod intersects the known keys with the others, which no object literal can satisfy.
expectTypeOf<
  Differences<kitchenSinkTypes.StructuresPayload, Sink<'structures'>>
>().toEqualTypeOf<'catchall'>();
expectTypeOf<Differences<kitchenSinkTypes.WrappersPayload, Sink<'wrappers'>>>().toEqualTypeOf<never>();
expectTypeOf<kitchenSinkTypes.TopLevelArrayPayload>().toEqualTypeOf<Sink<'top-level-array'>>();
expectTypeOf<kitchenSinkTypes.TopLevelRefPayload>().toEqualTypeOf<Sink<'top-level-ref'>>();
expectTypeOf<kitchenSinkTypes.TopLevelUnionPayload>().toEqualTypeOf<Sink<'top-level-union'>>();

type Shapes<E extends keyof (typeof shapes)['spec']['serverToClient']> = Payload<
  ServerSpec<typeof shapes, E>
>;
expectTypeOf<Differences<shapesTypes.UnionsEvent, Shapes<'unions'>>>().toEqualTypeOf<never>();
// Any text as a key may be absent, but Zod refuses `undefined` there, which its type lets in.
expectTypeOf<Differences<shapesTypes.RecordsEvent, Shapes<'records'>>>().toEqualTypeOf<'partialText'>();
expectTypeOf<shapesTypes.DrawPayload>().toEqualTypeOf<Payload<ClientSpec<typeof shapes, 'draw'>>>();
expectTypeOf<shapesTypes.DrawAck>().toEqualTypeOf<Ack<ClientSpec<typeof shapes, 'draw'>>>();

type Everything = Payload<ClientSpec<typeof codecs, 'everything'>>;
expectTypeOf<Differences<codecsTypes.EverythingPayload, Everything>>().toEqualTypeOf<never>();
expectTypeOf<codecsTypes.PriceEvent>().toEqualTypeOf<Payload<ServerSpec<typeof codecs, 'price'>>>();

type Login = (typeof legacy)['spec']['clientToServer']['login']['spec'];
expectTypeOf<legacyTypes.LoginPayload>().toEqualTypeOf<
  [z.output<Login['args'][0]>, z.output<Login['args'][1]>?]
>();
expectTypeOf<legacyTypes.LoginAck>().toEqualTypeOf<
  [z.output<Login['ack']['schema'][0]>, z.output<Login['ack']['schema'][1]>?]
>();
