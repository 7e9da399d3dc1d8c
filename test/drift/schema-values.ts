import type { Chooser } from './chooser.ts';
import { formatTexts, type Ast } from './schema-ast.ts';

const names = ['id', 'text', 'x', 'y', 'extra'] as const;

/** A value in wire form that is likely to be accepted, and sometimes is not. */
export function valueOf(ast: Ast, choose: Chooser, depth = 0): unknown {
  if (choose.pick(24) === 0) return choose.one([null, 1, -1.5, 'a', '', true, {}, [], { id: 'a' }, ['a']]);
  switch (ast.t) {
    case 'string': {
      if (ast.format !== undefined) return formatTexts[choose.pick(3) === 0 ? choose.pick(6) : ast.format];
      if (ast.pattern !== undefined)
        return choose.one(['abc', 'ABC', '12', '1234', 'x-', 'x-ab', 'ab', 'cde', 'x', 'xyz']);
      const length = choose.one([ast.min ?? 0, ast.max ?? 5, (ast.min ?? 0) + 1, choose.pick(8)]);
      return choose
        .one(['aaaaaaaa', 'xbcdefgh', ' a b c d', 'x-x-x-x-', '12345678', 'XYZXYZXY'])
        .slice(0, length);
    }
    case 'number':
      return choose.one([
        ast.min ?? 0,
        ast.max ?? 9,
        (ast.min ?? 0) + 1,
        (ast.max ?? 9) + 1,
        (ast.min ?? 0) - 1,
        0.5,
        (ast.step ?? 1) * choose.pick(5),
        choose.pick(12) - 2,
        2 ** 53,
        1e20,
      ]);
    case 'boolean':
      return choose.pick(2) === 0;
    case 'null':
      return null;
    case 'any':
      return choose.one(['a', 1, null, true, {}, [], { id: 'a' }, 'x-1', '12', 2.5]);
    case 'date':
      return choose.one(['2026-11-21T08:00:00Z', '2026-11-21T08:00:00.000Z', '2026-11-21T08:00:00.5Z']);
    case 'bigint':
      return choose.one(['0', '-1', '12345678901234567890', '007']);
    case 'stringbool':
      return choose.one(['true', 'false', 'yes', 'TRUE']);
    case 'tree':
    case 'forest':
      return {
        name: choose.one(['a', 'long name']),
        children: depth < 3 && choose.pick(2) ? [valueOf(ast, choose, depth + 1)] : [],
      };
    case 'enum':
      return choose.one(ast.values);
    case 'literal':
      return ast.value;
    case 'template':
      return choose.one(['a1', 'a12', 'b-', 'b-x', 'a1.5']);
    case 'object': {
      const entries = Object.entries(ast.props).map(
        ([name, prop]) => [name, valueOf(prop, choose, depth + 1)] as const,
      );
      const value = Object.fromEntries(entries.filter(([, item]) => item !== undefined));
      return choose.pick(5) === 0
        ? { ...value, [choose.one(names)]: choose.one(['text', 1, null, 5]) }
        : value;
    }
    case 'array':
      return Array.from(
        { length: choose.one([ast.min ?? 0, ast.max ?? 2, choose.pick(5)]) },
        () => valueOf(ast.item, choose, depth + 1) ?? null,
      );
    case 'tuple': {
      const items = ast.items.map((item) => valueOf(item, choose, depth + 1));
      while (items.length > 0 && items.at(-1) === undefined) items.pop();
      const rest = ast.rest && choose.pick(2) ? [valueOf(ast.rest, choose, depth + 1) ?? null] : [];
      return [...items.map((item) => item ?? null), ...rest];
    }
    case 'record': {
      const keys = Array.isArray(ast.key) ? ast.key : choose.one([['x1'], ['a'], [], ['x1', 'x2']]);
      const kept = ast.mode === 'record' && choose.pick(6) > 0 ? keys : keys.filter(() => choose.pick(2) > 0);
      const entries = (kept as readonly string[]).map(
        (key) => [key, valueOf(ast.value, choose, depth + 1)] as const,
      );
      return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    }
    case 'union':
      return valueOf(choose.one(ast.members), choose, depth);
    case 'tagged': {
      const [tag, member] = choose.one(Object.entries(ast.members));
      const value = valueOf(member, choose, depth + 1);
      return value === undefined ? { kind: tag } : { kind: tag, value };
    }
    case 'both': {
      const [left, right] = [valueOf(ast.left, choose, depth), valueOf(ast.right, choose, depth)];
      return choose.pick(2) ? left : right;
    }
    case 'optional':
      return choose.pick(3) === 0 ? undefined : valueOf(ast.inner, choose, depth);
    case 'nullable':
      return choose.pick(3) === 0 ? null : valueOf(ast.inner, choose, depth);
    case 'default':
      return choose.pick(4) === 0 ? undefined : valueOf(ast.inner, choose, depth);
    case 'catch':
      return choose.pick(4) === 0
        ? choose.one([7, 'bad', null, undefined])
        : valueOf(ast.inner, choose, depth);
    case 'readonly':
    case 'named':
      return valueOf(ast.inner, choose, depth);
    default:
      return ast satisfies never;
  }
}
