import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { runGenerate } from '../../codegen/src/command-generate.ts';
import { lintRules } from '../../codegen/src/lint/rules.ts';
import { createRepository, noteConfig, noteContract, type Repository } from './repository.ts';

const root = path.join(import.meta.dirname, '../..');
const readme = await readFile(path.join(root, 'codegen/README.md'), 'utf8');
const run = promisify(execFile);

/** A repository whose main branch is pushed, and where `npx sockeye` is the command of this tree. */
async function pushed(): Promise<Repository & { readonly env: NodeJS.ProcessEnv }> {
  const repository = await createRepository({
    '.gitignore': 'bin\nsummary.md\n',
    'sockeye.config.ts': noteConfig(),
    'note.contract.ts': noteContract('text: z.string().max(8)'),
    'bin/npx': `#!/bin/sh\nshift\nexec '${process.execPath}' --import '${import.meta.resolve('tsx')}' --conditions=@sockeye/source '${path.join(root, 'codegen/src/cli.ts')}' "$@"\n`,
  });
  await chmod(path.join(repository.dir, 'bin/npx'), 0o755);
  await runGenerate({ cwd: repository.dir });
  await repository.commit();
  await repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  const PATH = `${path.join(repository.dir, 'bin')}:${process.env['PATH']}`;
  return Object.assign(repository, { env: { ...process.env, PATH, GITHUB_STEP_SUMMARY: 'summary.md' } });
}

/** The block of a language in the README that holds a text. */
function block(language: string, text: string): string {
  const blocks = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)].filter(([, found]) => found === language);
  return blocks.map(([, , code = '']) => code).find((code) => code.includes(text)) ?? '';
}

describe('recipes of the README', { timeout: 60_000 }, () => {
  test('the workflow', async () => {
    await using repository = await pushed();
    const steps = [...block('yaml', 'name: contracts').matchAll(/^ +- run: (.+)$/gm)].map(
      ([, step = '']) => step,
    );
    const own = steps.filter((step) => step.startsWith('npx sockeye'));
    expect(own).toHaveLength(3);
    const options = { cwd: repository.dir, env: repository.env };
    for (const step of own) await run('bash', ['-e', '-c', step], options);
    expect(await repository.read('summary.md')).toContain('## Sockeye diff');

    await repository.write('note.contract.ts', noteContract('text: z.string().max(4)'));
    await runGenerate({ cwd: repository.dir });
    const check = own.find((step) => step.includes('check')) ?? '';
    const failed = await run('bash', ['-e', '-c', check], options).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1 });
    expect(failed).toHaveProperty('stdout', expect.stringMatching(/^::error file=note\.contract\.ts,line=5/));
  });

  test('the hook', async () => {
    await using repository = await pushed();
    const hook = path.join(repository.dir, '.git/hooks/pre-commit');
    await mkdir(path.dirname(hook), { recursive: true });
    await repository.write('.git/hooks/pre-commit', block('sh', '#!/bin/sh'));
    await chmod(hook, 0o755);
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
    const commit = () =>
      run('git', [...identity, 'commit', '--quiet', '--all', '--message', 'x'], {
        cwd: repository.dir,
        env: repository.env,
      });
    await repository.write('note.contract.ts', noteContract('text: z.string().max(4)', '2.0.0'));
    const failed = await commit().catch((error: unknown) => error);
    expect(failed).toHaveProperty('stderr', expect.stringContaining('stale-file'));
    await runGenerate({ cwd: repository.dir });
    await commit();
    expect(await repository.git('log', '--format=%s', '-1')).toBe('x');
  });

  test('the table of lint rules', () => {
    const rows = [...readme.matchAll(/^\| `([a-z-]+)` +\| (off|info|warning|error) +\| (.*?) +\|$/gm)];
    expect(rows.map(([, id, level, reason]) => ({ id, level, reason }))).toEqual(
      lintRules.map(({ id, level, reason }) => ({ id, level, reason })),
    );
  });
});
