import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rememberedCheck } from '../../codegen/src/check/remember.ts';
import { runCheck, type CheckOptions } from '../../codegen/src/command-check.ts';
import { runGenerate } from '../../codegen/src/command-generate.ts';
import { createRepository, noteConfig, noteContract, type Repository } from './repository.ts';

/** Whether a check looked at the contracts again, and what it came to. */
async function looked(repository: Repository, options: CheckOptions = {}) {
  let ran = false;
  const report = await rememberedCheck({ cwd: repository.dir, ...options }, (given) => {
    ran = true;
    return runCheck(given);
  });
  return { ran, outcome: report.outcome, summary: report.summary };
}

const contract = noteContract('text: z.string()');

async function published(): Promise<Repository> {
  const repository = await createRepository({
    'node_modules/.keep': '',
    'tsconfig.json': '{}',
    'sockeye.config.ts': noteConfig().replace("'note.contract.ts'", "'*.contract.ts'"),
    'note.contract.ts': contract,
  });
  await runGenerate({ cwd: repository.dir });
  await repository.commit();
  return repository;
}

test(
  'a check is not repeated while everything is the same, and is after any change',
  { timeout: 120_000 },
  async () => {
    await using repository = await published();
    const first = await looked(repository);
    expect(first).toMatchObject({ ran: true, outcome: 'ok' });
    expect(await looked(repository)).toEqual({ ...first, ran: false });
    expect(await looked(repository, { policy: 'full' })).toMatchObject({ ran: true });
    const types = 'out/note.types.gen.ts';
    const text = await repository.read(types);

    const changes: readonly [name: string, change: () => unknown, outcome: string][] = [
      ['an output by one byte', () => repository.write(types, text.replace('Note', 'Mote')), 'findings'],
      ['that output back again', () => repository.write(types, text), 'ok'],
      ['an output gone', () => repository.remove(types), 'findings'],
      ['and back', () => repository.write(types, text), 'ok'],
      ['an orphan', () => repository.write('out/old.types.gen.ts', text), 'findings'],
      ['no orphan', () => repository.remove('out/old.types.gen.ts'), 'ok'],
      [
        'the contract',
        () => repository.write('note.contract.ts', contract.replace('text', 'test')),
        'findings',
      ],
      ['the contract back', () => repository.write('note.contract.ts', contract), 'ok'],
      [
        'another contract that the pattern matches',
        () => repository.write('more.contract.ts', contract),
        'findings',
      ],
      ['no other contract', () => repository.remove('more.contract.ts'), 'ok'],
      ['the configuration', () => repository.write('sockeye.config.ts', `${noteConfig()}// changed`), 'ok'],
      ['the compiler’s settings', () => repository.write('tsconfig.json', '{ "compilerOptions": {} }'), 'ok'],
      ['the packages', () => repository.write('package-lock.json', '{}'), 'ok'],
      ['the main branch', () => repository.commit(), 'ok'],
    ];
    for (const [name, change, outcome] of changes) {
      await change();
      const { ran, outcome: came } = await looked(repository);
      // What failed is never remembered; what is as it was last time may be.
      if (!(name.includes('back') || name.startsWith('no '))) expect([name, ran]).toEqual([name, true]);
      expect([name, came]).toEqual([name, outcome]);
    }
    expect((await looked(repository)).ran).toBe(false);
  },
);

test('what is remembered can be thrown away, and spoilt', { timeout: 60_000 }, async () => {
  await using repository = await published();
  await looked(repository);
  const folder = path.join(repository.dir, 'node_modules/.cache/sockeye');
  const [file = ''] = readdirSync(folder);
  await repository.write(`node_modules/.cache/sockeye/${file}`, '{');
  expect((await looked(repository)).ran).toBe(true);
  rmSync(folder, { recursive: true });
  expect((await looked(repository)).ran).toBe(true);
  expect((await looked(repository)).ran).toBe(false);
});
