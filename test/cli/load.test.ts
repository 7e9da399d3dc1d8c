import { symlink } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { createLoader } from '../../codegen/src/load.ts';
import { resolveConfig } from '../../codegen/src/resolve-config.ts';
import { createProject, type Project } from './project.ts';

/** A contract whose summary is `expression`, after these imports. */
const saying = (
  imports: string,
  expression: string,
): string => `import { defineContract } from '@sockeye/contract';
${imports}
export const note = defineContract({
  name: 'note', version: '1.0.0', summary: String(${expression}), clientToServer: {}, serverToClient: {},
});
`;

async function load(project: Project, contracts = ['*.contract.*']) {
  const config = resolveConfig(
    { contracts, outputs: [{ dir: 'out', targets: ['types'] }] },
    path.join(project.dir, 'sockeye.config.ts'),
  );
  if (!config.ok) throw new Error(JSON.stringify(config.issues));
  const loader = createLoader(project.dir);
  try {
    return await loader.contracts(config.config);
  } finally {
    await loader.dispose();
  }
}

describe('loading', () => {
  test.each<[name: string, files: Readonly<Record<string, string>>, summary: string]>([
    [
      'modules of TypeScript, named with .js',
      {
        'a.contract.ts': saying(`import { x } from './x.js';`, 'x'),
        'x.ts': `export const x: string = 'typed';`,
      },
      'typed',
    ],
    [
      'JSON',
      { 'a.contract.ts': saying(`import x from './x.json';`, 'x.y'), 'x.json': '{"y":"json"}' },
      'json',
    ],
    [
      'paths of a tsconfig',
      {
        'a.contract.ts': saying(`import { x } from '@lib/x';`, 'x'),
        'lib/x.ts': `export const x = 'alias';`,
        'tsconfig.json': '{"compilerOptions":{"paths":{"@lib/*":["./lib/*"]}}}',
      },
      'alias',
    ],
    [
      'modules of Node',
      {
        'a.contract.ts': saying(
          `import { basename } from 'node:path';\nimport fs from 'fs';`,
          `basename('/a/node') + typeof fs.readFileSync`,
        ),
      },
      'nodefunction',
    ],
    [
      'a CommonJS package, by name and default',
      {
        'a.contract.ts': saying(`import all, { x } from 'old';`, 'x + all.y'),
        'node_modules/old/index.js': `exports.x = 'com'; exports.y = 'mon';`,
      },
      'common',
    ],
    [
      'names that are reserved words',
      {
        'a.contract.ts': saying(
          `import { enum as kind } from 'words';\nimport * as words from 'words';`,
          `kind + words['default'] + words['a-b']`,
        ),
        'node_modules/words/package.json': '{"type":"module","main":"index.js"}',
        'node_modules/words/index.js': `const e = 'e'; export { e as enum, e as 'a-b' }; export default 'd';`,
      },
      'ede',
    ],
    [
      'a package that is not built',
      {
        'a.contract.ts': saying(`import { x } from 'raw';`, 'x'),
        'node_modules/raw/package.json': '{"type":"module","exports":"./src/index.ts"}',
        'node_modules/raw/src/index.ts': `export const x: string = 'raw';`,
      },
      'raw',
    ],
    [
      'the package that is nearest to the module',
      {
        'in/a.contract.ts': saying(`import { x } from 'twice';`, 'x'),
        'node_modules/twice/index.js': `exports.x = 'far';`,
        'in/node_modules/twice/index.js': `exports.x = 'near';`,
      },
      'near',
    ],
    [
      'conditions of Node',
      {
        'a.contract.ts': saying(`import x from 'two-faced';`, 'x'),
        'node_modules/two-faced/package.json':
          '{"type":"module","exports":{"browser":"./b.js","module":"./m.js","import":"./i.js","default":"./d.js"}}',
        'node_modules/two-faced/i.js': `export default 'import';`,
        'node_modules/two-faced/m.js': `export default 'module';`,
      },
      'import',
    ],
    [
      'the same Zod as everyone',
      { 'a.contract.ts': saying(`import * as z from 'zod';`, `z.globalRegistry.sockeyeTest`) },
      'shared',
    ],
    [
      'where they are',
      {
        'a.contract.ts': saying(
          `import path from 'node:path';`,
          `path.basename(import.meta.url) + ' ' + path.basename(__dirname) + import.meta.filename.endsWith('a.contract.ts')`,
        ),
      },
      expect.stringMatching(/^a\.contract\.ts cli-\w+true$/) as string,
    ],
    ['plain JavaScript', { 'a.contract.mjs': saying('', `'plain'`) }, 'plain'],
  ])('lets contracts use %s', async (_name, files, summary) => {
    (z.globalRegistry as { sockeyeTest?: string }).sockeyeTest = 'shared';
    await using project = await createProject(files);
    const { value, diagnostics } = await load(
      project,
      files['in/a.contract.ts'] ? ['in/*.contract.ts'] : ['*.contract.*'],
    );
    expect(diagnostics).toEqual([]);
    expect(value?.map(({ built }) => built.model.summary)).toEqual([summary]);
  });

  test('finds every contract of a module once, by its name rather than as the default', async () => {
    const text = saying('', `'x'`);
    await using project = await createProject({
      'a.contract.ts': `${text}export const again = note;\nexport default note;\n${text.split('\n').slice(2).join('\n').replace('const note', 'const other').replace(`'note'`, `'other'`)}`,
    });
    const { value } = await load(project);
    expect(value?.map(({ name, exportName }) => [name, exportName])).toEqual([
      ['note', 'again'],
      ['other', 'other'],
    ]);
  });

  test('names the files that it read, and no package', async () => {
    await using project = await createProject({
      'a.contract.ts': saying(`import { x } from './x.ts';\nimport 'old';`, 'x'),
      'x.ts': `export const x = 1;`,
      'node_modules/old/index.js': '',
    });
    const { inputs } = await load(project);
    const own = inputs
      .filter((file) => file.startsWith(project.dir))
      .map((file) => path.relative(project.dir, file));
    expect(own.sort()).toEqual(['a.contract.ts', 'x.ts']);
  });

  test('takes a linked workspace for part of the project, but never Zod', async () => {
    await using project = await createProject({
      'a.contract.ts': saying(`import { x } from 'lib';\nimport { y } from 'zod';`, 'x + y'),
      'packages/lib/package.json': '{"type":"module","main":"index.js"}',
      'packages/lib/index.js': `export const x = 'linked ';`,
      'packages/zod/package.json': '{"type":"module","main":"index.js"}',
      'packages/zod/index.js': `export const y = 'zod';`,
      'node_modules/.keep': '',
    });
    for (const name of ['lib', 'zod']) {
      await symlink(path.join(project.dir, 'packages', name), path.join(project.dir, 'node_modules', name));
    }
    const { value, inputs } = await load(project);
    expect(value?.[0]?.built.model.summary).toBe('linked zod');
    const own = inputs.filter((file) => file.startsWith(path.join(project.dir, 'packages')));
    expect(own.map((file) => path.relative(project.dir, file))).toEqual(['packages/lib/index.js']);
  });

  test('runs a module that changed anew', async () => {
    await using project = await createProject({ 'a.contract.ts': saying('', `'first'`) });
    const config = resolveConfig(
      { contracts: ['a.contract.ts'], outputs: [{ dir: 'out', targets: ['types'] }] },
      path.join(project.dir, 'c.ts'),
    );
    if (!config.ok) throw new Error(JSON.stringify(config.issues));
    const loader = createLoader(project.dir);
    try {
      const summaries: unknown[] = [];
      for (const word of ['first', 'second', 'first']) {
        await project.write('a.contract.ts', saying('', `'${word}'`));
        summaries.push((await loader.contracts(config.config)).value?.[0]?.built.model.summary);
      }
      expect(summaries).toEqual(['first', 'second', 'first']);
    } finally {
      await loader.dispose();
    }
  });
});
