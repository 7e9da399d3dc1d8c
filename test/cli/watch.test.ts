import { describe, expect, test } from 'vitest';
import { config, contract, createProject } from './project.ts';

const summary = / in \d+\.\d\d s\.\n/;

describe('sockeye generate --watch', { timeout: 60_000 }, () => {
  test('generates on every save, survives broken and missing contracts, and ends with 0', async () => {
    await using project = await createProject({
      'sockeye.config.ts': config,
      'note.contract.ts': contract('note'),
    });
    const watch = project.start('generate', '--watch');
    expect(await watch.until('Watching for changes.\n')).toMatch(summary);

    await project.write('note.contract.ts', contract('note', 'saved: z.string()'));
    await watch.until('1 contract in');
    expect(await project.read('out/note.types.gen.ts')).toContain('saved: string');

    await project.write('note.contract.ts', contract('note', 'saved: z.string('));
    expect(await watch.until('nothing was written')).toMatch(
      /note\.contract\.ts:\d+:\d+ {2}error {2}module-broken {2}/,
    );
    expect(await project.read('out/note.types.gen.ts')).toContain('saved: string');

    await project.write('note.contract.ts', contract('note', 'mended: z.string()'));
    await watch.until('1 contract in');
    expect(await project.read('out/note.types.gen.ts')).toContain('mended: string');

    await project.write('note.contract.ts', contract('note', 'thrown: z.string().nothing()'));
    expect(await watch.until('nothing was written')).toMatch(
      /note\.contract\.ts:\d+:\d+ {2}error {2}module-threw {2}The module threw an error: TypeError: .*\n/,
    );

    await project.remove('note.contract.ts');
    expect(await watch.until('nothing was written')).toContain('pattern-empty');

    await project.write('note.contract.ts', contract('note', 'returned: z.string()'));
    await watch.until('1 contract in');
    expect(await project.read('out/note.types.gen.ts')).toContain('returned: string');

    expect((await watch.stop('SIGTERM')).code).toBe(0);
  });

  test('follows what contracts import', async () => {
    const text = (imported: string) =>
      `import { text } from './${imported}.ts';\n${contract('note', 'text')}`;
    await using project = await createProject({
      'sockeye.config.ts': config,
      'note.contract.ts': text('parts/a'),
      'parts/a.ts': `import * as z from 'zod';\nexport const text = z.literal('first');\n`,
    });
    const watch = project.start('generate', '--watch');
    await watch.until('Watching for changes.\n');

    await project.write(
      'parts/a.ts',
      `import * as z from 'zod';\nexport const text = z.literal('second');\n`,
    );
    await watch.until('1 contract in');
    expect(await project.read('out/note.types.gen.ts')).toContain(`text: 'second'`);

    await project.write('note.contract.ts', text('more/b'));
    expect(await watch.until('nothing was written')).toContain('Could not find the module "./more/b.ts".');
    await project.write('more/b.ts', `import * as z from 'zod';\nexport const text = z.literal('third');\n`);
    await watch.until('1 contract in');
    expect(await project.read('out/note.types.gen.ts')).toContain(`text: 'third'`);

    await project.write('more/b.ts', `import * as z from 'zod';\nexport const text = z.literal('fourth');\n`);
    await watch.until('1 contract in');
    expect(await project.read('out/note.types.gen.ts')).toContain(`text: 'fourth'`);

    expect((await watch.stop('SIGINT')).code).toBe(0);
  });

  test('follows the configuration and new contracts', async () => {
    await using project = await createProject({
      'sockeye.config.ts': config,
      'note.contract.ts': contract('note'),
    });
    const watch = project.start('generate', '--watch');
    await watch.until('Watching for changes.\n');

    await project.write('chat.contract.ts', contract('chat'));
    expect(await watch.until('2 contracts in')).toContain('written  out/chat.types.gen.ts\n');

    await project.write('sockeye.config.ts', config.replace(`'out'`, `'other'`));
    expect(await watch.until('2 contracts in')).toContain('written  other/chat.types.gen.ts\n');

    await project.write('sockeye.config.ts', config.replace('contracts', 'contract'));
    expect(await watch.until('nothing was written')).toContain(
      'sockeye.config.ts:3:3  error  config-invalid  Unknown key "contract".\n    Did you mean "contracts"?\n',
    );

    await project.write('sockeye.config.ts', config.replace('*.', 'note.'));
    expect(await watch.until('1 contract in')).toContain('removed  out/chat.types.gen.ts\n');
    expect((await watch.stop('SIGTERM')).code).toBe(0);
  });

  test('reports every run as a line of JSON', async () => {
    await using project = await createProject({
      'sockeye.config.ts': config,
      'note.contract.ts': contract('note'),
    });
    const watch = project.start('generate', '--watch', '--format', 'json');
    const first = await watch.until('\n');
    expect(JSON.parse(first)).toMatchObject({ outcome: 'ok', contracts: 1 });
    await watch.until('Watching for changes.\n');
    await project.write('note.contract.ts', 'export {};\n');
    expect(JSON.parse(await watch.until('\n'))).toMatchObject({
      outcome: 'findings',
      diagnostics: [{ id: 'no-contract', file: 'note.contract.ts' }],
    });
    const { code, stderr } = await watch.stop('SIGTERM');
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Watching for changes.\n' });
  });
});
