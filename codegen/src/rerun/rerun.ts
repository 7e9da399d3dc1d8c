/**
 * Running a contract's module again after an edit. A bundle consists of declarations; most of them, and most entries of
 * the objects that they declare, do nothing but make a value of others. Such a value is kept, and taken again as long
 * as its code and everything that it was made of are the same. What is not understood runs again, with everything that
 * depends on it and everything that it could have changed; a module with a statement that is no declaration runs whole.
 *
 * @module rerun
 */
import type { Bundle, BundleResult } from '../bundle.ts';
import { runBundle, type RunResult } from '../run-bundle.ts';
import { cleanPieces, type Memory } from './clean.ts';
import { makePlan, type Part, type Piece, type Plan } from './plan.ts';
import { splitBundle } from './split.ts';

/** `isKept`: whether an object is of the last run or one before it, and nothing can have changed it since. */
export type RerunResult = RunResult & { readonly isKept: (value: object) => boolean };

/** Runs one module again and again. It does what {@link runBundle} does, and remembers one run. */
export type Rerunner = (bundle: Bundle, built: Pick<Built, 'packages' | 'trusted'>) => RerunResult;

type Built = Extract<BundleResult, { ok: true }>;

/** Functions that are kept hold on to the variables of the run that made them, so all are let go now and then. */
const maxRuns = 200;

/** Makes a runner that remembers nothing yet. */
export function createRerunner(): Rerunner {
  let memory: Memory | undefined;
  let runs = 0;
  return (bundle, { packages, trusted }) => {
    runs += 1;
    const before = runs % maxRuns === 0 ? undefined : memory;
    // Whatever fails below, what is known of the last run is not to be trusted then.
    memory = undefined;
    const nothingKept = () => ({ ...runBundle(bundle, packages), isKept: () => false });
    const plan = planOf(bundle.code, { trusted, before });
    if (plan === undefined) return nothingKept();

    const clean = before === undefined ? new Set<Piece>() : cleanPieces(plan, before);
    const kept = new Map([...clean].map(({ id }) => [id, before?.values.get(id)]));
    const values = new Map(kept);
    const keep = (id: string, value: unknown): unknown => {
      values.set(id, value);
      return value;
    };
    const code = plan.parts.map((part) => codeOf(part, { plan, clean })).join('\n');
    const result = runBundle({ ...bundle, code }, packages, { [names.keep]: keep, [names.kept]: kept });
    // What it threw, and where, is told in terms of the whole.
    if (!result.ok) return nothingKept();
    const pieces = plan.parts.flatMap((part) => [part, ...part.entries]);
    memory = { plan, values, pieces: new Map(pieces.map((piece) => [piece.id, piece])) };
    const objects = new Set(kept.values());
    return { ...result, isKept: (value) => objects.has(value) };
  };
}

/** What code is given: a function that puts a value by, and the values that were. */
const names = { keep: '__sockeyeKeep', kept: '__sockeyeKept' } as const;

function planOf(code: string, options: Parameters<typeof makePlan>[1]): Plan | undefined {
  if (code.includes('__sockeyeKe')) return undefined;
  const statements = splitBundle(code);
  return statements && makePlan(statements, options);
}

/** A statement that takes what is clean from where it was put, and puts by what may be clean the next time. */
function codeOf(
  part: Part,
  { plan, clean }: { readonly plan: Plan; readonly clean: ReadonlySet<Piece> },
): string {
  if (part.kind !== 'variable') return part.source;
  const take = ({ id }: Piece) => `${names.kept}.get(${JSON.stringify(id)})`;
  if (clean.has(part)) return `var ${part.name} = ${take(part)};`;
  let text = '';
  let at = 0;
  for (const entry of part.entries) {
    const call = plan.plain.has(entry)
      ? `${names.keep}(${JSON.stringify(entry.id)}, ${entry.text})`
      : entry.text;
    text += part.source.slice(at, entry.start) + (clean.has(entry) ? take(entry) : call);
    at = entry.end;
  }
  text += part.source.slice(at);
  return plan.plain.has(part) ? `${text}\n${names.keep}(${JSON.stringify(part.id)}, ${part.name});` : text;
}
