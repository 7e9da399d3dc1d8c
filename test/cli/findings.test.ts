import { runGenerate } from '@sockeye/codegen';
import { describe, expect, test } from 'vitest';
import { config, contract, createProject } from './project.ts';

const note = contract('note');

interface Case {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly outcome?: 'failed';
  /** `file:line:column id message` of every finding, and the hint of the first. */
  readonly findings: readonly string[];
  readonly hint?: string;
}

const cases: readonly Case[] = [
  {
    name: 'a syntax error',
    files: { 'a.contract.ts': 'export const a = ;\n' },
    findings: ['a.contract.ts:1:18 module-broken Unexpected ";".'],
    hint: 'The module must compile before it can be loaded.',
  },
  {
    name: 'syntax errors of several modules',
    files: {
      'a.contract.ts': '\n  ?',
      'b.contract.ts': `import './schemas.ts';`,
      'schemas.ts': 'const const;',
    },
    findings: [
      'a.contract.ts:2:3 module-broken Unexpected "?".',
      'schemas.ts:1:7 module-broken Expected identifier but found "const".',
    ],
  },
  {
    name: 'an import that is not there',
    files: { 'a.contract.ts': `import { x } from './nowhere.ts';\n${note}\nx;` },
    findings: ['a.contract.ts:1:19 module-broken Could not find the module "./nowhere.ts".'],
    hint: 'Correct the path; it is relative to the folder of this file.',
  },
  {
    name: 'a package that is not there',
    files: { 'a.contract.ts': `import x from 'no-such-package';\n${note}\nx;` },
    findings: ['a.contract.ts:1:15 module-broken Could not find the package "no-such-package".'],
    hint: 'Install it, or correct its name.',
  },
  {
    name: 'a package that does not export the name',
    files: { 'a.contract.ts': `import { nothing } from 'zod';\n${note}\nnothing;` },
    findings: ['a.contract.ts:1:10 module-broken "nothing" is not exported by zod.'],
  },
  {
    name: 'top-level await',
    files: { 'a.contract.ts': `${note}\nawait Promise.resolve();` },
    findings: ['a.contract.ts:10:1 module-broken A contract or configuration cannot use top-level await.'],
  },
  {
    name: 'an event that is there twice',
    files: {
      'a.contract.ts': note.replace('serverToClient: {', `serverToClient: { 'note:added': event({}),`),
    },
    findings: [
      'a.contract.ts:7:46 module-broken "note:added" is declared twice: the second would replace the first.',
    ],
    hint: 'Rename or remove one of them.',
  },
  {
    name: 'what the installed version of a package lacks',
    files: {
      'a.contract.ts': note.replace("from 'zod'", "from 'zod/v3'").replace('z.string()', 'z.email()'),
    },
    findings: ['a.contract.ts:6:69 module-broken "email" is not exported by zod.'],
    hint: 'Correct the name, or update the package: contracts use Zod 4.',
  },
  {
    name: 'a module that throws, with the place in the source',
    files: {
      'a.contract.ts': `import { limit } from './limits.ts';\n${note}\nlimit();`,
      'limits.ts': `interface Limit { readonly max: number }\n\nexport function limit(): Limit {\n  throw new RangeError('too much\\nat all');\n}\n`,
      'b.contract.ts': 'export {};\n',
    },
    findings: [
      'b.contract.ts no-contract The module exports no contract.',
      'limits.ts:4:9 module-threw The module threw an error: RangeError: too much',
    ],
  },
  {
    name: 'a module that throws no error',
    files: { 'a.contract.ts': `throw 'tantrum';\n` },
    findings: ['a.contract.ts module-threw The module threw an error: tantrum'],
  },
  {
    name: 'a module without a contract',
    files: { 'a.contract.ts': `export const a = { spec: {} };\n` },
    findings: ['a.contract.ts no-contract The module exports no contract.'],
    hint: 'Export the result of defineContract: `export const collab = defineContract({ ... })`.',
  },
  {
    name: 'a contract that is only the default export',
    files: { 'a.contract.ts': `${note.replace('export ', '')}\nexport default note;\n` },
    findings: [
      'a.contract.ts:3:14 unnamed-contract The contract "note" has no export name that generated code can import.',
    ],
  },
  {
    name: 'two contracts of one name',
    files: { 'a.contract.ts': note, 'b.contract.ts': `\n${note}` },
    findings: [
      'b.contract.ts:5:3 duplicate-contract The contract "note" of a.contract.ts is also named "note".',
    ],
  },
  {
    name: 'a contract that contradicts itself, everything at once',
    files: {
      'a.contract.ts': note
        .replace('z.object({ text: z.string() }) })', `z.object({ text: z.string() }), room: 'nowhere' })`)
        .replace(`'1.0.0'`, `'one'`),
    },
    findings: [
      'a.contract.ts:5:3 contract-invalid "one" is not a semantic version.',
      'a.contract.ts:6:82 contract-invalid "room" has no meaning for a clientToServer event.',
      'a.contract.ts:6:82 contract-invalid Unknown room "nowhere".',
    ],
  },
  {
    name: 'a schema that cannot travel, in the module that it is imported from',
    files: {
      'a.contract.ts': `import { shared } from './schemas.ts';\n${contract('a', 'shared')}`,
      'schemas.ts': `import * as z from 'zod';\n\nexport const shared = z.object({\n  fine: z.string(),\n  at: z.date(),\n});\n`,
    },
    findings: [expect.stringMatching(/^schemas\.ts:5:3 /) as string],
  },
  {
    name: 'a configuration with misspelt keys, at every depth',
    files: { 'sockeye.config.ts': `${config.replace('targets', 'target').replace('contracts', 'contract')}` },
    outcome: 'failed',
    findings: [
      'sockeye.config.ts:3:3 config-invalid Unknown key "contract".',
      'sockeye.config.ts:4:27 config-invalid Unknown key "target".',
    ],
  },
  {
    name: 'a configuration without a default export',
    files: { 'sockeye.config.ts': 'export const config = {};\n' },
    outcome: 'failed',
    findings: ['sockeye.config.ts config-invalid The default export is not a configuration object.'],
  },
  {
    name: 'a configuration that throws',
    files: { 'sockeye.config.ts': `\nthrow new Error('no');\n` },
    outcome: 'failed',
    findings: ['sockeye.config.ts:2:7 module-threw The module threw an error: Error: no'],
  },
  {
    name: 'a configuration with a syntax error',
    files: { 'sockeye.config.ts': 'export default {' },
    outcome: 'failed',
    findings: ['sockeye.config.ts:1:17 module-broken Expected identifier but found end of file.'],
  },
  {
    name: 'a contract that is not there',
    files: { 'sockeye.config.ts': config.replace('*.contract.ts', 'gone.contract.ts') },
    outcome: 'failed',
    findings: ['sockeye.config.ts:3:15 contract-missing Could not find the file "gone.contract.ts".'],
    hint: 'Paths are relative to the folder of sockeye.config.ts.',
  },
  {
    name: 'a pattern that matches nothing',
    files: {},
    outcome: 'failed',
    findings: ['sockeye.config.ts:3:15 pattern-empty No file matches "*.contract.ts".'],
  },
  {
    name: 'a file where the output folder should be',
    files: { 'note.contract.ts': note, out: '' },
    outcome: 'failed',
    findings: expect.arrayContaining([
      'out/note.types.gen.ts cannot-write Could not write: a file exists where a folder is needed.',
    ]) as string[],
  },
];

describe('runGenerate', () => {
  test.each(cases)('reports $name', async ({ files, outcome = 'findings', findings, hint }) => {
    await using project = await createProject({ 'sockeye.config.ts': config, ...files });
    const result = await runGenerate({ cwd: project.dir });
    const found = result.diagnostics.map(({ file, line, column, id, message }) =>
      [[file, line, column].filter((part) => part !== undefined).join(':'), id, message].join(' '),
    );
    expect(found.sort()).toEqual(findings);
    expect(result.outcome).toBe(outcome);
    expect(result.files.filter(({ path }) => path.startsWith('out'))).toEqual([]);
    for (const finding of result.diagnostics) expect(finding.hint).toBeTruthy();
    if (hint !== undefined) expect(result.diagnostics[0]?.hint).toBe(hint);
  });

  test('reports that there is no configuration, and the file that was meant as one', async () => {
    await using project = await createProject({ 'sockeye.config.json': '{}' });
    const { outcome, diagnostics } = await runGenerate({ cwd: project.dir });
    expect([outcome, diagnostics[0]?.message]).toEqual([
      'failed',
      `No sockeye.config.ts in ${project.dir}; sockeye.config.json is not a supported name.`,
    ]);
  });
});
