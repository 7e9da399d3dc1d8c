import { date, defineContract, errorOf, event, raw, room, type Contract } from '@sockeye/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel, type BuildResult } from './build-model.ts';
import type { EventSpec } from '@sockeye/contract';

const Id = z.string().min(1).meta({ id: 'Id', description: 'Identifies something.' });

/** A contract of client events, as `defineContract` would return it. */
function contractOf(events: Readonly<Record<string, EventSpec>>, more: object = {}): Contract {
  const clientToServer = Object.fromEntries(
    Object.entries(events).map(([name, spec]) => [name, { kind: 'event', spec }]),
  );
  return {
    spec: { name: 't', version: '1.0.0', clientToServer, serverToClient: {}, ...more },
  } as unknown as Contract;
}

function typesOf(schemas: Readonly<Record<string, z.ZodType>>): BuildResult {
  return buildModel(contractOf({ e: { payload: z.object(schemas) } }));
}

describe('contract', () => {
  const contract = defineContract({
    name: 'shop',
    version: '2.1.0',
    summary: 'A shop.',
    auth: z.object({ token: z.string() }),
    identity: z.object({ id: Id }),
    rooms: {
      user: room({ userId: Id }, { auto: { userId: 'id' }, summary: 'One user.' }),
      seat: room({ row: z.int(), area: z.string() }),
    },
    errors: {
      SOLD_OUT: errorOf(z.object({ left: z.int() }), { summary: 'Nothing left.', retryable: true }),
      CLOSED: errorOf(),
    },
    clientToServer: {
      'seat:take': event({
        summary: 'Take a seat.',
        description: 'The first one wins.',
        deprecated: 'Use seat:hold.',
        payload: z.object({ area: z.string(), row: z.int() }),
        ack: z.object({ until: date() }),
        errors: ['SOLD_OUT', 'CLOSED'],
        joins: 'seat',
        limit: { rate: 2, per: '1.5s', burst: 4 },
        timeout: '2m',
        examples: [{ row: 1, area: 'A' }],
      }),
      tick: event({ delivery: 'volatile', deprecated: true }),
      old: event({
        args: [z.string(), z.int()],
        ack: raw([z.string().nullable(), z.int()], { failure: () => ['no', 0] }),
      }),
      older: event({ ack: raw(z.int()) }),
    },
    serverToClient: { news: event({ payload: Id, room: 'user' }) },
  });
  const { model, diagnostics } = buildModel(contract);

  test('has no finding', () => expect(diagnostics).toEqual([]));

  test('keeps its head', () => {
    expect(model).toMatchObject({
      format: 1,
      name: 'shop',
      version: '2.1.0',
      namespace: '/',
      summary: 'A shop.',
    });
    expect(model.identity).toMatchObject({ kind: 'object', properties: { id: { kind: 'ref', name: 'Id' } } });
  });

  test('keeps rooms', () => {
    expect(model.rooms).toEqual({
      seat: {
        params: {
          area: { kind: 'string' },
          row: { kind: 'number', checks: [{ check: 'format', format: 'safeint' }] },
        },
      },
      user: { summary: 'One user.', params: { userId: { kind: 'ref', name: 'Id' } }, auto: { userId: 'id' } },
    });
  });

  test('keeps errors', () => {
    expect(model.errors).toMatchObject({
      CLOSED: {},
      SOLD_OUT: { summary: 'Nothing left.', retryable: true },
    });
    expect(model.errors['CLOSED']).toEqual({});
  });

  test('keeps everything of an event', () => {
    expect(model.clientToServer['seat:take']).toMatchObject({
      summary: 'Take a seat.',
      description: 'The first one wins.',
      deprecated: 'Use seat:hold.',
      payload: { kind: 'object' },
      ack: { kind: 'envelope', data: { kind: 'object' } },
      errors: ['CLOSED', 'SOLD_OUT'],
      joins: 'seat',
      limit: { rate: 2, perMs: 1500, burst: 4 },
      timeoutMs: 120_000,
      examples: [{ area: 'A', row: 1 }],
    });
    expect(model.clientToServer['tick']).toEqual({ delivery: 'volatile', deprecated: true });
    expect(model.serverToClient['news']).toEqual({ payload: { kind: 'ref', name: 'Id' }, room: 'user' });
  });

  test('keeps acknowledgements of an existing wire', () => {
    expect(model.clientToServer['old']).toMatchObject({
      args: [{ kind: 'string' }, { kind: 'number' }],
      ack: { kind: 'raw-args', items: [{ kind: 'nullable' }, { kind: 'number' }], failure: true },
    });
    expect(model.clientToServer['older']?.ack).toMatchObject({ kind: 'raw-value', data: { kind: 'number' } });
    expect(model.clientToServer['older']?.ack).not.toHaveProperty('failure');
  });

  test('sorts every record by code unit', () => {
    expect(Object.keys(model.clientToServer)).toEqual(['old', 'older', 'seat:take', 'tick']);
    expect(Object.keys(model.rooms)).toEqual(['seat', 'user']);
    expect(Object.keys(model.types)).toEqual(['Id']);
  });
});

describe('named types', () => {
  test('are refs with the documentation of their use', () => {
    const { model } = typesOf({
      a: Id,
      b: Id.describe('Who did it.'),
      c: Id.optional(),
      d: z.array(Id.meta({ title: 'T' })),
    });
    expect(model.types).toEqual({
      Id: {
        kind: 'string',
        checks: [{ check: 'min-length', value: 1 }],
        description: 'Identifies something.',
      },
    });
    expect(model.clientToServer['e']?.payload).toMatchObject({
      properties: {
        a: { kind: 'ref', name: 'Id' },
        b: { kind: 'ref', name: 'Id', description: 'Who did it.' },
        c: { kind: 'optional', inner: { kind: 'ref', name: 'Id' } },
        d: { kind: 'array', item: { kind: 'ref', name: 'Id', title: 'T' } },
      },
    });
  });

  test('lose their name with more checks', () => {
    const { model } = typesOf({ a: Id.max(9), b: Id.refine(Boolean) });
    expect(model.types).toEqual({});
    expect(model.clientToServer['e']?.payload).toMatchObject({
      properties: { a: { kind: 'string' }, b: { kind: 'string', refinements: [{}] } },
    });
  });

  test('may share a shape under two names', () => {
    const { model, diagnostics } = typesOf({ a: Id, b: Id.meta({ id: 'Other' }) });
    expect(diagnostics).toEqual([]);
    expect(Object.keys(model.types)).toEqual(['Id', 'Other']);
  });

  test('may be made twice when they mean the same', () => {
    const make = (): z.ZodType => z.object({ at: date() }).meta({ id: 'Moment' });
    const { model, diagnostics } = typesOf({ a: make(), b: make() });
    expect(diagnostics).toEqual([]);
    expect(Object.keys(model.types)).toEqual(['Moment']);
  });

  test('must not mean two things', () => {
    const { diagnostics } = typesOf({ a: z.int().meta({ id: 'N' }), b: z.string().meta({ id: 'N' }) });
    expect(diagnostics).toMatchObject([
      { id: 'duplicate-type-id', path: ['clientToServer', 'e', 'payload', 'b'] },
    ]);
  });

  test('are looked into again where they stand on the wire', () => {
    const At = z.date().meta({ id: 'At' });
    const both = { decode: (value: string) => new Date(value), encode: (value: Date) => value.toISOString() };
    const { diagnostics } = typesOf({ a: z.codec(z.string(), At, both), b: At });
    expect(diagnostics.map(({ id, path }) => [id, path?.at(-1)])).toEqual([
      ['codec-without-name', 'a'],
      ['needs-codec', 'b'],
    ]);
  });
});

describe('recursion', () => {
  const Node = z
    .object({
      label: z.string(),
      get children() {
        return z.array(Node);
      },
      get parent() {
        return Node.nullable().optional();
      },
    })
    .meta({ id: 'Node' });
  const Author = z
    .object({
      get books() {
        return z.array(z.lazy(() => Book));
      },
    })
    .meta({ id: 'Author' });
  const Book: z.ZodType = z.object({ author: z.lazy(() => Author) }).meta({ id: 'Book' });

  test('of a type with itself', () => {
    const { model, diagnostics } = typesOf({ tree: Node });
    expect(diagnostics).toEqual([]);
    expect(model.types['Node']).toMatchObject({
      properties: {
        children: { item: { kind: 'ref', name: 'Node' } },
        parent: { inner: { inner: { kind: 'ref', name: 'Node' } } },
      },
    });
  });

  test('of two types with each other', () => {
    const { model, diagnostics } = typesOf({ a: Author, b: Book });
    expect(diagnostics).toEqual([]);
    expect(model.types).toMatchObject({
      Author: { properties: { books: { item: { kind: 'ref', name: 'Book' } } } },
      Book: { properties: { author: { kind: 'ref', name: 'Author' } } },
    });
  });

  test('that refers to the schema before it was named', () => {
    const Base = z.object({
      get next(): z.ZodType {
        return Base.optional();
      },
    });
    const { model, diagnostics } = typesOf({ list: Base.meta({ id: 'List' }) });
    expect(diagnostics).toEqual([]);
    expect(model.types['List']).toMatchObject({
      properties: { next: { inner: { kind: 'ref', name: 'List' } } },
    });
  });

  test('with a refinement on the way back', () => {
    const Tree: z.ZodType = z
      .object({ branches: z.array(z.lazy(() => Tree).refine(Boolean, { params: { id: 'r@1' } })) })
      .meta({ id: 'Tree' });
    expect(typesOf({ tree: Tree }).model.types['Tree']).toMatchObject({
      properties: {
        branches: {
          item: { kind: 'union', members: [{ kind: 'ref', name: 'Tree' }], refinements: [{ id: 'r@1' }] },
        },
      },
    });
  });
});

describe('odd input', () => {
  const trap = {
    get spec(): unknown {
      throw new Error('Trapped.');
    },
  };
  test.each([
    ['nothing', undefined, 0],
    ['a text', 'contract', 0],
    ['a contract that throws', trap, 1],
    [
      'events that are none',
      { spec: { clientToServer: { a: 1, b: null, c: { spec: { payload: 7, ack: 'x', args: [null] } } } } },
      3,
    ],
    [
      'a length of time that is none',
      { spec: { clientToServer: { a: { spec: { timeout: '3 weeks', limit: { rate: 1, per: 1 } } } } } },
      2,
    ],
  ])('%s is a finding, not an exception', (_name, contract, findings) => {
    const { model, diagnostics } = buildModel(contract as never);
    expect(model.format).toBe(1);
    expect(diagnostics).toHaveLength(findings);
    expect(diagnostics.every(({ level }) => level === 'error')).toBe(true);
  });
});
