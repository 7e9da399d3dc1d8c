import { isContract, type Contract } from '@sockeye/contract';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildModel } from '../codegen/src/build-model.ts';
import { generate, type GenerateOptions } from '../codegen/src/generate.ts';
import type { ContractModel } from '../codegen/src/model.ts';

const root = path.join(import.meta.dirname, 'golden');
const update = process.env['UPDATE_GOLDEN'] === '1';
const updateCommand = 'UPDATE_GOLDEN=1 npx vitest run test/golden.test.ts';

/** Cases that want something else than a server and a client with generated validators. */
const settings: Readonly<Record<string, Partial<GenerateOptions>>> = {
  board: { validators: 'zod', targets: ['server', 'client', 'react', 'angular'] },
  codecs: { targets: ['client'], uncompiled: 'import' },
  projections: { targets: ['server', 'client', 'react', 'angular'] },
  recursive: { targets: ['types'] },
};

const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe.each(cases)('golden %s', async (name) => {
  const folder = path.join(root, name, 'out');
  const { exportName, contract } = await loadContract(path.join(root, name, 'in.contract.ts'));
  const { model, diagnostics } = buildModel(contract);
  const options: GenerateOptions = {
    targets: ['server', 'client'],
    exportName,
    contractImport: '../in.contract.ts',
    source: 'in.contract.ts',
    hash: '<hash>',
    importExtension: '.ts',
    ...settings[name],
  };
  const generated = generate(model, options);
  if (update) rewrite(folder, generated.files);

  it('is read and named without errors', () => {
    expect([...diagnostics, ...generated.diagnostics].filter(({ level }) => level === 'error')).toEqual([]);
  });

  it.each(generated.files)('$path', ({ path: file, text }) => {
    expect(text, `To accept the difference: ${updateCommand}`).toBe(readText(path.join(folder, file)));
  });

  it('has no file that nothing generates', () => {
    const wanted = generated.files.map((file) => file.path);
    expect(readdirSync(folder).sort(), `To mend it: ${updateCommand}`).toEqual(wanted);
  });

  it('is the same from a shuffled model, and every time', () => {
    expect(generate(shuffled(model), options)).toEqual(generated);
    expect(generate(model, options)).toEqual(generated);
  });

  it.each(generated.files)(
    '$path has line feeds alone, one at its end, and no trailing space',
    ({ text }) => {
      expect(text).not.toMatch(/\r|[ \t]\n|\n\n\n|\n\n$/);
      expect(text.endsWith('\n')).toBe(true);
    },
  );
});

it('has at most fifteen cases, so that a person can read them', () => {
  expect(cases.length).toBeLessThanOrEqual(15);
});

async function loadContract(file: string): Promise<{ exportName: string; contract: Contract }> {
  const module = (await import(file)) as Record<string, unknown>;
  const [found] = Object.entries(module).filter((entry): entry is [string, Contract] => isContract(entry[1]));
  if (found === undefined) throw new Error(`${file} exports no contract.`);
  return { exportName: found[0], contract: found[1] };
}

/** The same model with the keys of every record the other way round; values of the contract's own stay as they are. */
function shuffled(model: ContractModel): ContractModel {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, ['examples', 'value'].includes(key) ? inner : turn(inner)]),
    );
  };
  return turn(model) as ContractModel;
}

function rewrite(folder: string, files: readonly { readonly path: string; readonly text: string }[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of files) writeFileSync(path.join(folder, file.path), file.text);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
