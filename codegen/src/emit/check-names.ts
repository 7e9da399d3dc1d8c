import type { Diagnostic } from '../diagnostics.ts';
import type { ContractModel } from '../model.ts';
import { memberClaims, typeClaims, type Claim } from './claims.ts';
import { hookClaims, injectClaims } from './hook-claims.ts';
import { identifier } from './names.ts';
import { reservedWords } from './taken-names.ts';
import type { TargetName } from './targets.ts';

/**
 * Errors for names that generated code cannot use: collisions, names that are taken, and names that give no identifier.
 * The same event in both directions is allowed.
 *
 * @param targets What is generated: React and Angular files add names. Default: nothing.
 */
export function checkNames(model: ContractModel, targets: readonly TargetName[] = []): readonly Diagnostic[] {
  const stages = [
    () => named(model).flatMap((each) => unusableName(model, each)),
    () => memberClaims(model).flatMap((claims) => collisions(model, claims)),
    () => typeClaims(model).flatMap((claims) => collisions(model, claims)),
    () => (targets.includes('react') ? collisions(model, hookClaims(model)) : []),
    () =>
      targets.includes('angular') ? injectClaims(model).flatMap((claims) => collisions(model, claims)) : [],
  ];
  // Findings of a later stage mostly follow from those of an earlier one.
  for (const stage of stages) {
    const found = new Map(stage().map((finding) => [finding.message, finding]));
    if (found.size > 0) return [...found.values()];
  }
  return [];
}

/** Something that a contract names. */
interface Named {
  readonly name: string;
  /** How messages refer to it. */
  readonly what: string;
  readonly path: readonly string[];
}

function named(model: ContractModel): Named[] {
  const list = (group: 'rooms' | 'errors' | 'clientToServer' | 'serverToClient', what: string): Named[] =>
    Object.keys(model[group])
      .sort()
      .map((name) => ({ name, what: `${what} ${JSON.stringify(name)}`, path: [group, name] }));
  return [
    { name: model.name, what: `contract ${JSON.stringify(model.name)}`, path: ['name'] },
    ...list('rooms', 'room'),
    ...list('errors', 'error'),
    ...list('clientToServer', 'client event'),
    ...list('serverToClient', 'server event'),
  ];
}

function unusableName(model: ContractModel, { name, what, path }: Named): Diagnostic[] {
  const made = identifier(name);
  const isMember = path[0] !== 'errors' && path[0] !== 'name';
  const rules: readonly (readonly [applies: boolean, id: string, message: string, hint: string])[] = [
    [name === '__proto__', 'name-reserved', 'is a reserved key of JavaScript', 'Rename it.'],
    [
      made === '',
      'name-unusable',
      'contains no letter, so it cannot become an identifier',
      'Use a name with letters.',
    ],
    [
      /^[\p{Nd}\p{M}]/u.test(made),
      'name-unusable',
      `becomes \`${made}\` in generated code, which does not begin with a letter`,
      'Begin the name with a letter.',
    ],
    [
      path[0] === 'rooms' && made !== name,
      'name-unusable',
      'is used as a member name in generated code, but is not an identifier',
      `Rename it to \`${made}\`.`,
    ],
    [
      isMember && reservedWords.has(made),
      'name-reserved',
      `becomes \`${made}\` in generated code, which is a reserved word`,
      'Rename it, for example with a topic: `task:delete`.',
    ],
  ];
  const broken = rules.find(([applies]) => applies);
  if (broken === undefined) return [];
  const [, id, message, hint] = broken;
  return [{ id, level: 'error', message: `${sentence(what)} ${message}.`, hint, contract: model.name, path }];
}

function collisions(model: ContractModel, claims: readonly Claim[]): Diagnostic[] {
  const owners = new Map<string, Claim>();
  const found: Diagnostic[] = [];
  for (const claim of claims) {
    const owner = owners.get(claim.name);
    if (owner === undefined) owners.set(claim.name, claim);
    else found.push(collision(model, owner, claim));
  }
  return found;
}

function collision(model: ContractModel, owner: Claim, claim: Claim): Diagnostic {
  return {
    id: 'name-collision',
    level: 'error',
    message: `${sentence(claim.what)} and ${owner.what} are both \`${claim.name}\` in generated code.`,
    hint: 'Rename one of them.',
    contract: model.name,
    ...(claim.path === undefined ? {} : { path: claim.path }),
  };
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
