import { describe, expect, test } from 'vitest';
import { createGenerator, runGenerate } from '../../codegen/src/command-generate.ts';
import { createLoader } from '../../codegen/src/load.ts';
import { resolveConfig } from '../../codegen/src/resolve-config.ts';
import { createProject } from '../cli/project.ts';
import { edit, firstDraft, modulesOf, randomOf } from './edits.ts';

const seed = Number(process.env['SOCKEYE_SEED'] ?? 20_261_121);
const count = Number(process.env['EDITS'] ?? 30);

const config = (folder: string) => `export default {
  contracts: ['load.contract.ts'],
  outputs: [
    { dir: '${folder}/all', targets: ['server', 'client', 'react', 'angular'] },
    { dir: '${folder}/client', targets: ['client'] },
  ],
  lock: '${folder}/lock',
};
`;

describe(`after any of ${count} edits, seed ${seed}`, { timeout: 600_000 }, () => {
  test.each(['one module', 'several'] as const)(
    'a watcher has generated from %s what a cold run does',
    async (layout) => {
      await using project = await createProject({
        'sockeye.config.ts': config('warm'),
        'cold.config.ts': config('cold'),
      });
      const random = randomOf(seed);
      const draft = firstDraft(random);
      const files = new Map<string, string>();
      const save = async () => {
        for (const [file, text] of Object.entries(modulesOf(draft, layout))) {
          if (files.get(file) !== text) await project.write(file, text);
          files.set(file, text);
        }
      };
      const generator = await createGenerator({ cwd: project.dir, remembers: true });
      const outcomes = new Set<string>();
      try {
        for (let round = 0; round < count; round += 1) {
          const what = round === 0 ? 'begin' : edit(draft, random);
          // Chance may leave it out.
          if (round === 3) draft.broken = 'throws';
          await save();
          const warm = await generator.run();
          const cold = await runGenerate({ cwd: project.dir, config: 'cold.config.ts' });
          const where = `seed ${seed}, edit ${round}: ${what}`;
          expect([warm.outcome, warm.diagnostics], where).toEqual([cold.outcome, cold.diagnostics]);
          for (const folder of ['all', 'client', 'lock']) {
            const read = async (kind: string) => {
              const names = await project.list(`${kind}/${folder}`).catch(() => []);
              return Promise.all(
                names.map(async (name) => [name, await project.read(`${kind}/${folder}/${name}`)]),
              );
            };
            expect(await read('warm'), where).toEqual(await read('cold'));
          }
          outcomes.add(warm.outcome);
        }
      } finally {
        await generator.dispose();
      }
      // Where everything fails, everything is alike.
      expect([...outcomes].sort()).toEqual(['findings', 'ok']);
    },
  );
});

test.each(['one module', 'several'] as const)(
  'events of %s that nobody touched stay the same objects',
  async (layout) => {
    await using project = await createProject({});
    const draft = firstDraft(randomOf(seed));
    draft.types = draft.types
      .filter(([name]) => name !== 'serial')
      .map(([name, text]) => [name, name === 'Numbered' ? 'z.literal(1)' : text]);
    const loader = createLoader(project.dir, { remembers: true });
    const load = async () => {
      for (const [file, text] of Object.entries(modulesOf(draft, layout))) await project.write(file, text);
      const config = resolveConfig(
        { contracts: ['load.contract.ts'], outputs: [{ dir: 'out', targets: ['client'] }] },
        `${project.dir}/sockeye.config.ts`,
      );
      if (!config.ok) throw new Error(JSON.stringify(config.issues));
      const [contract] = (await loader.contracts(config.config)).value ?? [];
      return { ...contract?.built.model.clientToServer, ...contract?.built.model.serverToClient };
    };
    try {
      const before = await load();
      const edited = draft.events[0];
      if (edited === undefined) throw new Error('There is no event.');
      edited.fields = ['changed: Id'];
      const after = await load();
      const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
      expect(changed).toEqual([edited.name]);
      expect(changed.length).toBeLessThan(Object.keys(after).length);
    } finally {
      await loader.dispose();
    }
  },
);
