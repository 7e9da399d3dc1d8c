import { expect, test } from 'vitest';
import { createRerunner } from './rerun.ts';

/** Makes a new object of its arguments, each time. */
const make = (...parts: readonly unknown[]): object => ({
  parts,
  min: (least: number) => make(...parts, least),
});
const schemas = 'file:///schemas.js';
const packages = new Map<string, object>([
  [schemas, { make, config: make }],
  ['file:///other.js', { make }],
]);
const trusted = { isPackage: (url: string) => url === schemas, isModule: () => false };

const head = `"use strict";
var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// some.contract.ts
var some_exports = {};
__export(some_exports, {
  first: () => first,
  second: () => second
});
module.exports = some_exports;

// sockeye-package:${schemas}
var m = __sockeyePackage("${schemas}");
var make = m["make"];
var config = m["config"];

// sockeye-package:file:///other.js
var m2 = __sockeyePackage("file:///other.js");
var other = m2["make"];

// some.contract.ts
`.replace('module.exports = some_exports', 'module.exports = __toCommonJS(some_exports)');

function bundleOf(body: string) {
  const code =
    head.replace('var some_exports', 'var __toCommonJS = (each) => each;\nvar some_exports') + body;
  return {
    entry: '/project/some.contract.ts',
    code,
    map: '{"version":3,"sources":[],"mappings":""}',
    root: '/project',
  };
}

/** What became of `first` and `second` when the second code ran after the first: kept, or made anew. */
function rerun(before: string, after: string): Record<string, boolean> {
  const run = createRerunner();
  const one = run(bundleOf(before), { packages, trusted });
  const two = run(bundleOf(after), { packages, trusted });
  const cold = createRerunner()(bundleOf(after), { packages, trusted });
  if (!one.ok || !two.ok || !cold.ok) throw new Error('It did not run.');
  expect(JSON.stringify(two.exports)).toBe(JSON.stringify(cold.exports));
  return Object.fromEntries(
    Object.keys(cold.exports).map((name) => {
      const value = two.exports[name] as object;
      const isKept = one.exports[name] === value;
      if (!isKept) expect(two.isKept(value)).toBe(false);
      return [name, isKept];
    }),
  );
}

const kept = { first: true, second: true };

test.each([
  ['nothing changed', 'var first = make(1);\nvar second = make(first);', '', '', kept],
  [
    'the second changed',
    'var first = make(1);\nvar second = make(first, "a");',
    '"a"',
    '"b"',
    { first: true, second: false },
  ],
  [
    'the first changed',
    'var first = make(1);\nvar second = make(first);',
    '(1)',
    '(2)',
    { first: false, second: false },
  ],
  [
    'a number deeper',
    'var first = make(1).min(1);\nvar second = make(2).min(1);',
    '(2)',
    '(3)',
    { first: true, second: false },
  ],
  [
    'a function that the second calls',
    'function of(x) {\n  return make(x, "a");\n}\nvar first = make(1);\nvar second = of(first);',
    '"a"',
    '"b"',
    { first: true, second: false },
  ],
  [
    'a function that nobody calls',
    'function of(x) {\n  return make(x, "a");\n}\nvar first = make(1);\nvar second = make(first);',
    '"a"',
    '"b"',
    kept,
  ],
  [
    'what it leads back to',
    'var first = make({ get of() {\n  return second;\n} });\nvar second = make("a");',
    '"a"',
    '"b"',
    { first: false, second: false },
  ],
  [
    'the order of what looks ahead',
    'var third = make(3);\nvar first = make(() => second);\nvar second = make(2);',
    'var third = make(3);\nvar first = make(() => second);',
    'var first = make(() => second);\nvar third = make(3);',
    { first: false, second: true },
  ],
])('takes what is the same: %s', (_name, code, from, to, want) => {
  expect(rerun(code, code.replace(from, to))).toEqual(want);
});

test.each([
  ['the clock', 'var second = make(Date.now() > 0);'],
  ['the environment', 'var second = make(process.env.HOME);'],
  ['chance', 'var second = make(Math.random() < 2);'],
  ['a package that is not known', 'var second = other(1);'],
  ['a global of the setting', 'var second = make(config(1));'],
  ['a counter', 'var count = 0;\nvar next = () => count++;\nvar second = make(next());'],
  ['a list that is added to', 'var list = [];\nvar third = list.push(1);\nvar second = make(list);'],
  ['a function that is handed in', 'var second = make([1].map(other));'],
  ['a name of the environment as a parameter', 'var second = make(((process) => 1), process.env.HOME);'],
  [
    'a member that is no package',
    'var list = { "a-b": 1 };\nvar third = list["a-b"];\nvar second = make(third);',
  ],
  [
    'functions that call each other',
    'function one(x) {\n  return two(x);\n}\nfunction two(x) {\n  return x > 0 ? one(x - 1) : Date.now() > 0;\n}\nvar second = make(two(1));',
  ],
  ['a class', 'var Some = class {\n};\nvar second = make(new Some());'],
])('makes anew what depends on %s', (_name, code) => {
  expect(rerun(`var first = make(1);\n${code}`, `var first = make(1);\n${code}`)).toEqual({
    first: true,
    second: false,
  });
});

test.each([
  ['is not known', 'var second = other(first);'],
  ['calls what is not known', 'var second = (() => other(first))();'],
  ['changes it', 'var second = Object.assign(first, { a: 1 });'],
])('makes anew what somebody got that %s', (_name, code) => {
  expect(rerun(`var first = make(1);\n${code}`, `var first = make(1);\n${code}`)).toEqual({
    first: false,
    second: false,
  });
});

test.each([
  ['a statement that is no declaration', 'var first = make(1);\nvar second = make(2);\nfirst.a = 1;'],
  ['a name that is declared twice', 'var first = make(1);\nvar second = make(2);\nvar second = make(3);'],
  ['several names at once', 'var { first, second } = { first: make(1), second: make(2) };'],
  ['a slash that may be either', 'var second = make(2);\nvar first = make((1) / 2);'],
])('runs the whole for %s', (_name, code) => {
  expect(rerun(code, code)).toEqual({ first: false, second: false });
});

const table = (one: string, two: string) => `var first = make(1);
var second = {
  head: "text",
  list: {
    "a:one": make(first, ${one}),
    two: make(${two}).min(3)
  },
  lazy: (x) => ({ three: make(x) })
};`;

test('takes entries of an object that has changed', () => {
  const run = createRerunner();
  const outcome = (code: string) => {
    const result = run(bundleOf(code), { packages, trusted });
    if (!result.ok) throw result.error;
    const { list } = result.exports['second'] as { readonly list: Record<string, object> };
    return { list, isKept: result.isKept };
  };
  const before = outcome(table('1', '`te\nxt`'));
  const after = outcome(table('1', '/[/)}"]/'));
  expect(after.list['a:one']).toBe(before.list['a:one']);
  expect(after.isKept(after.list['a:one'] as object)).toBe(true);
  expect(after.list['two']).toMatchObject({ parts: [/[/)}"]/, 3] });
  expect(after.isKept(after.list['two'] as object)).toBe(false);
});

test('says what is thrown, and trusts nothing after it', () => {
  const run = createRerunner();
  const good = 'var first = make(1);\nvar second = make(2);';
  const one = run(bundleOf(good), { packages, trusted });
  const bad = run(bundleOf(`${good}\nvar third = missing(1);`), { packages, trusted });
  expect(bad).toMatchObject({ ok: false, error: new ReferenceError('missing is not defined') });
  const two = run(bundleOf(good), { packages, trusted });
  expect(one.ok && two.ok && one.exports['first'] !== two.exports['first']).toBe(true);
});

test('lets everything go now and then', () => {
  const run = createRerunner();
  const firsts = new Set<unknown>();
  for (let count = 0; count < 401; count += 1) {
    const result = run(bundleOf('var first = make(1);\nvar second = make(2);'), { packages, trusted });
    if (result.ok) firsts.add(result.exports['first']);
  }
  expect(firsts.size).toBe(3);
});
