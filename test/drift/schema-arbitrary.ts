import fc from 'fast-check';
import type { Chooser } from './chooser.ts';
import type { Ast } from './schema-ast.ts';

const names = ['id', 'text', 'x', 'y', 'extra'] as const;
const words = ['a', 'b', 'c', 'd'] as const;
const small = fc.integer({ min: 0, max: 4 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Without keys that are undefined, as a person would write it. */
const tidy = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Schemas of all kinds, three levels deep. */
export const asts: fc.Arbitrary<Ast> = fc.letrec<{ any: Ast; leaf: Ast; inner: Ast }>((tie) => ({
  leaf: fc.oneof(
    fc
      .record({
        t: fc.constant('string' as const),
        min: maybe(small),
        max: maybe(fc.integer({ min: 2, max: 6 })),
        trim: fc.option(fc.constant(true), { nil: undefined, freq: 8 }),
      })
      .map(tidy),
    fc
      .record({
        t: fc.constant('string' as const),
        pattern: fc.nat(4),
        max: maybe(fc.integer({ min: 3, max: 6 })),
      })
      .map(tidy),
    fc.record({ t: fc.constant('string' as const), format: fc.nat(5) }),
    fc
      .record({
        t: fc.constant('number' as const),
        int: maybe(fc.constant(true)),
        min: maybe(fc.integer({ min: -2, max: 3 })),
        max: maybe(fc.integer({ min: 4, max: 9 })),
        gt: maybe(fc.constant(true)),
        step: fc.option(fc.constantFrom(1, 2, 3, 4, 0.5), { nil: undefined, freq: 4 }),
      })
      .map(tidy),
    fc.record({
      t: fc.constantFrom(
        'boolean' as const,
        'null' as const,
        'any' as const,
        'date' as const,
        'bigint' as const,
        'stringbool' as const,
        'tree' as const,
      ),
    }),
    fc.record({
      t: fc.constant('enum' as const),
      values: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }),
    }),
    fc.record({ t: fc.constant('literal' as const), value: fc.constantFrom('a', 'b', 1, 2, true) }),
    fc.record({ t: fc.constant('template' as const), parts: fc.nat(2) }),
  ) as fc.Arbitrary<Ast>,
  inner: fc.oneof(
    fc.record({
      t: fc.constant('object' as const),
      props: fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 4, noNullPrototype: true }),
      keys: fc.constantFrom(
        'strip' as const,
        'strip' as const,
        'strict' as const,
        'loose' as const,
        'catchall' as const,
      ),
    }),
    fc
      .record({
        t: fc.constant('array' as const),
        item: tie('any'),
        min: maybe(fc.nat(2)),
        max: maybe(fc.integer({ min: 2, max: 4 })),
      })
      .map(tidy),
    fc
      .record({
        t: fc.constant('tuple' as const),
        items: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
        rest: fc.option(tie('any'), { nil: undefined, freq: 3 }),
      })
      .map(tidy),
    fc
      .record({
        t: fc.constant('record' as const),
        key: fc.oneof(
          fc.constantFrom('text' as const, 'pattern' as const),
          fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
        ),
        value: tie('any'),
        mode: fc.constantFrom('record' as const, 'partial' as const, 'loose' as const),
      })
      .map((ast) =>
        ast.mode === 'loose' && Array.isArray(ast.key) ? { ...ast, mode: 'record' as const } : ast,
      ),
    fc.record({
      t: fc.constant('union' as const),
      members: fc.array(tie('any'), { minLength: 2, maxLength: 3 }),
      how: fc.constantFrom('union' as const, 'union' as const, 'union' as const, 'xor' as const),
    }),
    fc.record({
      t: fc.constant('tagged' as const),
      members: fc.dictionary(fc.constantFrom(...words), tie('any'), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
      how: fc.constantFrom('discriminated' as const, 'union' as const),
    }),
    fc.record({ t: fc.constant('both' as const), left: tie('leaf'), right: tie('leaf') }),
    fc.record({
      t: fc.constantFrom('optional' as const, 'nullable' as const, 'readonly' as const, 'named' as const),
      inner: tie('any'),
    }),
    fc.record({
      t: fc.constantFrom('default' as const, 'catch' as const),
      inner: tie('any'),
      seed: fc.nat(9),
    }),
  ) as fc.Arbitrary<Ast>,
  any: fc.oneof({ maxDepth: 3, depthIdentifier: 'ast', withCrossShrink: true }, tie('leaf'), tie('inner')),
})).any;

/** A schema with one thing changed somewhere. */
export function mutate(ast: Ast, choose: Chooser, other: Ast): Ast {
  const children = childrenOf(ast);
  if (children.length > 0 && choose.pick(3) > 0) {
    const [inner, put] = choose.one(children);
    return put(mutate(inner, choose, other));
  }
  return change(ast, choose, other);
}

type Child = readonly [inner: Ast, put: (changed: Ast) => Ast];

function childrenOf(ast: Ast): readonly Child[] {
  switch (ast.t) {
    case 'object':
      return Object.entries(ast.props).map(([name, prop]) => [
        prop,
        (changed) => ({ ...ast, props: { ...ast.props, [name]: changed } }),
      ]);
    case 'array':
      return [[ast.item, (item) => ({ ...ast, item })]];
    case 'tuple':
      return [
        ...ast.items.map((item, index): Child => [
          item,
          (changed) => ({ ...ast, items: ast.items.with(index, changed) }),
        ]),
        ...(ast.rest ? [[ast.rest, (rest: Ast) => ({ ...ast, rest })] as const] : []),
      ];
    case 'record':
      return [[ast.value, (value) => ({ ...ast, value })]];
    case 'union':
      return ast.members.map((member, index) => [
        member,
        (changed) => ({ ...ast, members: ast.members.with(index, changed) }),
      ]);
    case 'tagged':
      return Object.entries(ast.members).map(([tag, member]) => [
        member,
        (changed) => ({ ...ast, members: { ...ast.members, [tag]: changed } }),
      ]);
    case 'both':
      return [
        [ast.left, (left) => ({ ...ast, left })],
        [ast.right, (right) => ({ ...ast, right })],
      ];
    case 'optional':
    case 'nullable':
    case 'readonly':
    case 'named':
    case 'default':
    case 'catch':
      return [[ast.inner, (inner) => ({ ...ast, inner })]];
    default:
      return [];
  }
}

function change(ast: Ast, choose: Chooser, other: Ast): Ast {
  const own = ownChange(ast, choose, other);
  const wrapped: readonly (() => Ast)[] = [
    () => ({ t: 'optional', inner: ast }),
    () => ({ t: 'nullable', inner: ast }),
    () => ({ t: 'default', inner: ast, seed: choose.pick(9) }),
    () => ({ t: 'catch', inner: ast, seed: choose.pick(9) }),
    () => ({ t: 'named', inner: ast }),
    () => ({ t: 'union', members: [ast, other], how: 'union' }),
    () => other,
    () => ('inner' in ast ? ast.inner : { t: 'readonly', inner: ast }),
  ];
  return own && choose.pick(4) > 0 ? own : choose.one(wrapped)();
}

function ownChange(ast: Ast, choose: Chooser, other: Ast): Ast | undefined {
  switch (ast.t) {
    case 'string':
      return tidy({
        ...ast,
        ...choose.one([
          { min: choose.pick(5) },
          { max: 2 + choose.pick(5) },
          { max: undefined },
          { min: undefined },
          { pattern: choose.pick(5) },
          { pattern: undefined, format: undefined },
          { format: choose.pick(6) },
          { trim: !ast.trim },
          { starts: !ast.starts },
        ] as readonly object[]),
      });
    case 'number':
      return tidy({
        ...ast,
        ...choose.one([
          { min: choose.pick(5) - 2 },
          { max: 4 + choose.pick(6) },
          { min: undefined },
          { max: undefined },
          { int: !ast.int },
          { gt: !ast.gt },
          { step: choose.one([1, 2, 3, 4, 0.5]) },
          { step: undefined },
        ] as readonly object[]),
      });
    case 'enum': {
      const missing = words.filter((word) => !ast.values.includes(word));
      if (missing.length > 0 && choose.pick(2) === 0)
        return { ...ast, values: [...ast.values, choose.one(missing)] };
      return ast.values.length > 1 ? { ...ast, values: ast.values.slice(1) } : { t: 'literal', value: 'c' };
    }
    case 'literal':
      return { t: 'literal', value: choose.one(['a', 'b', 'c', 1, 2, false]) };
    case 'template':
      return { t: 'template', parts: ast.parts + 1 };
    case 'tree':
      return { t: 'forest' };
    case 'forest':
      return { t: 'tree' };
    case 'object':
      return objectChange(ast, choose, other);
    case 'array':
      return tidy({
        ...ast,
        ...choose.one([
          { min: choose.pick(3) },
          { max: 1 + choose.pick(4) },
          { min: undefined },
          { max: undefined },
        ] as readonly object[]),
      });
    case 'tuple':
      return choose.one<() => Ast>([
        () => ({ ...ast, items: [...ast.items, other] }),
        () => ({ ...ast, items: [...ast.items, { t: 'optional', inner: other } as const] }),
        () => ({ ...ast, items: ast.items.length > 1 ? ast.items.slice(1) : ast.items }),
        () => ({ ...ast, items: ast.items.toReversed() }),
        () => tidy({ ...ast, rest: ast.rest ? undefined : other }) as Ast,
        () => ({ t: 'array', item: ast.items[0] as Ast }),
      ])();
    case 'record':
      return choose.one<() => Ast>([
        () => ({
          ...ast,
          key: choose.one(['text', 'pattern', ['a', 'b'], ['a', 'b', 'c']] as const),
          mode: choose.one(['record', 'partial'] as const),
        }),
        () => ({ ...ast, mode: Array.isArray(ast.key) ? ('partial' as const) : ('loose' as const) }),
        () => ({ t: 'object', props: { x: ast.value }, keys: 'strip' }),
      ])();
    case 'union':
      return choose.one<() => Ast>([
        () => ({ ...ast, members: [...ast.members, other] }),
        () => ({ ...ast, members: ast.members.slice(1) }),
        () => ({ ...ast, members: ast.members.toReversed() }),
        () => ({ ...ast, how: ast.how === 'xor' ? ('union' as const) : ('xor' as const) }),
      ])();
    case 'tagged':
      return choose.one<() => Ast>([
        () => ({ ...ast, members: { ...ast.members, [choose.one(words)]: other } }),
        () =>
          Object.keys(ast.members).length > 1
            ? { ...ast, members: Object.fromEntries(Object.entries(ast.members).slice(1)) }
            : ast,
        () => ({ ...ast, how: ast.how === 'union' ? ('discriminated' as const) : ('union' as const) }),
      ])();
    default:
      return undefined;
  }
}

function objectChange(ast: Ast & { readonly t: 'object' }, choose: Chooser, other: Ast): Ast {
  const entries = Object.entries(ast.props);
  return choose.one<() => Ast>([
    () => ({ ...ast, props: { ...ast.props, [choose.one(names)]: other } }),
    () => ({
      ...ast,
      props: { ...ast.props, [choose.one(names)]: { t: 'optional', inner: other } as const },
    }),
    () => ({ ...ast, props: Object.fromEntries(entries.slice(1)) }),
    () => ({
      ...ast,
      props: Object.fromEntries(entries.map(([name, prop], index) => [index === 0 ? 'renamed' : name, prop])),
    }),
    () => ({ ...ast, keys: choose.one(['strip', 'strict', 'loose', 'catchall'] as const) }),
    () => ({ t: 'record', key: 'text', value: entries[0]?.[1] ?? other, mode: 'record' }),
    () => ({ ...ast, props: Object.fromEntries(entries.toReversed()) }),
  ])();
}
