import type { Comparison } from './compare-schema.ts';
import { nodeFact } from './compare-schema.ts';
import { both, type SchemaFact } from './fact.ts';
import { read } from './read.ts';
import type { Core } from './shape.ts';

type Values = Extract<Core, { kind: 'values' }>;

/** Facts of two sets of values: enums, literals, booleans. */
export function compareValues(a: Values, b: Values): readonly SchemaFact[] {
  const gone = a.values.filter((value) => !b.values.includes(value));
  const added = b.values.filter((value) => !a.values.includes(value));
  const nodes = { before: a.node, after: b.node };
  const apart = gone.length === a.values.length && added.length === b.values.length && gone.length > 0;
  if (apart && typeof a.values[0] !== typeof b.values[0])
    return [nodeFact('type-changed', both('rejects', 'rejects'), nodes)];
  if (apart && gone.length === 1 && added.length === 1) {
    return [nodeFact('literal-changed', both('rejects', 'rejects'), nodes)];
  }
  return [
    ...added.map((value) => ({
      ...nodeFact('enum-value-added', both('ok', 'rejects'), narrowed(nodes, 'after', value)),
      after: value,
      before: 'absent',
    })),
    ...gone.map((value) => ({
      ...nodeFact('enum-value-removed', both('rejects', 'ok'), narrowed(nodes, 'before', value)),
      before: value,
      after: 'absent',
    })),
  ];
}

/** Only the value that proves the fact is worth trying. */
function narrowed(
  nodes: { before: Core['node']; after: Core['node'] },
  side: 'before' | 'after',
  value: Values['values'][number],
) {
  return { ...nodes, [side]: { kind: 'literal', values: [value] } as const };
}

/** A closed set that is replaced by a string, a number or a template. */
export function compareOpened(with_: Comparison, a: Values, b: Core): readonly SchemaFact[] {
  const refused = a.values.filter((value) => !read(b.node, value, with_.afterTypes).ok);
  const nodes = { before: a.node, after: b.node };
  if (refused.length === a.values.length)
    return [nodeFact('type-changed', both('rejects', 'rejects'), nodes)];
  return [nodeFact('enum-opened', both(refused.length > 0 ? 'rejects' : 'ok', 'rejects'), nodes)];
}
