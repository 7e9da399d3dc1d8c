import { piecesOf, type Part, type Piece, type Plan } from './plan.ts';

/** Facts about a run. */
export interface Memory {
  readonly plan: Plan;
  /** What became of pieces, by their ids. */
  readonly values: ReadonlyMap<string, unknown>;
}

/**
 * Pieces whose values of an earlier run are still valid: their code and that of everything that they depend on is
 * unchanged, and no code that cannot be analyzed can have changed them.
 */
export function cleanPieces(plan: Plan, before: Memory): ReadonlySet<Piece> {
  const pieces = piecesOf(before.plan);
  const sameOrder = plan.order === before.plan.order;
  const parts = plan.parts.filter(({ kind }) => kind !== 'frame');
  const users = usersOf(parts, plan);
  const dirty = new Set<Piece>();
  const spoilt = new Set<string>();
  const spoil = (name: string): void => {
    if (spoilt.has(name)) return;
    spoilt.add(name);
    for (const [piece, owner] of users.get(name) ?? []) {
      dirty.add(piece);
      spoil(owner);
    }
  };

  const isSame = (piece: Piece, { kind }: Part): boolean => {
    const known = pieces.get(piece.id);
    if (known?.text !== piece.text || !plan.plain.has(piece)) return false;
    if (kind === 'variable' && !before.values.has(piece.id)) return false;
    return sameOrder || !(plan.looksAhead(piece) || before.plan.looksAhead(known));
  };
  for (const part of parts) {
    for (const piece of [part, ...part.entries]) {
      if (isSame(piece, part)) continue;
      dirty.add(piece);
      spoil(part.name);
    }
  }
  const exposed = exposedNames(parts, plan);
  exposed.forEach(spoil);

  const variables = parts.filter(({ kind, name }) => kind === 'variable' && !exposed.has(name));
  return new Set(
    variables.flatMap((part) => [
      ...(spoilt.has(part.name) ? [] : [part]),
      ...part.entries.filter((entry) => !dirty.has(entry)),
    ]),
  );
}

/** Pieces that depend on a name, each with the name that it is a part of. */
function usersOf(
  parts: readonly Part[],
  plan: Plan,
): ReadonlyMap<string, readonly (readonly [Piece, string])[]> {
  const users = new Map<string, (readonly [Piece, string])[]>();
  for (const part of parts) {
    for (const piece of [part, ...part.entries]) {
      for (const name of plan.needs(piece)) {
        const list = users.get(name);
        if (list === undefined) users.set(name, [[piece, part.name]]);
        else list.push([piece, part.name]);
      }
    }
  }
  return users;
}

/** Names that code that cannot be analyzed can access. */
function exposedNames(parts: readonly Part[], plan: Plan): ReadonlySet<string> {
  const byName = new Map(parts.map((part) => [part.name, part]));
  const exposed = new Set<string>();
  const expose = (name: string): void => {
    const part = byName.get(name);
    if (part === undefined || plan.fixed.has(name) || exposed.has(name)) return;
    exposed.add(name);
    for (const piece of [part, ...part.entries]) plan.needs(piece).forEach(expose);
  };
  for (const part of parts) {
    for (const piece of [part, ...part.entries])
      if (!plan.plain.has(piece)) plan.needs(piece).forEach(expose);
  }
  return exposed;
}
