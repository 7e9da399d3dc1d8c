import type { ObjectNode, TypeNode } from '../model.ts';
import {
  compareNodes,
  comparePresent,
  nodeFact,
  relation,
  under,
  type Comparison,
} from './compare-schema.ts';
import {
  both,
  type Change,
  silent,
  swapped,
  worse,
  worst,
  type SchemaFact,
  type Verdict,
  type Verdicts,
} from './fact.ts';
import { keySet, read } from './read.ts';
import type { Core } from './shape.ts';

type Of<K extends Core['kind']> = Extract<Core, { kind: K }>;
type Unknowns = ObjectNode['unknownKeys'];

/** Facts of two objects. */
export function compareObjects(with_: Comparison, a: Of<'object'>, b: Of<'object'>): readonly SchemaFact[] {
  const [before, after] = [a.object, b.object];
  const facts: SchemaFact[] = [];
  const gone: string[] = [];
  const added: string[] = [];
  for (const [name, node] of Object.entries(before.properties)) {
    const other = property(after, name);
    if (other) facts.push(...under({ kind: 'property', name }, compareNodes(with_, node, other)));
    else gone.push(name);
  }
  for (const name of Object.keys(after.properties)) if (!property(before, name)) added.push(name);
  const renamed = renameOf(with_, [before, after], { gone, added });
  if (renamed) {
    const fact = nodeFact('property-renamed', both('rejects', 'rejects'), { before: a.node, after: b.node });
    return [
      ...facts,
      { ...fact, before: renamed.from, after: renamed.to },
      ...compareUnknownKeys(with_, a, b),
    ];
  }
  for (const name of added)
    facts.push(
      ...under({ kind: 'property', name }, [addedFact(with_, before, property(after, name) as TypeNode)]),
    );
  for (const name of gone)
    facts.push(
      ...under({ kind: 'property', name }, [removedFact(with_, after, property(before, name) as TypeNode)]),
    );
  return [...facts, ...compareUnknownKeys(with_, a, b)];
}

function property(object: ObjectNode, name: string): TypeNode | undefined {
  return Object.hasOwn(object.properties, name) ? object.properties[name] : undefined;
}

/** A removed and an added required property of the same schema count as a rename. */
function renameOf(
  with_: Comparison,
  [before, after]: Change<ObjectNode>,
  { gone, added }: { readonly gone: readonly string[]; readonly added: readonly string[] },
): { readonly from: string; readonly to: string } | undefined {
  const [from, to] = [gone[0], added[0]];
  if (from === undefined || to === undefined || gone.length > 1 || added.length > 1) return undefined;
  const [old, fresh] = [property(before, from) as TypeNode, property(after, to) as TypeNode];
  if (with_.before(old).readAbsent || !with_.same(old, fresh)) return undefined;
  return { from, to };
}

function addedFact(with_: Comparison, before: ObjectNode, after: TypeNode): SchemaFact {
  const shape = with_.after(after);
  const related = (keys: TypeNode) => relation(with_, keys, after);
  const id = shape.fill
    ? 'property-added-with-default'
    : shape.readAbsent
      ? 'property-added-optional'
      : 'property-added-required';
  return { ...nodeFact(id, oneSided(shape, before.unknownKeys, related), { after }), before: 'absent' };
}

function removedFact(with_: Comparison, after: ObjectNode, before: TypeNode): SchemaFact {
  const shape = with_.before(before);
  const related = (keys: TypeNode) => swapped(relation(with_, before, keys));
  const id = shape.readAbsent ? 'property-removed-optional' : 'property-removed-required';
  return {
    ...nodeFact(id, swapped(oneSided(shape, after.unknownKeys, related)), { before }),
    after: 'absent',
  };
}

/** Verdicts of an added property, by how the other side treats unknown keys. */
function oneSided(
  shape: { readonly readAbsent: boolean; readonly fill?: unknown; readonly members: readonly Core[] },
  others: Unknowns,
  related: (keys: TypeNode) => Verdicts,
): Verdicts {
  const absent: Verdict = shape.readAbsent ? (shape.fill ? 'differs' : 'ok') : 'rejects';
  if (others === 'strict') return both(absent, 'rejects');
  if (others === 'strip')
    return { backward: absent, forward: 'differs', rawBackward: absent, rawForward: 'differs' };
  const keys = related(others === 'loose' ? anything : others);
  return {
    backward: worse(absent, keys.backward),
    rawBackward: worse(absent, keys.rawBackward),
    forward: others === 'loose' ? 'ok' : keys.forward,
    rawForward: others === 'loose' ? 'ok' : keys.rawForward,
  };
}

const anything: TypeNode = { kind: 'any' };

function compareUnknownKeys(with_: Comparison, a: Of<'object'>, b: Of<'object'>): readonly SchemaFact[] {
  const [from, to] = [a.object.unknownKeys, b.object.unknownKeys];
  if (from === to) return [];
  if (typeof from === 'object' && typeof to === 'object') {
    return under({ kind: 'unknown-keys' }, compareNodes(with_, from, to));
  }
  const id =
    to === 'strict'
      ? 'unknown-keys-refused'
      : from === 'strict'
        ? 'unknown-keys-accepted'
        : to === 'strip'
          ? 'unknown-keys-dropped'
          : from === 'strip'
            ? 'unknown-keys-kept'
            : typeof to === 'object'
              ? 'unknown-keys-narrowed'
              : 'unknown-keys-widened';
  const backward = passes(from, to);
  const forward = passes(to, from);
  const verdict = {
    backward: backward.encoded,
    forward: forward.encoded,
    rawBackward: backward.raw,
    rawForward: forward.raw,
  };
  const fact = nodeFact(id, verdict, { before: a.node, after: b.node });
  return under({ kind: 'unknown-keys' }, [{ ...fact, before: keysText(from), after: keysText(to) }]);
}

function keysText(keys: Unknowns): string {
  return typeof keys === 'object' ? `catchall ${keys.kind}` : keys;
}

function passes(from: Unknowns, to: Unknowns): { readonly encoded: Verdict; readonly raw: Verdict } {
  const read: Verdict =
    to === 'strict'
      ? 'rejects'
      : to === 'strip'
        ? from === 'strip'
          ? 'ok'
          : 'differs'
        : to === 'loose'
          ? from === 'strip'
            ? 'differs'
            : 'ok'
          : from === 'strict'
            ? 'ok'
            : 'rejects';
  if (from === 'strict') return { encoded: 'ok', raw: 'ok' };
  return { encoded: from === 'strip' ? 'ok' : read, raw: read };
}

/** Facts of an object that became a record. */
export function compareObjectRecord(
  with_: Comparison,
  a: Of<'object'>,
  b: Of<'record'>,
): readonly SchemaFact[] {
  const { properties, unknownKeys } = a.object;
  const { key, value } = b.record;
  const names = Object.keys(properties);
  const relations = names.map((name) => worst(comparePresent(with_, properties[name] as TypeNode, value)));
  const named = names.every((name) => read(key, name, with_.afterTypes).ok);
  const needed =
    b.record.mode === 'exhaustive' && !with_.after(value).readAbsent
      ? (keySet(key, with_.afterTypes) ?? [])
      : [];
  const sent = names.filter((name) => !with_.before(properties[name] as TypeNode).sendAbsent);
  const complete = needed.every((name) => sent.includes(name));
  const keys = unknownKeys === 'loose' ? anything : unknownKeys;
  const others = typeof keys === 'object' ? worst(comparePresent(with_, keys, value)) : silent;
  const into = worst([
    ...relations,
    both(named && complete ? 'ok' : 'rejects', 'ok'),
    both(others.backward, 'ok'),
  ]);
  const required = names.some((name) => !with_.before(properties[name] as TypeNode).readAbsent);
  const forward: Verdict = required || unknownKeys === 'strict' ? 'rejects' : 'unknown';
  const verdict = {
    ...silent,
    backward: into.backward,
    forward,
    rawBackward: worse(into.rawBackward, unknownKeys === 'strip' ? 'unknown' : 'ok'),
    rawForward: forward,
  };
  return [nodeFact('object-became-record', verdict, { before: a.node, after: b.node })];
}
