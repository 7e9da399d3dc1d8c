import { expect, test } from 'vitest';
import { wrapped } from './wrap.ts';

const long = 'a'.repeat(60);

test.each([
  ['a line that fits stays', 'const x = f(a, b);', 'const x = f(a, b);'],
  ['an expression is not broken', `const x = /${long}(, ${long})/;`, `const x = /${long}(, ${long})/;`],
  [
    'brackets in texts are none',
    `const x = f("it's (", '${long}', \`[\`, '${long}');`,
    `const x = f(\n  "it's (",\n  '${long}',\n  \`[\`,\n  '${long}'\n);`,
  ],
  [
    'a condition is broken at its operators',
    `  if (${long} || (${long} && b)) return INVALID;`,
    `  if (\n    ${long} ||\n    (${long} && b)\n  ) return INVALID;`,
  ],
  [
    'a choice is broken before its sides',
    `  return ok ? { ${long} } : { ${long} };`,
    `  return ok\n    ? { ${long} }\n    : { ${long} };`,
  ],
])('%s', (_, given, want) => {
  expect(wrapped(given)).toBe(want);
});
