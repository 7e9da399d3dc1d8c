import { defineContract, event } from '@sockeye/contract';
import * as z from 'zod';

const Circle = z.object({ kind: z.literal('circle'), radius: z.number() }).meta({ id: 'Circle' });
const Square = z.object({ kind: z.literal('square'), side: z.number() }).meta({ id: 'Square' });
const Shape = z.discriminatedUnion('kind', [Square, Circle]).meta({ id: 'Shape', description: 'What can be drawn.' });
const Colour = z.enum(['red', 'green', 'blue']).meta({ id: 'Colour' });
const Key = z.string().min(1).meta({ id: 'Key' });

export const shapes = defineContract({
  name: 'shapes',
  version: '1.0.0',
  clientToServer: {
    draw: event({
      payload: z.discriminatedUnion('type', [
        z.object({ type: z.literal('shape'), shape: Shape }),
        z.object({ type: z.literal('text'), text: z.string(), at: z.tuple([z.number(), z.number()]) }),
        z.object({ type: z.literal(['undo', 'redo']) }),
      ]),
      ack: z.union([Shape, z.null()]),
    }),
    pick: event({ payload: Shape }),
  },
  serverToClient: {
    unions: event({
      payload: z.object({
        absorbed: z.union([z.string(), z.unknown()]),
        booleans: z.union([z.literal(true), z.string()]),
        duplicates: z.union([z.string().min(1), z.string().max(5), z.null()]),
        exactlyOne: z.xor([z.object({ a: z.string() }), z.object({ b: z.string() })]),
        inArray: z.array(Shape.nullable()),
        intersected: z.intersection(Shape, z.object({ id: z.string() })),
        intersectedUnion: z.intersection(z.union([Circle, Square]), z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])),
        long: z.enum(['a first rather long choice', 'a second rather long choice', 'a third rather long choice', 'a fourth rather long choice']),
        never: z.union([z.string(), z.never()]),
        nested: z.union([z.union([z.string(), z.number()]), z.array(z.union([z.boolean(), z.null()]))]).optional(),
        quotes: z.literal(["it's", 'say "hi"', `both ' and "`, 'line\nbreak', 'back\\slash']),
      }),
    }),
    records: event({
      payload: z.object({
        byColour: z.record(Colour, z.number()),
        byEnum: z.record(z.enum(['north', 'south']), Circle),
        byKey: z.record(Key, Shape),
        byNumber: z.record(z.number(), z.string()),
        byTemplate: z.record(z.templateLiteral(['x-', z.string()]), z.boolean()),
        loose: z.looseRecord(z.string().regex(/^x-/), z.boolean()),
        looseTemplate: z.looseRecord(z.templateLiteral(['x-', z.string()]), z.boolean()),
        nested: z.record(z.string(), z.record(z.string(), z.array(z.number()))),
        optionalValues: z.record(z.string(), z.number().optional()),
        partial: z.partialRecord(Colour, z.number()),
        partialText: z.partialRecord(z.string(), z.number()),
        readonly: z.record(z.string(), z.number()).readonly(),
        readonlyEnum: z.record(Colour, z.number()).readonly(),
      }),
    }),
  },
});
