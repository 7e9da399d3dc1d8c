import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ngcErrors, plantedErrors, runNgc } from '../angular/ngc.ts';
import { importsOf } from '../architecture/walls.ts';
import { firstPage } from '../quick-start.ts';
import {
  angularApp,
  angularVersions,
  strictOptions,
  strictTemplates,
  type AngularApp,
} from './angular-versions.ts';
import { filesIn, packAll, published, unpack, type Packed } from './packed.ts';
import { must, run, start } from './shell.ts';

const root = path.resolve(import.meta.dirname, '../..');
let packed: Packed;

beforeAll(async () => {
  packed = await packAll();
}, 300_000);

afterAll(() => packed[Symbol.asyncDispose]());

describe.each(published.map((folder, index) => [folder, index] as const))(
  'the package in %s',
  (folder, index) => {
    it('holds its build and nothing else', async () => {
      const files = await filesIn(packed.tarballs[index] ?? '');
      const strangers = files.filter(
        (file) => !/^(dist\/.+\.(js|d\.ts)|package\.json|README\.md|LICENSE)$/.test(file),
      );
      expect(strangers).toEqual([]);
      expect(files.filter((file) => /\.test\.|suite/.test(file))).toEqual([]);
      expect(files).toContain('dist/index.js');
      expect(files).toContain('README.md');
    });

    it('is clean for publint', async () => {
      const done = await run('npx', ['publint', '--strict', packed.tarballs[index] ?? ''], { cwd: root });
      expect(done.stdout + done.stderr).toMatch(/All good|no issues/i);
      expect(done.code).toBe(0);
    }, 60_000);

    it('has types that resolve for every reader of ES modules', async () => {
      const done = await run(
        'npx',
        ['attw', '--profile', 'esm-only', '--no-emoji', packed.tarballs[index] ?? ''],
        { cwd: root },
      );
      expect(done.code, done.stdout).toBe(0);
      expect(done.stdout).toMatch(/OK \(ESM\)/);
    }, 60_000);

    it('imports nothing that it does not declare', async () => {
      const manifest = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
      const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
      const unpacked = await unpack(packed.tarballs[index] ?? '');
      const sources = unpacked.filter((file) => /\.(js|d\.ts)$/.test(file));
      const specifiers = sources.flatMap(importsOf).filter((name) => !name.startsWith('.'));
      const foreign = specifiers
        .filter((name) => !name.startsWith('node:'))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !declared.includes(name));
      expect([...new Set(foreign)]).toEqual([]);
    });
  },
);

describe.each(angularVersions)('under Angular %s', (version) => {
  let app: AngularApp;

  beforeAll(async () => {
    app = await angularApp(version, packed.tarballs);
    expect(app.version).toMatch(new RegExp(`^${version}\\.`));
  });
  afterAll(() => app[Symbol.asyncDispose]());

  it('its compiler takes published types and generated files, and refuses wrong templates on the very line', async () => {
    const types = path.join(app.folder, 'types');
    const planted = plantedErrors(path.join(types, 'test/angular/must-fail/templates.ts'));
    expect(planted.length).toBeGreaterThan(5);
    expect(await ngcErrors(types)).toEqual(planted);
  }, 180_000);

  it('its compiler and its runtime pass the suites of the package, with zone.js and without', async () => {
    expect(await runNgc(path.join(app.folder, 'run'))).toBe('');
    const cwd = path.join(app.folder, 'out');
    const done = await run('npx', ['vitest', 'run', '--reporter=json'], { cwd });
    const { testResults } = JSON.parse(done.stdout) as VitestReport;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(tests.length).toBeGreaterThan(60);
    expect(tests.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(done.code).toBe(0);
  }, 180_000);
});

describe('the README, in an empty project with the packed packages', () => {
  let project: string;

  beforeAll(async () => {
    project = await packed.project([
      'zod',
      'socket.io',
      'socket.io-client',
      'typescript',
      'tsx',
      '@types/node',
      '@angular/common',
      '@angular/compiler',
      '@angular/compiler-cli',
      '@angular/core',
      'rxjs',
      'tslib',
      'react',
      '@types/react',
      'vite',
    ]);
    const readme = await readFile(path.join(root, 'README.md'), 'utf8');
    const files = [...readme.matchAll(/```ts file=(\S+)\n([\s\S]*?)```/g)];
    expect(files.map((match) => match[1])).toEqual([
      'board.contract.ts',
      'sockeye.config.ts',
      'server.ts',
      'client.ts',
    ]);
    for (const [, file = '', text = ''] of files) {
      await mkdir(path.dirname(path.join(project, file)), { recursive: true });
      await writeFile(path.join(project, file), text);
    }
    const commands = [...readme.matchAll(/```sh run\n([\s\S]*?)```/g)].map((match) =>
      (match[1] ?? '').trim(),
    );
    expect(commands).toEqual(['npx sockeye generate']);
    for (const command of commands) {
      const [program = '', ...args] = command.split(' ');
      expect(await must(program, args, { cwd: project })).toMatch(/Generated \d+ files/);
    }
  }, 240_000);

  it.each(['nodenext', 'bundler'])(
    'compiles strictly under module resolution %s',
    async (resolution) => {
      const module = resolution === 'nodenext' ? 'nodenext' : 'preserve';
      const options = {
      target: 'es2023', lib: ['es2023', 'esnext.disposable', 'dom'], module, moduleResolution: resolution, types: ['node'], strict: true,
      exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, isolatedModules: true,
      noUnusedLocals: true, noEmit: true,
    }; // prettier-ignore
      await writeFile(
        path.join(project, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: options, include: ['*.ts', 'generated'] }),
      );
      await must('npx', ['tsc', '-p', '.'], { cwd: project });
    },
    120_000,
  );

  it("compiles in an Angular application, as strictly as Angular's command line can be told to", async () => {
    const app = path.join(project, 'angular');
    await mkdir(app);
    const component = await readFile(path.join(root, 'test/angular/readme.ts'), 'utf8');
    const files = {
      'board.contract.ts': await readFile(path.join(root, 'test/golden/board/in.contract.ts'), 'utf8'),
      'sockeye.config.ts': `import { defineConfig } from '@sockeye/codegen';
        const outputs = [{ dir: 'generated', targets: ['angular' as const] }];
        export default defineConfig({ contracts: ['board.contract.ts'], outputs, importExtension: '' });`,
      'board-page.ts': component.replace(/'[^']*\/(board\.angular\.gen)\.ts'/, "'./generated/$1'"),
      'tsconfig.json': JSON.stringify({ compilerOptions: angularOptions, angularCompilerOptions: strictTemplates, include: ['board-page.ts'] }),
    }; // prettier-ignore
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(app, file), text);
    await must('npx', ['sockeye', 'generate'], { cwd: app });
    await must('npx', ['ngc', '-p', '.'], { cwd: app });
    const wrong = files['board-page.ts'].replace('board.state()', 'board.stat()');
    await writeFile(path.join(app, 'board-page.ts'), wrong);
    expect((await run('npx', ['ngc', '-p', '.'], { cwd: app })).code).toBe(1);
  }, 120_000);

  it.each([
    ['react', 'tsc', { compilerOptions: viteOptions }],
    ['angular', 'ngc', { compilerOptions: angularOptions, angularCompilerOptions: strictTemplates }],
  ] as const)(
    'the first page of %s compiles',
    async (client, compiler, options) => {
      const page = path.join(project, `${client}-page`);
      for (const [file, text] of Object.entries(firstPage(client))) {
        await mkdir(path.dirname(path.join(page, file)), { recursive: true });
        await writeFile(path.join(page, file), text);
      }
      await must('npx', ['sockeye', 'generate'], { cwd: page });
      await writeFile(path.join(page, 'tsconfig.json'), JSON.stringify({ ...options, include: ['src'] }));
      await must('npx', [compiler, '-p', '.'], { cwd: page });
      await writeFile(path.join(page, 'src/wrong.ts'), 'const wrong: string = 1;');
      expect((await run('npx', [compiler, '-p', '.'], { cwd: page })).code).not.toBe(0);
    },
    120_000,
  );

  it('runs: the client gets what the server sent', async () => {
    const env = { PORT: String(await freePort()) };
    // One process without a wrapper, so that ending it ends the server.
    const server = start(process.execPath, ['--import', 'tsx', 'server.ts'], { cwd: project, env });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    try {
      const printed = await must('npx', ['tsx', 'client.ts'], { cwd: project, env });
      expect(printed).toMatch(/^Hello \(Ada\), at \d{4}-\d\d-\d\dT[\d:.]+Z$/m);
    } finally {
      server.kill();
      await ended;
    }
  }, 60_000);

  it('says what is wrong with a contract, where, and how to mend it', async () => {
    const contract = path.join(project, 'board.contract.ts');
    const text = await readFile(contract, 'utf8');
    await writeFile(contract, text.replace("within: 'board'", "within: 'bord'"));
    const done = await run('npx', ['sockeye', 'generate'], { cwd: project });
    await writeFile(contract, text);
    expect(done.code).toBe(1);
    expect(done.stdout + done.stderr).toMatch(
      /board\.contract\.ts:\d+:\d+.*Unknown room "bord"[\s\S]*Did you mean "board"/,
    );
  }, 60_000);
});

/** What Vite's template for React sets. */
const viteOptions = {
  target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], module: 'esnext', types: ['vite/client'], skipLibCheck: true,
  moduleResolution: 'bundler', allowImportingTsExtensions: true, verbatimModuleSyntax: true, moduleDetection: 'force', noEmit: true,
  jsx: 'react-jsx', strict: true, noUnusedLocals: true, noUnusedParameters: true, erasableSyntaxOnly: true,
}; // prettier-ignore

const angularOptions = {
  ...strictOptions,
  ...{ outDir: 'out', importHelpers: true, noUnusedLocals: true, noUnusedParameters: true },
};

/** What is read of Vitest's report. */
interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** A port that was free a moment ago; the README's server takes its port from the environment. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('No port to be had.');
  return address.port;
}
