/** A condition on a value that can be printed and negated, in the style of hand-written code. */
export type Condition =
  | { readonly kind: 'atom'; readonly yes: string; readonly no: string }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] };

/** Always true; an empty conjunction. */
export const always: Condition = { kind: 'all', parts: [] };
/** Never true; an empty disjunction. */
export const never: Condition = { kind: 'any', parts: [] };

/** An expression; negated by `!` unless `no` says it better. */
export function atom(yes: string, no = `!${yes}`): Condition {
  return { kind: 'atom', yes, no };
}

/** `left === right`, and its negation. */
export function equals(left: string, right: string): Condition {
  return atom(`${left} === ${right}`, `${left} !== ${right}`);
}

/** Every part is true. */
export function all(...parts: readonly Condition[]): Condition {
  return join('all', parts);
}

/** Some part is true. */
export function any(...parts: readonly Condition[]): Condition {
  return join('any', parts);
}

/** Text that is true when the condition holds. */
export function holds(condition: Condition): string {
  return text(condition, true);
}

/** Text that is true when the condition does not hold. */
export function fails(condition: Condition): string {
  return text(condition, false);
}

function join(kind: 'all' | 'any', parts: readonly Condition[]): Condition {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const other = kind === 'all' ? 'any' : 'all';
  const settled = flat.find((part) => part.kind === other && part.parts.length === 0);
  if (settled) return settled;
  return flat.length === 1 ? (flat[0] as Condition) : { kind, parts: flat };
}

function text(condition: Condition, positive: boolean): string {
  if (condition.kind === 'atom') return positive ? condition.yes : condition.no;
  const conjunction = (condition.kind === 'all') === positive;
  if (condition.parts.length === 0) return String(conjunction);
  return condition.parts
    .map((part) => {
      const inner = text(part, positive);
      return part.kind === 'atom' || part.parts.length < 2 ? inner : `(${inner})`;
    })
    .join(conjunction ? ' && ' : ' || ');
}
