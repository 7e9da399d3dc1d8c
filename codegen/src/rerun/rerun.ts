/**
 * Running a contract's module again after an edit. A bundle consists of declarations; most of them, and most entries of
 * the objects that they declare, only compute a value from others. Such a value is cached and reused while its code and
 * everything that it depends on are unchanged. Code that cannot be analyzed runs again, with everything that depends on
 * it or that it could have changed; a module with a statement that is not a declaration runs as a whole.
 *
 * @module rerun
 */
import type { Bundle, BundleResult } from '../bundle.ts';
import { runBundle, type RunResult } from '../run-bundle.ts';
import { cleanPieces } from './clean.ts';
import { codeOf, reserved } from './code.ts';
import { patchBundle, type LastRun } from './patch.ts';
import { makePlan, type Piece, type Plan } from './plan.ts';
import { splitBundle } from './split.ts';

/** `isKept`: whether an object is of the last run or one before it, and nothing can have changed it since. */
export type RerunResult = RunResult & { readonly isKept: (value: object) => boolean };

/** Runs one module repeatedly, like {@link runBundle}, and caches the last run. */
export type Rerunner = (bundle: Bundle, built: Pick<Built, 'packages' | 'trusted'>) => RerunResult;

type Built = Extract<BundleResult, { ok: true }>;

/** Cached functions retain the variables of the run that created them, so all are released now and then. */
const maxRuns = 200;

/** Creates a runner with an empty cache. */
export function createRerunner(): Rerunner {
  let memory: LastRun | undefined;
  let runs = 0;
  return (bundle, { packages, trusted }) => {
    runs += 1;
    const before = runs % maxRuns === 0 ? undefined : memory;
    // If anything below fails, the cache of the last run is no longer valid.
    memory = undefined;
    const nothingKept = () => ({ ...runBundle(bundle, packages), isKept: () => false });
    if (bundle.code.includes(reserved)) return nothingKept();
    const patch = before && patchBundle(bundle.code, before);
    const plan = patch?.plan ?? planOf(bundle.code, { trusted, before: before?.plan });
    if (plan === undefined) return nothingKept();

    const clean = patch?.clean ?? (before === undefined ? new Set<Piece>() : cleanPieces(plan, before));
    const values = new Map([...clean].map(({ id }) => [id, before?.values.get(id)]));
    const objects = new Set(values.values());
    const { text, given } = codeOf(plan, { clean, values });
    const result = runBundle({ ...bundle, code: text }, packages, given);
    // Errors are reported by running the whole module.
    if (!result.ok) return nothingKept();
    memory = { plan, values, code: bundle.code, steady: patch?.steady };
    return { ...result, isKept: (value) => objects.has(value) };
  };
}

function planOf(code: string, options: Parameters<typeof makePlan>[1]): Plan | undefined {
  const statements = splitBundle(code);
  return statements && makePlan(statements, options);
}
