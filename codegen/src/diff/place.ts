import type { ObjectNode, RecordNode, TypeNode } from '../model.ts';
import type { Step } from './fact.ts';
import { isRecord, keySet, type Types } from './read.ts';
import { distinct, withoutAbsent, type Sampler } from './sample.ts';

/** The sender's side of a search for a payload. */
export interface Sender {
  readonly types: Types;
  readonly sample: Sampler;
}

/** The search: payloads of a sender, and the values to try at the place of the difference. */
export interface Search {
  readonly sender: Sender;
  readonly values: readonly unknown[];
}

/** Maximum number of payloads to try for one fact. */
const most = 250;

/**
 * Payloads of a sender with one of the values to try at the place of the steps. If the sender's schema has nothing
 * there, the payloads omit it.
 */
export function payloadsWith(search: Search, root: TypeNode, steps: readonly Step[]): readonly unknown[] {
  const inside = steps.filter(({ kind }) => kind !== 'member');
  return distinct(place(search, root, inside)).slice(0, most);
}

function place(search: Search, node: TypeNode, steps: readonly Step[]): readonly unknown[] {
  const { sender, values } = search;
  const deeper = (inner: TypeNode) => place(search, inner, steps);
  switch (node.kind) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'catch':
    case 'nonoptional':
    case 'readonly':
      return deeper(node.inner);
    case 'ref':
      return deeper(sender.types[node.name] ?? { kind: 'never' });
    case 'codec':
      return deeper(node.wire);
    case 'pipe':
      return steps.length === 0 ? values : [...deeper(node.in), ...deeper(node.out)];
    case 'union':
      return steps.length === 0 ? values : node.members.flatMap((member) => deeper(member).slice(0, most));
    case 'intersection': {
      const [left] = sender.sample(node.left);
      const [right] = sender.sample(node.right);
      return steps.length === 0
        ? values
        : [...merged(right, deeper(node.left)), ...merged(left, deeper(node.right))];
    }
    default:
      return steps.length === 0 ? values : placeInside(search, node, steps);
  }
}

function placeInside(search: Search, node: TypeNode, steps: readonly Step[]): readonly unknown[] {
  const { sender } = search;
  const [step, ...rest] = steps;
  const into = (inner: TypeNode) => place(search, inner, rest);
  switch (node.kind) {
    case 'object':
      return placeInObject(search, node, steps);
    case 'array':
      return [
        ...into(node.item)
          .filter((item) => item !== undefined)
          .map((item) => [item]),
        ...sender.sample(node).slice(0, 2),
      ];
    case 'tuple': {
      const [base] = sender.sample(node) as readonly unknown[][];
      if (!base) return [];
      const index = step?.kind === 'index' ? step.index : node.items.length;
      const inner = node.items[index] ?? node.rest;
      if (!inner) return sender.sample(node).slice(0, 4);
      return into(inner).flatMap((value) => [
        [...base.slice(0, index), ...(value === undefined ? [] : [value, ...base.slice(index + 1)])],
      ]);
    }
    case 'record':
      return placeInRecord(search, node, steps);
    default:
      return sender.sample(node);
  }
}

function placeInObject(
  search: Search,
  node: ObjectNode,
  [step, ...rest]: readonly Step[],
): readonly unknown[] {
  const { sender, values } = search;
  const into = (inner: TypeNode) => place(search, inner, rest);
  const samples = sender.sample(node);
  const [least, full] = samples as readonly Record<string, unknown>[];
  if (!least) return [];
  const bases = [least, full ?? least];
  if (step?.kind === 'property' && Object.hasOwn(node.properties, step.name)) {
    return bases.flatMap((base) =>
      into(node.properties[step.name] as TypeNode).map((value) =>
        withoutAbsent({ ...base, [step.name]: value }),
      ),
    );
  }
  const name = step?.kind === 'property' ? step.name : 'extra';
  const catchall = typeof node.unknownKeys === 'object' ? sender.sample(node.unknownKeys) : [];
  const junk = [...catchall, ...values, 'text', 1, null];
  return [...bases, ...junk.map((value) => withoutAbsent({ ...least, [name]: value }))];
}

function placeInRecord(
  search: Search,
  node: RecordNode,
  [step, ...rest]: readonly Step[],
): readonly unknown[] {
  const { sender, values } = search;
  const into = (inner: TypeNode) => place(search, inner, rest);
  const samples = sender.sample(node);
  const [value] = sender.sample(node.value).filter((one) => one !== undefined);
  if (step?.kind === 'key') {
    const keys = values.filter((key) => typeof key === 'string' || typeof key === 'number');
    return [...samples.slice(0, 8), ...keys.map((key) => ({ [key]: value })).map(withoutAbsent)];
  }
  const names = keySet(node.key, sender.types) ?? sender.sample(node.key).map(String).slice(0, 3);
  const base = samples.find(isRecord) ?? {};
  return into(node.value).flatMap((one) =>
    names.slice(0, 3).map((key) => withoutAbsent({ ...base, [key]: one })),
  );
}

function merged(other: unknown, values: readonly unknown[]): readonly unknown[] {
  return values.map((value) => (isRecord(other) && isRecord(value) ? { ...other, ...value } : value));
}
