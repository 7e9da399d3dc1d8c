import { somePart } from '../../children.ts';
import type { Diagnostic } from '../../diagnostics.ts';
import { isCatastrophic } from '../../expression/ambiguity.ts';
import type { ContractModel, TypeNode } from '../../model.ts';
import type { NamedTypes } from '../absence.ts';
import type { Position } from '../names.ts';
import { nodeAt, positions } from '../positions.ts';
import { isForeignFormat } from './text-checks.ts';

/** Who makes the checks that need Zod: only the server, or also clients, which import the contract. */
export type UncompiledPolicy = 'server' | 'import';

/** A check or conversion that needs Zod. */
export interface UncompiledReason {
  readonly what: 'refinement' | 'codec' | 'default' | 'catch' | 'format' | 'class';
  /** Its name, if it has one: a refinement's message, a codec, a format, a class. */
  readonly name?: string;
  /** From the node, in the steps of a diagnostic's path. */
  readonly path: readonly string[];
}

/** Whether generated code covers a schema completely, so that a server can use it instead of Zod. */
export function isCompiled(model: ContractModel, node: TypeNode): boolean {
  return uncompiledReasons(model, node).length === 0;
}

/** {@link isCompiled} for a position. */
export function isCompiledAt(model: ContractModel, position: Position): boolean {
  const node = nodeAt(model, position);
  return node === undefined || isCompiled(model, node);
}

/** Everything in a schema, including named types, that needs Zod. */
export function uncompiledReasons(model: ContractModel, node: TypeNode): readonly UncompiledReason[] {
  if (isCovered(node, model.types)) return none;
  const known = reasons.get(node);
  if (known?.types === model.types) return known.found;
  const found: UncompiledReason[] = [];
  reasons.set(node, { types: model.types, found });
  visit(node, [model.types, [], new Set()], (each, path) => {
    for (const reason of ownReasons(each)) found.push({ ...reason, path });
  });
  return found;
}

const none: readonly never[] = [];

/** Whether neither a schema nor any named type has something to report, as is most common. */
function isCovered(node: TypeNode, types: NamedTypes): boolean {
  let open = openTypes.get(types);
  if (open === undefined) openTypes.set(types, (open = Object.values(types).some(isOpen)));
  return !open && !isOpen(node);
}

const openTypes = new WeakMap<NamedTypes, boolean>();

/** Whether a schema has something to report, without named types; cached, since schemas share parts. */
function isOpen(node: TypeNode): boolean {
  let answer = open.get(node);
  if (answer === undefined) {
    answer = ownReasons(node).length > 0 || catastrophicPatterns(node).length > 0 || somePart(node, isOpen);
    open.set(node, answer);
  }
  return answer;
}

const open = new WeakMap<TypeNode, boolean>();

/** Every emitter asks about every position. Schemas never change. */
const reasons = new WeakMap<TypeNode, Found<UncompiledReason>>();

/** What was found in a schema, together with these named types. */
interface Found<Item> {
  readonly types: NamedTypes;
  readonly found: readonly Item[];
}

/**
 * Finds expressions that can take exponential time (`catastrophic-pattern`) and, if clients are generated, what these
 * cannot check (`refinement-not-compiled`) or convert (`codec-not-compiled`) without Zod. The server can make a check
 * alone; a missing conversion is an error, because the client's values would not match their types.
 */
export function validatorDiagnostics(
  model: ContractModel,
  {
    clients,
    uncompiled = 'server',
  }: { readonly clients: boolean; readonly uncompiled?: UncompiledPolicy | undefined },
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { position, node } of positions(model)) {
    if (isCovered(node, model.types)) continue;
    const root = pathOf(position);
    if (clients && uncompiled === 'server' && position.at !== 'identity' && position.at !== 'params') {
      for (const reason of uncompiledReasons(model, node))
        found.push(diagnosticOf(reason, [model.name, root]));
    }
    for (const { pattern, path } of patternsIn(node, model.types))
      found.push(catastrophic(pattern, [model.name, [...root, ...path]]));
  }
  return found;
}

interface Pattern {
  readonly pattern: RegExp;
  readonly path: readonly string[];
}

/** Expressions in a schema that can take exponential time. */
function patternsIn(node: TypeNode, types: NamedTypes): readonly Pattern[] {
  const known = patterns.get(node);
  if (known?.types === types) return known.found;
  const found: Pattern[] = [];
  visit(node, [types, [], new Set()], (each, path) => {
    for (const pattern of catastrophicPatterns(each)) found.push({ pattern, path });
  });
  patterns.set(node, { types, found });
  return found;
}

/** Schemas never change, and most of a contract's stay the same when it is edited. */
const patterns = new WeakMap<TypeNode, Found<Pattern>>();

/** Where a position is in a contract, in the steps of a diagnostic's path. */
function pathOf({ at, name }: Position): readonly string[] {
  const folder = places[at];
  switch (at) {
    case 'auth':
    case 'identity':
      return [folder];
    case 'params':
      return [folder, name];
    case 'details':
      return [folder, name, 'details'];
    case 'entry':
      return [folder, name, 'of'];
    default:
      return [folder, name, at === 'ack' || at === 'reply' ? 'ack' : 'payload'];
  }
}

const places = {
  auth: 'auth',
  identity: 'identity',
  params: 'rooms',
  details: 'errors',
  payload: 'clientToServer',
  ack: 'clientToServer',
  event: 'serverToClient',
  reply: 'serverToClient',
  entry: 'projections',
} as const;

const builtInCodecs = new Set(['date', 'bigint', 'map', 'set', 'url', 'bytes', 'stringbool']);
const knownClasses = new Set(['Date', 'Map', 'Set', 'URL', 'Uint8Array', 'ArrayBuffer', 'RegExp', 'Error']);

function ownReasons(node: TypeNode): readonly Omit<UncompiledReason, 'path'>[] {
  const refinements = 'refinements' in node ? (node.refinements ?? []) : [];
  return [
    ...refinements.map(({ id, message }) => ({ what: 'refinement' as const, ...named(id ?? message) })),
    ...kindReasons(node),
  ];
}

function kindReasons(node: TypeNode): readonly Omit<UncompiledReason, 'path'>[] {
  switch (node.kind) {
    case 'codec':
      return builtInCodecs.has(node.codec ?? '') ? [] : [{ what: 'codec', ...named(node.codec) }];
    case 'default':
    case 'catch':
      return node.value === undefined ? [{ what: node.kind }] : [];
    case 'string':
      return (node.checks ?? [])
        .filter(isForeignFormat)
        .map((check) => ({ what: 'format', ...named('format' in check ? check.format : undefined) }));
    case 'instance':
      return knownClasses.has(node.className) ? [] : [{ what: 'class', name: node.className }];
    default:
      return [];
  }
}

function named(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}

function diagnosticOf(
  { what, name, path }: UncompiledReason,
  [contract, root]: readonly [string, readonly string[]],
): Diagnostic {
  const at = { contract, path: [...root, ...path] };
  const called = name === undefined ? '' : ` "${name}"`;
  if (what === 'codec' || what === 'class') {
    return {
      ...at,
      id: 'codec-not-compiled',
      level: 'error',
      message: `Clients cannot convert the ${what}${called} without Zod, so their values would not match their types.`,
      hint: "Use a codec of '@sockeye/contract', or let clients import the contract: uncompiled: 'import'.",
    };
  }
  return {
    ...at,
    id: 'refinement-not-compiled',
    level: 'info',
    message: `Only the server checks the ${what}${called} here; clients check the rest.`,
    hint: "To check it in clients too, with Zod in their bundle: uncompiled: 'import'.",
  };
}

function catastrophicPatterns(node: TypeNode): readonly RegExp[] {
  if (node.kind === 'template') return isCatastrophic(node.pattern, '') ? [new RegExp(node.pattern)] : [];
  if (node.kind !== 'string') return [];
  return (node.checks ?? []).flatMap((check) => {
    if (
      !('pattern' in check) ||
      check.pattern === undefined ||
      !isCatastrophic(check.pattern, check.flags ?? '')
    )
      return [];
    return [new RegExp(check.pattern, check.flags)];
  });
}

function catastrophic(pattern: RegExp, [contract, path]: readonly [string, readonly string[]]): Diagnostic {
  return {
    id: 'catastrophic-pattern',
    level: 'warning',
    contract,
    path,
    message: `Rejecting a text that does not match ${String(pattern)} can take exponential time.`,
    hint: 'Begin each repetition with something that the rest of it cannot contain, or limit the length first.',
  };
}

type Walk = readonly [types: NamedTypes, path: readonly string[], seen: Set<string>];

function visit(
  node: TypeNode,
  [types, path, seen]: Walk,
  meet: (node: TypeNode, path: readonly string[]) => void,
): void {
  meet(node, path);
  const go = (child: TypeNode, ...steps: readonly string[]) =>
    visit(child, [types, [...path, ...steps], seen], meet);
  switch (node.kind) {
    case 'ref': {
      const target = types[node.name];
      if (target === undefined || seen.has(node.name)) return;
      seen.add(node.name);
      return go(target);
    }
    case 'object':
      for (const key of Object.keys(node.properties).sort()) go(node.properties[key] as TypeNode, key);
      if (typeof node.unknownKeys === 'object') go(node.unknownKeys, '{}');
      return;
    case 'array':
      return go(node.item, '[]');
    case 'tuple':
      node.items.forEach((item, index) => go(item, `[${index}]`));
      if (node.rest) go(node.rest, '[]');
      return;
    case 'record':
    case 'map':
      go(node.key, '{key}');
      return go(node.value, '{}');
    case 'set':
      return go(node.value, '[]');
    case 'union':
      return node.members.forEach((member, index) => go(member, `|${index}`));
    case 'intersection':
      go(node.left, '&0');
      return go(node.right, '&1');
    case 'nullable':
    case 'optional':
    case 'nonoptional':
    case 'default':
    case 'catch':
    case 'readonly':
      return go(node.inner);
    case 'codec':
      go(node.wire, '(wire)');
      return go(node.app, '(app)');
    case 'pipe':
      go(node.in);
      return go(node.out);
    default:
  }
}
