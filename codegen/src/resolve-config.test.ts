import { expect, test } from 'vitest';
import { resolveConfig } from './resolve-config.ts';

const contracts = ['a.contract.ts'];
const outputs = [{ dir: 'out', targets: ['server'] }];
const file = '/project/sockeye.config.ts';

test('resolves paths and defaults once', () => {
  expect(resolveConfig({ contracts, outputs }, file)).toMatchObject({
    ok: true,
    config: {
      file,
      root: '/project',
      contracts,
      outputs: [{ dir: '/project/out', targets: ['server'], importExtension: '.js' }],
      validators: 'generated',
      command: 'npx sockeye generate',
      lock: '/project/contracts/lock',
      approve: [],
      lint: {},
    },
  });
});

test('an output may end its imports in its own way', () => {
  const own = [{ dir: 'app', targets: ['angular'], importExtension: '' }, ...outputs];
  expect(resolveConfig({ contracts, outputs: own, importExtension: '.ts' }, file)).toMatchObject({
    config: { outputs: [{ importExtension: '' }, { importExtension: '.ts' }] },
  });
});

test.each([
  [
    'a misspelt key',
    { contracts, outputs, importExtention: '.ts' },
    'importExtention',
    'Unknown key "importExtention".',
    'Did you mean "importExtension"?',
  ],
  [
    'an unknown key',
    { contracts, outputs, plugins: [] },
    'plugins',
    'Unknown key "plugins".',
    expect.stringMatching(/^Valid values: "contracts", "outputs", /) as string,
  ],
  [
    'a misspelt key of an output',
    { contracts, outputs: [{ dir: 'a', targets: ['server'], target: 1 }] },
    'outputs.0.target',
    'Unknown key "target".',
    'Did you mean "targets"?',
  ],
  [
    'a misspelt target',
    { contracts, outputs: [{ dir: 'a', targets: ['sever'] }] },
    'outputs.0.targets.0',
    'outputs[0].targets[0] must not be "sever".',
    'Did you mean "server"?',
  ],
  [
    'a missing key',
    { outputs },
    'contracts',
    'contracts is missing.',
    `Write contracts: ['contracts/*.contract.ts'].`,
  ],
  [
    'a key of another type',
    { contracts: 'a.contract.ts', outputs },
    'contracts',
    'contracts must be of type array, not "a.contract.ts".',
    `Write contracts: ['contracts/*.contract.ts'].`,
  ],
  [
    'null for a list',
    { contracts, outputs: null },
    'outputs',
    'outputs must be of type array, not an object.',
    `Write outputs: [{ dir: 'src/generated', targets: ['server'] }].`,
  ],
  [
    'an empty list',
    { contracts, outputs: [] },
    'outputs',
    'outputs is empty.',
    `Write outputs: [{ dir: 'src/generated', targets: ['server'] }].`,
  ],
  [
    'a command of two lines',
    { contracts, outputs, command: 'a\nb' },
    'command',
    'command must be a single line.',
    'Remove the line breaks.',
  ],
  [
    'one folder twice',
    { contracts, outputs: [...outputs, { dir: './out/', targets: ['client'] }] },
    'outputs.1.dir',
    'outputs[1] and outputs[0] are the same folder.',
    'Merge them into one output with the targets of both.',
  ],
  [
    'no object',
    undefined,
    '',
    'The default export is not a configuration object.',
    'Write `export default defineConfig({ contracts: [...], outputs: [...] })`.',
  ],
])('refuses %s', (_name, value, path, message, hint) => {
  const result = resolveConfig(value, file);
  expect(result).toEqual({
    ok: false,
    issues: [{ path: path === '' ? [] : path.split('.'), message, hint }],
  });
});
