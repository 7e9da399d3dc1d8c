import type { RefinementModel, TypeNode } from '../model.ts';
import { both, type SchemaFact } from './fact.ts';

interface Refined {
  readonly node: TypeNode;
  readonly refinements: readonly RefinementModel[];
}

/**
 * Custom checks that were added, removed or changed. A model contains their names, not their code: equal names count as
 * equal checks, and what a new one refuses is unknown.
 */
export function compareRefinements(a: Refined, b: Refined): readonly SchemaFact[] {
  if (a.refinements.length === 0 && b.refinements.length === 0) return [];
  const [before, after] = [a.refinements.map(nameOf), b.refinements.map(nameOf)];
  const gone = without(before, after);
  const added = without(after, before);
  const fact = (id: string, index: number, verdicts: ReturnType<typeof both>): SchemaFact => ({
    fact: id,
    steps: [],
    ...verdicts,
    ...(gone[index] === undefined ? {} : { before: gone[index] }),
    ...(added[index] === undefined ? {} : { after: added[index] }),
    nodes: { before: a.node, after: b.node },
  });
  const changed = Math.min(gone.length, added.length);
  return Array.from({ length: Math.max(gone.length, added.length) }, (_, index) => {
    if (index < changed) return fact('refinement-changed', index, both('unknown', 'unknown'));
    return index < added.length
      ? fact('refinement-added', index, both('unknown', 'ok'))
      : fact('refinement-removed', index, both('ok', 'unknown'));
  });
}

function nameOf({ id, message }: RefinementModel): string {
  return id ?? message ?? 'custom check';
}

/** Entries of the first list that the second does not have as often. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return list.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
