import { describe, expect, it } from 'vitest';
import type { TypeNode } from '../model.ts';
import { print } from './layout.ts';
import { objectNode } from './model.fixture.ts';
import { typeLayout } from './type-text.ts';

const text = { kind: 'string' } as const;
const number = { kind: 'number' } as const;
const maybe = (inner: TypeNode): TypeNode => ({ kind: 'optional', inner });
const ref = (name: string): TypeNode => ({ kind: 'ref', name });
const literals = (...values: (string | number | boolean | null)[]): TypeNode => ({ kind: 'literal', values });
const union = (...members: TypeNode[]): TypeNode => ({ kind: 'union', members });
const record = (key: TypeNode, mode: 'exhaustive' | 'partial' | 'loose' = 'exhaustive'): TypeNode => ({
  kind: 'record',
  key,
  value: number,
  mode,
});

const types: Record<string, TypeNode> = {
  Id: text,
  Maybe: maybe(text),
  Point: objectNode({ x: number }),
  Side: { kind: 'enum', values: ['left', 'right'] },
  Table: {
    kind: 'codec',
    codec: 'map',
    wire: { kind: 'any' },
    app: { kind: 'map', key: text, value: number },
  },
};

describe('a schema', () => {
  it.each<[string, TypeNode, string]>([
    ['literals', literals('b', 'a', 1, null), "'a' | 'b' | 1 | null"],
    ['a literal with quotes', literals("it's"), `"it's"`],
    ['the only literal of a list that is empty', literals(), 'never'],
    ['minus zero', literals(-0), '0'],
    ['union of one', union(text), 'string'],
    ['union of nothing', union(), 'never'],
    ['union with unknown', union(text, { kind: 'any' }), 'unknown'],
    [
      'null and undefined last',
      union({ kind: 'undefined' }, { kind: 'null' }, text),
      'string | null | undefined',
    ],
    ['array of a union', { kind: 'array', item: union(text, number) }, '(number | string)[]'],
    [
      'array of readonly arrays',
      { kind: 'array', item: { kind: 'readonly', inner: { kind: 'array', item: text } } },
      '(readonly string[])[]',
    ],
    ['optional outside of an object', maybe(text), 'string | undefined'],
    ['default of optional', { kind: 'default', inner: maybe(text), value: 'a' }, 'string'],
    [
      'default of an optional name',
      { kind: 'default', inner: ref('Maybe'), value: 'a' },
      'Exclude<Maybe, undefined>',
    ],
    ['object in an array', { kind: 'array', item: objectNode({ a: text }) }, '{ a: string }[]'],
    ['absent key by name', objectNode({ a: ref('Maybe') }), '{ a?: Maybe }'],
    [
      'exactly optional key',
      objectNode({ a: { kind: 'optional', inner: text, exact: true } }),
      '{ a?: string }',
    ],
    [
      'key that a default fills',
      objectNode({ a: { kind: 'default', inner: text, value: '' } }),
      '{ a: string }',
    ],
    ['key that is no identifier', objectNode({ 'a-b': text, 1: text }), `{ '1': string; 'a-b': string }`],
    [
      'tuple with optional items',
      { kind: 'tuple', items: [text, maybe(number)] },
      '[string, (number | undefined)?]',
    ],
    [
      'optional item before one that is not',
      { kind: 'tuple', items: [maybe(text), number] },
      '[string | undefined, number]',
    ],
    [
      'tuple with rest',
      { kind: 'tuple', items: [text], rest: union(text, number) },
      '[string, ...(number | string)[]]',
    ],
    ['record by name of an enum', record(ref('Side')), 'Record<Side, number>'],
    ['record by literals', record(literals('a', 'b')), "Record<'a' | 'b', number>"],
    ['partial record', record(ref('Side'), 'partial'), 'Partial<Record<Side, number>>'],
    ['record by text', record(ref('Id')), '{ [key: Id]: number }'],
    [
      'loose record by enum',
      record(ref('Side'), 'loose'),
      '{ left?: number; right?: number; [key: string]: unknown }',
    ],
    ['readonly record', { kind: 'readonly', inner: record(text) }, '{ readonly [key: string]: number }'],
    ['readonly name of an object', { kind: 'readonly', inner: ref('Point') }, 'Readonly<Point>'],
    ['readonly name of a map', { kind: 'readonly', inner: ref('Table') }, 'ReadonlyMap<string, number>'],
    ['readonly name of a text', { kind: 'readonly', inner: ref('Id') }, 'Id'],
    ['generic class', { kind: 'instance', className: 'WeakMap' }, 'WeakMap<object, unknown>'],
    [
      'intersection with a union',
      { kind: 'intersection', left: union(ref('Point'), ref('Id')), right: objectNode({ a: text }) },
      '(Id | Point) & { a: string }',
    ],
    ['intersection with unknown', { kind: 'intersection', left: { kind: 'any' }, right: text }, 'string'],
    [
      'catchall beside known keys',
      { kind: 'object', properties: { a: maybe(text) }, unknownKeys: number },
      '{ a?: string | undefined; [key: string]: number | string | undefined }',
    ],
    [
      'template',
      { kind: 'template', parts: ['a`${', number, '/', ref('Side')], pattern: '' },
      '`a\\`\\${${number}/${Side}`',
    ],
    [
      'template of more texts than TypeScript bears',
      { kind: 'template', parts: Array.from({ length: 12 }, () => ref('Side')), pattern: '' },
      `\`${'${string}'.repeat(12)}\``,
    ],
  ])('%s', (_name, node, wanted) => {
    expect(print(typeLayout(node, { types }), '', [0, 0])).toBe(wanted);
  });

  it('is broken where it does not fit', () => {
    const long = union(...['a', 'b', 'c'].map((name) => objectNode({ [name.repeat(30)]: text })));
    expect(print(typeLayout({ kind: 'array', item: long }, { types }), '  ', [2, 0])).toBe(
      `(\n    | { ${'a'.repeat(30)}: string }\n    | { ${'b'.repeat(30)}: string }\n    | { ${'c'.repeat(30)}: string }\n  )[]`,
    );
  });
});
