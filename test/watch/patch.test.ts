import { expect, test } from 'vitest';
import { createBundler } from '../../codegen/src/bundle.ts';
import { runBundle } from '../../codegen/src/run-bundle.ts';
import { cleanPieces } from '../../codegen/src/rerun/clean.ts';
import { codeOf } from '../../codegen/src/rerun/code.ts';
import { patchBundle, type LastRun } from '../../codegen/src/rerun/patch.ts';
import { makePlan, type Piece, type Plan } from '../../codegen/src/rerun/plan.ts';
import { splitBundle } from '../../codegen/src/rerun/split.ts';
import { createProject } from '../cli/project.ts';
import { edit, firstDraft, modulesOf, randomOf } from './edits.ts';

const seed = Number(process.env['SOCKEYE_SEED'] ?? 20_261_121);
const count = Number(process.env['EDITS'] ?? 30);

const idsOf = (pieces: ReadonlySet<Piece>) => [...pieces].map(({ id }) => id).sort();
const textsOf = ({ parts }: Plan) =>
  parts.map(({ gaps, entries, facts }) => [
    gaps,
    facts,
    entries.map(({ id, text, facts: own }) => [id, text, own]),
  ]);

test.each(['one module', 'several'] as const)(
  `of %s, a bundle that is patched is known as one that is read whole, seed ${seed}`,
  { timeout: 600_000 },
  async (layout) => {
    await using project = await createProject({});
    const bundler = createBundler(project.dir);
    const random = randomOf(seed);
    const draft = firstDraft(random);
    let patched = 0;
    let last: LastRun | undefined;
    try {
      for (let round = 0; round < count; round += 1) {
        const what = round === 0 ? 'begin' : edit(draft, random);
        for (const [file, text] of Object.entries(modulesOf(draft, layout))) await project.write(file, text);
        const built = await bundler.bundle([`${project.dir}/load.contract.ts`]);
        const bundle = built.ok ? built.bundles[0] : undefined;
        if (!built.ok || bundle === undefined) continue;
        const { packages, trusted } = built;
        const { code } = bundle;
        const statements = splitBundle(code);
        const whole = statements && makePlan(statements, { trusted, before: last?.plan });
        const patch = last && patchBundle(code, last);
        const where = `seed ${seed}, edit ${round}: ${what}`;
        if (last !== undefined && patch !== undefined) {
          if (whole === undefined) throw new Error(`Patched what cannot be read: ${where}`);
          patched += 1;
          expect(textsOf(patch.plan), where).toEqual(textsOf(whole));
          expect(patch.plan.starts, where).toEqual(whole.starts);
          expect(idsOf(patch.plan.plain), where).toEqual(idsOf(whole.plain));
          expect(idsOf(patch.clean), where).toEqual(idsOf(cleanPieces(whole, last)));
        }
        const plan = patch?.plan ?? whole;
        if (plan === undefined) continue;
        const clean = patch?.clean ?? (last ? cleanPieces(plan, last) : new Set<Piece>());
        const values = new Map([...clean].map(({ id }) => [id, last?.values.get(id)]));
        const { text, given } = codeOf(plan, { clean, values });
        const run = runBundle({ ...bundle, code: text }, packages, given);
        last = run.ok ? { plan, values, code, steady: patch?.steady } : undefined;
      }
    } finally {
      await bundler.dispose();
    }
    expect(patched).toBeGreaterThan(0);
  },
);
