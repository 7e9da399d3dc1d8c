import { date, defineContract, event, raw, room } from '@sockeye/contract';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { buildModel } from '../build-model.ts';
import { parseLock, writeLock } from '../lock.ts';
import type { ContractModel } from '../model.ts';
import { compare } from './compare.ts';
import { judgeVersion } from './judge-version.ts';
import { judge } from './judge.ts';

function modelOf(spec: object): ContractModel {
  const contract = defineContract({
    name: 'sample',
    version: '1.0.0',
    clientToServer: {},
    serverToClient: {},
    ...spec,
  } as never);
  return buildModel(contract).model;
}

function carrying(payload: z.ZodType): ContractModel {
  return modelOf({ clientToServer: { save: event({ payload }) } });
}

const Task = z.object({ id: z.string(), title: z.string() });
const cat = z.object({ kind: z.literal('cat'), lives: z.int() });
const dog = z.object({ kind: z.literal('dog'), name: z.string() });

describe('equivalent contracts are silent', () => {
  test.each([
    ['inlined and named types', z.object({ task: Task }), z.object({ task: Task.meta({ id: 'Task' }) })],
    [
      'order of properties',
      z.object({ a: z.string(), b: z.number() }),
      z.object({ b: z.number(), a: z.string() }),
    ],
    ['order of disjoint members', z.union([z.string(), z.number()]), z.union([z.number(), z.string()])],
    ['order of an enum', z.enum(['a', 'b']), z.enum(['b', 'a'])],
    ['enum and union of literals', z.enum(['a', 'b']), z.union([z.literal('b'), z.literal('a')])],
    ['boolean and both its literals', z.boolean(), z.literal([true, false])],
    ['bounds of whole numbers', z.int().gt(0), z.int().min(1)],
    ['a fraction as the bound of a whole number', z.int().max(9.5), z.int().max(9)],
    ['lengths', z.string().length(3), z.string().min(3).max(3)],
    ['nullable and union with null', z.string().nullable(), z.union([z.null(), z.string()])],
    ['nullish and its parts', z.string().nullish(), z.string().nullable().optional()],
    ['discriminated and plain union', z.discriminatedUnion('kind', [cat, dog]), z.union([dog, cat])],
    [
      'nested and flat union',
      z.union([z.string(), z.union([z.number(), z.null()])]),
      z.union([z.string(), z.number(), z.null()]),
    ],
    ['documentation', Task, Task.describe('A task.').meta({ examples: [{ id: 'a', title: 'b' }] })],
    [
      'extension and intersection',
      cat.extend({ name: z.string() }),
      z.intersection(cat, z.object({ name: z.string() })),
    ],
    ['readonly and brand', z.array(z.string()), z.array(z.string().brand('id')).readonly()],
    ['exact optional', z.object({ a: z.exactOptional(z.string()) }), z.object({ a: z.string().optional() })],
    ['a duplicated check', z.string().max(5), z.string().max(5).max(9)],
    [
      'an unbounded record of any keys, partial or not',
      z.record(z.string(), z.number()),
      z.partialRecord(z.string(), z.number()),
    ],
  ])('%s', (_, before, after) => {
    expect(compare(carrying(before), carrying(after))).toEqual([]);
    expect(compare(carrying(after), carrying(before))).toEqual([]);
  });

  test('a model and the same model out of its lock', () => {
    const model = carrying(z.object({ mail: z.email(), at: date(), url: z.url(), id: z.uuid() }));
    const lock = parseLock(writeLock(model));
    expect(lock.ok && compare(lock.model, model)).toEqual([]);
    expect(lock.ok && compare(model, lock.model)).toEqual([]);
  });
});

describe('recursion', () => {
  const tree = (leaf: z.ZodType) => {
    const Tree = z
      .object({
        value: leaf,
        get children() {
          return z.array(Tree);
        },
      })
      .meta({ id: 'Tree' });
    return Tree;
  };

  test('a difference deep in a cycle is found once', () => {
    const facts = compare(carrying(tree(z.string())), carrying(tree(z.string().max(5))));
    expect(facts.map(({ fact, path, origin }) => [fact, path, origin])).toEqual([
      ['length-tightened', 'clientToServer["save"].payload.value', 'Tree.value'],
    ]);
  });

  test('an alternative in a cycle cannot hide behind itself', () => {
    const list = (leaf: z.ZodType) => {
      const Cell: z.ZodType = z
        .lazy(() => z.union([z.null(), z.object({ head: leaf, tail: Cell })]))
        .meta({ id: 'Cell' });
      return Cell;
    };
    const facts = compare(carrying(list(z.string())), carrying(list(z.number())));
    expect(facts.map(({ fact }) => fact)).toEqual(['type-changed']);
  });
});

describe('findings', () => {
  test('a change of a named type in many places is one finding', () => {
    const shared = (task: z.ZodType) =>
      modelOf({
        serverToClient: {
          created: event({ payload: z.object({ task }) }),
          updated: event({ payload: z.array(task) }),
        },
      });
    const findings = judge(
      compare(shared(Task.meta({ id: 'Task' })), shared(Task.omit({ title: true }).meta({ id: 'Task' }))),
    );
    expect(findings.map(({ rule, path, also }) => [rule, path, also])).toEqual([
      [
        'property-removed-required',
        'serverToClient["created"].payload.task.title',
        ['serverToClient["updated"].payload[].title'],
      ],
    ]);
  });

  test('the policy says whose break counts', () => {
    const facts = compare(carrying(z.enum(['a'])), carrying(z.enum(['a', 'b'])));
    expect(
      (['clients-lag', 'servers-lag', 'full'] as const).map((policy) => judge(facts, policy)[0]?.level),
    ).toEqual(['dangerous', 'breaking', 'breaking']);
  });

  test('a proof is a payload that one side sends and the other refuses', () => {
    const [finding] = judge(compare(carrying(Task), carrying(Task.extend({ due: date() }))));
    expect(finding).toMatchObject({
      level: 'breaking',
      affected: ['old clients with the new server'],
      message: 'save: The required property due was added.',
      proof: {
        kind: 'proved',
        sender: 'old client',
        reader: 'new server',
        witness: { verdict: 'rejects', effect: 'is refused at due: required, but missing' },
      },
    });
  });

  test('a long text is told by its beginning', () => {
    const [finding] = judge(compare(carrying(z.string().max(200)), carrying(z.string().max(100))));
    const effect = `is refused: "${'a'.repeat(50)}"... (200 characters) fails max-length 100`;
    expect(finding?.proof).toMatchObject({ witness: { payload: 'a'.repeat(200), effect } });
  });

  test('a named type that comes with a union member is told by its tag', () => {
    const [finding] = judge(
      compare(
        carrying(z.discriminatedUnion('kind', [cat, dog])),
        carrying(z.discriminatedUnion('kind', [cat, dog.extend({ age: z.int() })])),
      ),
    );
    expect(finding?.path).toBe('clientToServer["save"].payload<dog>.age');
  });

  test('an event whose acknowledgement changes names it', () => {
    const asking = (ack: z.ZodType) => modelOf({ clientToServer: { save: event({ ack }) } });
    const [finding] = judge(compare(asking(Task), asking(Task.omit({ id: true }))));
    expect(finding).toMatchObject({
      direction: 'outbound',
      position: 'ack',
      level: 'breaking',
      message: 'save (acknowledgement): The required property id was removed.',
    });
  });
});

describe('judgeVersion', () => {
  const versions = (version: string, payload: z.ZodType) =>
    modelOf({ version, clientToServer: { save: event({ payload }) } });
  const judged = (before: ContractModel, after: ContractModel) =>
    judgeVersion(before, after, judge(compare(before, after)));
  test.each([
    ['a break with the same major', '1.2.3', '1.3.0', Task.extend({ a: z.string() }), ['major-not-raised']],
    ['a break with a new major', '1.2.3', '2.0.0', Task.extend({ a: z.string() }), []],
    [
      'an addition with the same minor',
      '1.2.3',
      '1.2.4',
      Task.extend({ a: z.string().optional() }),
      ['minor-not-raised'],
    ],
    ['an addition with a new minor', '1.2.3', '1.3.0', Task.extend({ a: z.string().optional() }), []],
    ['a break below 1.0.0 with a new minor', '0.2.3', '0.3.0', Task.extend({ a: z.string() }), []],
    [
      'a break below 1.0.0 with a new patch',
      '0.2.3',
      '0.2.4',
      Task.extend({ a: z.string() }),
      ['major-not-raised'],
    ],
    ['no change', '1.2.3', '1.2.3', Task, []],
  ])('%s', (_, from, to, payload, want) => {
    expect(judged(versions(from, Task), versions(to, payload)).map(({ rule }) => rule)).toEqual(want);
  });
});

test('of a thousand events the one that changed is found', () => {
  const large = (title: z.ZodType) => {
    const payload = (index: number) =>
      z.object({
        id: z.uuid(),
        at: date(),
        kind: z.enum(['a', 'b', 'c']),
        tags: z.array(z.string().max(30)).max(20),
        nested: z.object({ index: z.int().min(index), note: z.string().optional() }),
        ...(index === 500 ? { title } : {}),
      });
    const events = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `event${index}`,
        event({ payload: payload(index), ack: raw(z.object({ ok: z.boolean() })) }),
      ]),
    );
    return modelOf({ clientToServer: events, rooms: { one: room({ id: z.string() }) } });
  };
  const [before, after] = [large(z.string()), large(z.string().max(5))];
  expect(judge(compare(before, after)).map(({ rule, path }) => [rule, path])).toEqual([
    ['length-tightened', 'clientToServer["event500"].payload.title'],
  ]);
});
