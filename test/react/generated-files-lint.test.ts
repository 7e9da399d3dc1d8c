import { ESLint } from 'eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import tseslint from 'typescript-eslint';
import { expect, it } from 'vitest';

const generated = path.join(import.meta.dirname, '../golden/board/out/board.react.gen.ts');

/** The strictest preset of React's own rules, deaf to comments that switch rules off. */
const eslint = new ESLint({
  overrideConfigFile: true,
  allowInlineConfig: false,
  overrideConfig: [
    { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser: tseslint.parser } },
    reactHooks.configs.flat['recommended-latest'],
  ],
});

/** Ids of the rules that a text breaks. */
async function broken(text: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: 'test/react/given.tsx' });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

it('generated hooks keep the rules of React', async () => {
  expect(await broken(readFileSync(generated, 'utf8'))).toEqual([]);
});

it('the rules see through them', async () => {
  const text = readFileSync(generated, 'utf8').replace('  Hooks.useEvent(', '  if (event) Hooks.useEvent(');
  expect(await broken(text)).toEqual(['react-hooks/rules-of-hooks']);
});
