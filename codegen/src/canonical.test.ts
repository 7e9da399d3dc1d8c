import { date, type Contract } from '@sockeye/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from './build-model.ts';
import { canonicalJson, canonicalModel, modelHash, withZodPatterns } from './canonical.ts';
import type { ContractModel } from './model.ts';

function modelOf(payload: z.ZodType, more: object = {}): ContractModel {
  const clientToServer = { e: { kind: 'event', spec: { payload, ...more } } };
  const spec = { name: 't', version: '1.0.0', clientToServer, serverToClient: {} };
  return buildModel({ spec } as unknown as Contract).model;
}

describe('canonical text', () => {
  test('is sorted, compact and without what is absent', () => {
    expect(canonicalJson(modelOf(z.object({ b: z.int().optional(), a: z.literal(['z', 'y']) }, 'No.')))).toBe(
      '{"clientToServer":{"e":{"payload":{"kind":"object","properties":{"a":{"kind":"literal","values":["y","z"]},' +
        '"b":{"inner":{"checks":[{"check":"format","format":"safeint"}],"kind":"number"},"kind":"optional"}},' +
        '"unknownKeys":"strip"}}},"errors":{},"format":1,"name":"t","namespace":"/","rooms":{},"serverToClient":{},' +
        '"types":{},"version":"1.0.0"}',
    );
  });

  test('sorts keys that JavaScript keeps in its own order', () => {
    const text = canonicalJson(modelOf(z.object({ b: z.any(), 10: z.any(), 9: z.any() })));
    expect(text.indexOf('"10":')).toBeLessThan(text.indexOf('"9":'));
  });

  test("leaves out Zod's own patterns and keeps the contract's", () => {
    const text = canonicalJson(
      modelOf(z.object({ a: z.email(), b: z.email({ pattern: /^mine$/ }), c: z.string().regex(/^yours$/) })),
    );
    expect(text).toContain('{"check":"format","format":"email"}');
    expect(text).toContain('"pattern":"^mine$"');
    expect(text).toContain('"pattern":"^yours$"');
  });

  test("gets Zod's own patterns back from another model", () => {
    const schema = z.object({ a: z.email(), b: z.iso.time({ precision: 0 }), c: date() });
    const model = modelOf(schema);
    expect(withZodPatterns(canonicalModel(model), modelOf(z.tuple([schema])))).toEqual(canonicalOrder(model));
    expect(withZodPatterns(canonicalModel(model), modelOf(z.string()))).toEqual(canonicalModel(model));
  });
});

describe('hash', () => {
  const same: readonly (readonly [name: string, a: z.ZodType, b: z.ZodType])[] = [
    [
      'documentation',
      z.int().meta({ title: 'a', description: 'b', deprecated: true, examples: [1] }),
      z.int(),
    ],
    ['order of properties', z.object({ a: z.int(), b: z.int() }), z.object({ b: z.int(), a: z.int() })],
    ['order of an enum', z.enum(['a', 'b']), z.enum(['b', 'a'])],
    ['order of a literal', z.literal(['a', 'b']), z.literal(['b', 'a'])],
    ['a brand', z.int().brand<'N'>(), z.int()],
    ['the way of writing', z.string().email(), z.email()],
  ];
  test.each(same)('ignores %s', (_name, a, b) => expect(modelHash(modelOf(a))).toBe(modelHash(modelOf(b))));

  const different: readonly (readonly [name: string, a: z.ZodType, b: z.ZodType])[] = [
    [
      'properties with the names of documentation',
      z.object({ title: z.int(), order: z.int() }),
      z.object({}),
    ],
    [
      'defaults with the keys of documentation',
      z.json().default({ title: 1 }),
      z.json().default({ title: 2 }),
    ],
    ['a flag of a pattern', z.string().regex(/^a$/), z.string().regex(/^a$/i)],
    ['order of checks', z.string().trim().min(1), z.string().min(1).trim()],
    ['order of a union', z.union([z.int(), z.number()]), z.union([z.number(), z.int()])],
    ['a refinement', z.int().refine(Boolean), z.int()],
    ['another pattern of a format', z.email({ pattern: /^a$/ }), z.email()],
    ['another name', z.int().meta({ id: 'A' }), z.int().meta({ id: 'B' })],
    ['a catch', z.int().catch(0), z.int().catch(1)],
  ];
  test.each(different)('tells %s', (_name, a, b) =>
    expect(modelHash(modelOf(a))).not.toBe(modelHash(modelOf(b))),
  );

  test('is 32 hexadecimal digits', () => expect(modelHash(modelOf(z.any()))).toMatch(/^[0-9a-f]{32}$/));

  test('ignores the documentation of an event', () => {
    const documented = { summary: 's', description: 'd', deprecated: true, examples: [1] };
    expect(modelHash(modelOf(z.int(), documented))).toBe(modelHash(modelOf(z.int())));
  });
});

describe('source order', () => {
  type Shape =
    | { readonly kind: 'leaf'; readonly of: number }
    | { readonly kind: 'object'; readonly of: readonly (readonly [string, Shape])[] };
  const leaves = [
    z.int(),
    z.email(),
    date(),
    z.enum(['a', 'b']),
    z.string().trim().max(3).meta({ id: 'Short' }),
    z.null().optional(),
  ];
  const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
    shape: fc.oneof(
      { maxDepth: 4 },
      fc.record({ kind: fc.constant('leaf' as const), of: fc.nat(leaves.length - 1) }),
      fc.record({
        kind: fc.constant('object' as const),
        of: fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), tie('shape')), {
          selector: ([key]) => key,
          maxLength: 5,
        }),
      }),
    ),
  }));
  const events = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), shape, { maxKeys: 6 });

  /** A contract of these events, with every record in the order that `arrange` gives it. */
  function contractOf(
    shapes: Readonly<Record<string, Shape>>,
    arrange: <T>(items: readonly T[]) => T[],
  ): Contract {
    const schemaOf = (one: Shape): z.ZodType =>
      one.kind === 'leaf'
        ? (leaves[one.of] as z.ZodType)
        : z.object(Object.fromEntries(arrange(one.of).map(([key, item]) => [key, schemaOf(item)])));
    const entries = arrange(Object.entries(shapes)).map(([name, one]) => [
      name,
      { kind: 'event', spec: { payload: schemaOf(one) } },
    ]);
    return {
      spec: { name: 't', version: '1.0.0', clientToServer: Object.fromEntries(entries), serverToClient: {} },
    } as unknown as Contract;
  }

  test('changes neither text nor hash', () => {
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat(1_000)), (shapes, ranks) => {
        const given = buildModel(contractOf(shapes, (items) => [...items]));
        const shuffled = buildModel(
          contractOf(shapes, (items) =>
            items
              .map((item) => ({ item, rank: ranks.next().value as number }))
              .sort((a, b) => a.rank - b.rank)
              .map(({ item }) => item),
          ),
        );
        expect(canonicalJson(shuffled.model)).toBe(canonicalJson(given.model));
        expect(modelHash(shuffled.model)).toBe(modelHash(given.model));
        expect(shuffled.diagnostics).toEqual(given.diagnostics);
      }),
      { numRuns: 200 },
    );
  });

  test('is not what text and hash are made of alone: they tell contracts apart', () => {
    expect(canonicalJson(modelOf(z.int()))).not.toBe(canonicalJson(modelOf(z.string())));
  });
});

test('a thousand events are read quickly', () => {
  const Base = z.object({ id: z.uuid(), at: date() });
  const entries = Array.from({ length: 1_000 }, (_, index) => {
    const payload = Base.extend({
      name: z.string().min(1).max(80),
      tags: z.array(z.string().max(20)).max(10),
      count: z.int().min(index),
      state: z.enum(['open', 'closed']).default('open'),
      note: z.string().optional(),
    });
    return [`event:${index}`, { kind: 'event', spec: { payload, ack: z.object({ ok: z.boolean() }) } }];
  });
  const spec = {
    name: 't',
    version: '1.0.0',
    clientToServer: Object.fromEntries(entries),
    serverToClient: {},
  };
  const start = process.cpuUsage();
  const { diagnostics } = buildModel({ spec } as unknown as Contract);
  const { user, system } = process.cpuUsage(start);
  expect(diagnostics).toEqual([]);
  expect((user + system) / 1_000, 'milliseconds of CPU').toBeLessThan(1_000);
});

/** The model with the keys and lists as the canonical text has them, patterns included. */
function canonicalOrder(model: ContractModel): unknown {
  return JSON.parse(JSON.stringify(model, (key, value: unknown) => (key === 'order' ? undefined : value)));
}
