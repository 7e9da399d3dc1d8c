import { somePart } from '../children.ts';
import type { TypeNode } from '../model.ts';

/**
 * Makes equal schemas one node, as far as they are small: a contract has few kinds of texts and numbers, and many of
 * each. What is worked out for a node is then worked out once, and the model takes less memory.
 */
export function createSharing(): (node: TypeNode) => TypeNode {
  const nodes = new Map<string, TypeNode>();
  const ids = new Map<TypeNode, number>();
  return (node) => {
    if (!isExact(node) || somePart(node, (part) => !ids.has(part))) return node;
    const key = keyOf(node, ids);
    const known = nodes.get(key);
    if (known !== undefined) return known;
    nodes.set(key, node);
    ids.set(node, ids.size);
    return node;
  };
}

/** The JSON of a node, in place of which a wrapper that says nothing itself has what it is around. */
function keyOf(node: TypeNode, ids: ReadonlyMap<TypeNode, number>): string {
  if ((node.kind === 'optional' || node.kind === 'nullable') && Object.keys(node).length === 2)
    return `${node.kind} ${ids.get(node.inner)}`;
  return JSON.stringify(node);
}

/** Whether JSON tells a node from every other one: it knows neither -0 nor Infinity, which bounds and values may be. */
function isExact(node: TypeNode): boolean {
  if (unshared.has(node.kind) || node.examples !== undefined) return false;
  return (!('checks' in node) || isJson(node.checks)) && (!('values' in node) || isJson(node.values));
}

/** Big ones, those with values of any kind, and one that stands for what was refused. */
const unshared: ReadonlySet<TypeNode['kind']> = new Set(['object', 'default', 'catch', 'any']);

function isJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return Array.isArray(value) ? value.every(isJson) : Object.values(value).every(isJson);
}
