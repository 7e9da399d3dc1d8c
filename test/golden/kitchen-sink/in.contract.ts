import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';

const Weekday = { Monday: 1, Tuesday: 2 } as const;

const Named = z.object({ id: z.string() }).meta({ id: 'Named' });

/** Every kind of schema that can travel, once. */
export const kitchenSink = defineContract({
  name: 'kitchen-sink',
  version: '0.1.0',
  clientToServer: {
    scalars: event({
      payload: z.object({
        any: z.any(),
        bigintText: z.string().regex(/^\d+$/),
        boolean: z.boolean(),
        email: z.email(),
        enum: z.enum(['b', 'a']),
        int: z.int32().min(0).max(10),
        isoDate: z.iso.date(),
        json: z.json(),
        literal: z.literal('one'),
        literals: z.literal(['two', 1, true, null]),
        nativeEnum: z.enum(Weekday),
        negative: z.literal(-1),
        null: z.null(),
        number: z.number().multipleOf(0.5),
        string: z.string().min(1),
        stringbool: z.stringbool(),
        template: z.templateLiteral(['task-', z.int(), '/', z.enum(['x', 'y'])]),
        undefined: z.undefined(),
        unknown: z.unknown(),
        uuid: z.uuid(),
      }),
    }),
    structures: event({
      payload: z.object({
        array: z.array(z.string()).max(3),
        arrayOfUnions: z.array(z.union([z.string(), z.number()])),
        catchall: z.object({ known: z.boolean() }).catchall(z.number()),
        empty: z.object({}),
        intersection: z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })),
        loose: z.looseObject({ known: z.string() }),
        matrix: z.array(z.array(z.number())),
        nested: z.object({ inner: z.object({ leaf: z.string().optional() }) }),
        record: z.record(z.string(), z.number()),
        ref: Named,
        refs: z.array(Named),
        strict: z.strictObject({ only: z.string() }),
        tuple: z.tuple([z.string(), z.number().optional()]),
        tupleWithRest: z.tuple([z.string()], z.boolean()),
        union: z.union([z.string(), z.object({ text: z.string() })]),
      }),
      ack: z.array(Named),
    }),
    wrappers: event({
      payload: z.object({
        catch: z.string().catch('fallback'),
        default: z.string().default('preset'),
        defaultOfOptional: z.string().optional().default('preset'),
        exactOptional: z.string().exactOptional(),
        nonOptional: z.nonoptional(z.string().optional()),
        nullable: z.string().nullable(),
        nullish: z.string().nullish(),
        optional: z.string().optional(),
        optionalObject: z.object({ a: z.string() }).optional(),
        pipe: z.string().pipe(z.string().max(5)),
        prefault: z.string().prefault('preset'),
        readonlyArray: z.array(z.string()).readonly(),
        readonlyObject: z.object({ a: z.string() }).readonly(),
        readonlyRef: Named.readonly(),
        readonlyTuple: z.tuple([z.string()]).readonly(),
        refined: z.string().refine((text) => text !== 'no', { message: 'Not that.' }),
      }),
    }),
    'top-level-array': event({ payload: z.array(Named), ack: z.number() }),
    'top-level-optional': event({ payload: z.object({ a: z.string() }).optional() }),
    'top-level-ref': event({ payload: Named, ack: Named.nullable() }),
    'top-level-union': event({ payload: z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]) }),
  },
  serverToClient: {},
});
