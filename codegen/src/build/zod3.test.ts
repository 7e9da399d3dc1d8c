import { defineContract, event, zod3 } from '@sockeye/contract';
import * as z4 from 'zod';
import { z } from 'zod/v3';
import { expect, test } from 'vitest';
import { buildModel } from '../build-model.ts';
import type { TypeNode } from '../model.ts';

function modelOf(schema: z4.ZodType) {
  const contract = defineContract({
    name: 'adopted',
    version: '1.0.0',
    clientToServer: { tell: event({ args: [schema] }) },
    serverToClient: {},
  });
  const { model, diagnostics } = buildModel(contract);
  return { node: model.clientToServer['tell']?.args?.[0], ids: diagnostics.map(({ id }) => id) };
}

const text: TypeNode = { kind: 'string' };
const named = (unknownKeys: 'loose' | 'strict' | 'strip') => ({
  kind: 'object',
  properties: { name: text },
  unknownKeys,
});

test.each<[string, z.ZodTypeAny, object]>([
  ['a text', z.string(), text],
  [
    'a text that is not empty',
    z.string().min(1),
    { kind: 'string', checks: [{ check: 'min-length', value: 1 }] },
  ],
  [
    'a text with bounds, in UTF-16 units',
    z.string().min(2).max(5),
    { kind: 'string', checks: [{ check: 'pattern', pattern: '^[\\s\\S]{2,5}$' }] },
  ],
  ['a format, which stays with the server', z.string().email(), text],
  [
    'a whole number of any size',
    z.number().int().gt(0).max(9),
    {
      kind: 'number',
      checks: [
        { check: 'multiple-of', value: 1 },
        { check: 'min', value: 0, exclusive: true },
        { check: 'max', value: 9 },
      ],
    },
  ],
  ['an object that drops keys', z.object({ name: z.string() }), named('strip')],
  ['an object that refuses keys', z.object({ name: z.string() }).strict(), named('strict')],
  ['an object that keeps keys', z.object({ name: z.string() }).passthrough(), named('loose')],
  [
    'fields that may be absent, null, or filled in',
    z.object({ a: z.string().optional(), b: z.string().nullable(), c: z.string().default('x') }),
    {
      kind: 'object',
      properties: {
        a: { kind: 'optional', inner: text },
        b: { kind: 'nullable', inner: text },
        c: { kind: 'default', inner: text, value: 'x' },
      },
      unknownKeys: 'strip',
    },
  ],
  ['an argument that may be absent', z.string().optional(), { kind: 'optional', inner: text }],
  [
    'a nullable object',
    z.object({ name: z.string() }).nullable(),
    { kind: 'nullable', inner: named('strip') },
  ],
  [
    'a union',
    z.union([z.string(), z.object({ name: z.string() })]),
    { kind: 'union', members: [text, named('strip')] },
  ],
  ['an enum', z.enum(['b', 'a']), { kind: 'enum', values: ['a', 'b'] }],
  ['a literal', z.literal(false), { kind: 'literal', values: [false] }],
  ['a list', z.array(z.string()).max(3), { kind: 'array', item: text, checks: [{ check: 'max', value: 3 }] }],
  ['a tuple', z.tuple([z.string(), z.boolean()]), { kind: 'tuple', items: [text, { kind: 'boolean' }] }],
  ['a record', z.record(z.string()), { kind: 'record', key: text, value: text, mode: 'loose' }],
  ['anything', z.unknown(), { kind: 'any' }],
  ['a refinement', z.string().refine((value) => value !== 'no'), text],
])('%s', (_, schema, want) => {
  const { node, ids } = modelOf(zod3(schema));
  expect(ids).toEqual([]);
  expect(node).toEqual({ ...want, refinements: [{ id: 'zod3' }] });
});

test.each<[string, z.ZodTypeAny]>([
  ['a transform', z.string().transform(Number)],
  ['a transform deep inside', z.object({ a: z.array(z.string().transform(Number)).optional() })],
  ['a preprocess', z.preprocess(String, z.string())],
  ['a coercion', z.coerce.number()],
  ['a date', z.union([z.string(), z.date()])],
  ['a map', z.map(z.string(), z.string())],
  ['a recursion', z.lazy(() => z.string())],
])('%s is refused', (_, schema) => {
  expect(modelOf(zod3(schema)).ids).toEqual(['one-way-transform']);
});

test('a Zod 4 schema never gets there', () => {
  expect(() => zod3(z4.string() as never)).toThrow('Zod 3');
  const smuggled = zod3(z.string());
  Object.assign(smuggled._zod.def, { 'sockeye.zod3': z4.string() });
  expect(modelOf(smuggled).ids).toEqual(['not-a-schema']);
});
