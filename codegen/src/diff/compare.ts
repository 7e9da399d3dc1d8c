import type { ContractModel, TypeNode } from '../model.ts';
import { compareEvents } from './compare-events.ts';
import {
  cameFact,
  compareAt,
  createContext,
  statement,
  wentFact,
  type Context,
  type Place,
} from './compare-payload.ts';
import { compareErrors, compareRooms, names, own } from './compare-rooms.ts';
import { createComparison } from './compare-schema.ts';
import type { Fact } from './fact.ts';
import { read } from './read.ts';
import { sameValue } from './same.ts';
import { compareVersions } from './version.ts';

/**
 * Finds all differences between two versions of a contract, as neutral facts sorted by path. Equivalent declarations
 * give none: inlined or named types, order, equivalent bounds, documentation.
 */
export function compare(before: ContractModel, after: ContractModel): readonly Fact[] {
  const context = createContext(createComparison(before.types, after.types));
  return [
    ...compareContracts(before, after),
    ...compareAuth(context, before.auth, after.auth),
    ...compareIdentity(context, before.identity, after.identity),
    ...compareRooms(context, before, after),
    ...compareErrors(context, before, after),
    ...compareEvents(context, before, after),
    ...compareTypeNames(context, before, after),
    ...compareProjections(context, before, after),
  ];
}

function compareContracts(before: ContractModel, after: ContractModel): readonly Fact[] {
  const at = (path: string): Place => ({ position: 'contract', direction: 'inbound', path });
  const changed = (fact: string, key: 'name' | 'namespace'): readonly Fact[] =>
    before[key] === after[key]
      ? []
      : [{ ...statement(fact, at(key)), before: before[key], after: after[key] }];
  return [
    ...changed('contract-renamed', 'name'),
    ...changed('namespace-changed', 'namespace'),
    ...(compareVersions(before.version, after.version) > 0
      ? [{ ...statement('version-lowered', at('version')), before: before.version, after: after.version }]
      : []),
  ];
}

function compareAuth(
  context: Context,
  before: TypeNode | undefined,
  after: TypeNode | undefined,
): readonly Fact[] {
  const place: Place = { position: 'auth', direction: 'inbound', path: 'auth' };
  if (before && after) return compareAt(context, place, [before, after]);
  const node = before ?? after;
  if (!node) return [];
  const side = after ? context.after : context.before;
  const came = cameFact(
    'auth-added',
    {
      context: after ? context : { ...context, after: context.before },
      place,
      node,
      readsNothing: (auth) => read(auth, {}, side.types).ok,
    },
    { payload: {}, effect: 'is ignored: the receiver requires no auth', dropped: 'differs' },
  );
  return [after ? came : wentFact('auth-removed', came)];
}

/** The identity never leaves the server. */
function compareIdentity(
  { comparison }: Context,
  before: TypeNode | undefined,
  after: TypeNode | undefined,
): readonly Fact[] {
  if (!before && !after) return [];
  if (before && after && comparison.same(before, after)) return [];
  const fact = statement('identity-changed', {
    position: 'identity',
    direction: 'inbound',
    path: 'identity',
  });
  return [{ ...fact, ...(before && { before }), ...(after && { after }) }];
}

/** Client state: it affects only the clients' own code, except presence, which servers send. */
function compareProjections(context: Context, before: ContractModel, after: ContractModel): readonly Fact[] {
  const [was, is] = [before.projections ?? {}, after.projections ?? {}];
  return names(was, is).flatMap((name): readonly Fact[] => {
    const [a, b] = [own(was, name), own(is, name)];
    const place: Place = { position: 'contract', direction: 'outbound', path: `projections.${name}` };
    if (!a) return [{ ...statement('projection-added', place), after: name }];
    if (!b) return [{ ...statement('projection-removed', place), before: name }];
    if (a.kind === 'presence' && b.kind === 'presence') {
      const travels: Place = { position: 'payload', direction: 'outbound', path: `${place.path}.of` };
      const rest = sameValue({ ...a, of: b.of, summary: b.summary }, b);
      return [
        ...compareAt(context, travels, [a.of, b.of]),
        ...(rest ? [] : [{ ...statement('projection-changed', place), after: name }]),
      ];
    }
    const [left, right] = [a, b].map(({ summary: _, ...meaning }) => meaning);
    return sameValue(left, right) ? [] : [{ ...statement('projection-changed', place), after: name }];
  });
}

/** A type name that was replaced by another with the same meaning; it affects only generated code. */
function compareTypeNames(
  { comparison }: Context,
  before: ContractModel,
  after: ContractModel,
): readonly Fact[] {
  const gone = Object.keys(before.types).filter((name) => !Object.hasOwn(after.types, name));
  const added = Object.keys(after.types).filter((name) => !Object.hasOwn(before.types, name));
  return gone.flatMap((name) => {
    const same = added.filter((other) => comparison.same(before.types[name], after.types[other]));
    const [other] = same;
    if (other === undefined || same.length > 1) return [];
    const place: Place = { position: 'type', direction: 'inbound', path: `types.${name}` };
    return [{ ...statement('type-renamed', place), before: name, after: other }];
  });
}
