import { isCatastrophic } from '../expression/ambiguity.ts';
import type { ContractModel, EventModel, StringNode, TypeNode } from '../model.ts';
import type { LintHit } from './find.ts';
import { walkWire, type PlacedNode } from './walk.ts';

/** Hits of the rules about schemas. */
export function findInSchemas(model: ContractModel): readonly LintHit[] {
  const inbound = [
    ...(model.auth === undefined ? [] : [{ node: model.auth, path: ['auth'] }]),
    ...Object.entries(model.clientToServer).flatMap(([name, event]) =>
      payloadsOf(event, ['clientToServer', name]),
    ),
    ...Object.entries(model.serverToClient).flatMap(([name, event]) =>
      acksOf(event, ['serverToClient', name]),
    ),
  ];
  const outbound = [
    ...Object.entries(model.serverToClient).flatMap(([name, event]) =>
      payloadsOf(event, ['serverToClient', name]),
    ),
    ...Object.entries(model.clientToServer).flatMap(([name, event]) =>
      acksOf(event, ['clientToServer', name]),
    ),
  ];
  const nodes = (roots: readonly Root[]): readonly PlacedNode[] =>
    roots.flatMap(({ node, path }) => walkWire(node, { path, types: model.types }));
  const [read, sent] = [nodes(inbound), nodes(outbound)];
  return [
    ...read.flatMap(findInInbound),
    ...[...read, ...sent].flatMap(findAny),
    ...findFieldNames([...read, ...sent]),
  ];
}

interface Root {
  readonly node: TypeNode;
  readonly path: readonly string[];
}

function payloadsOf({ payload, args = [] }: EventModel, path: readonly string[]): readonly Root[] {
  const positional = args.map((node, index) => ({ node, path: [...path, 'args', `[${index}]`] }));
  return payload === undefined ? positional : [{ node: payload, path: [...path, 'payload'] }];
}

function acksOf({ ack }: EventModel, path: readonly string[]): readonly Root[] {
  if (ack === undefined) return [];
  const at = [...path, 'ack'];
  return ack.kind === 'raw-args'
    ? ack.items.map((node, index) => ({ node, path: [...at, `[${index}]`] }))
    : [{ node: ack.data, path: at }];
}

/** Unbounded values that clients can send. */
function findInInbound({ node, path }: PlacedNode): readonly LintHit[] {
  const name = placeName(path);
  if (node.kind === 'string') {
    const patterns = patternsOf(node).filter(({ pattern, flags }) => isCatastrophic(pattern, flags));
    return [
      ...patterns.map(({ pattern }): LintHit => ({
        rule: 'catastrophic-pattern',
        message: `The pattern ${shortened(pattern)} of ${name} may backtrack without bound.`,
        path,
      })),
      ...(isBounded(node)
        ? []
        : [{ rule: 'unbounded-string', message: `${name} has no maximum length.`, path } as const]),
    ];
  }
  const isList = node.kind === 'array' || node.kind === 'set' || node.kind === 'map';
  return isList && !(node.checks ?? []).some(({ check }) => check === 'max' || check === 'length')
    ? [{ rule: 'unbounded-array', message: `${name} has no maximum number of items.`, path }]
    : [];
}

function findAny({ node, path }: PlacedNode): readonly LintHit[] {
  return node.kind === 'any'
    ? [{ rule: 'any-value', message: `${placeName(path)} accepts any value.`, path }]
    : [];
}

/** Formats that bound their length. */
const boundedFormats = new Set(
  'uuid guid cuid cuid2 ulid xid ksuid nanoid ipv4 ipv6 cidrv4 cidrv6 mac date time datetime duration e164 email hostname'.split(
    ' ',
  ),
);

function isBounded({ checks = [] }: StringNode): boolean {
  return checks.some((check) => {
    switch (check.check) {
      case 'max-length':
      case 'length':
        return true;
      case 'format':
        return check.custom !== true && boundedFormats.has(check.format);
      case 'pattern':
        return isBoundedPattern(check.pattern);
      case 'min-length':
      case 'starts-with':
      case 'ends-with':
      case 'includes':
      case 'trim':
      case 'lower-case':
      case 'upper-case':
      case 'normalize':
        return false;
      default:
        return check satisfies never;
    }
  });
}

/** Whether a whole text must match something without open repetition. Wrong only towards a finding. */
function isBoundedPattern(pattern: string): boolean {
  const outside = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  return /^\^[^|]*\$$/.test(outside) && !/[*+]|\{\d+,\}/.test(outside);
}

function patternsOf({
  checks = [],
}: StringNode): readonly { readonly pattern: string; readonly flags: string }[] {
  return checks.flatMap((check) => {
    if (check.check === 'pattern') return [{ pattern: check.pattern, flags: check.flags ?? '' }];
    if (check.check !== 'format' || check.custom !== true || check.pattern === undefined) return [];
    return [{ pattern: check.pattern, flags: check.flags ?? '' }];
  });
}

/** Fields of the rarer of two styles; none in a contract that has only one. */
function findFieldNames(nodes: readonly PlacedNode[]): readonly LintHit[] {
  const fields = nodes.flatMap(({ node, path }) =>
    node.kind === 'object'
      ? Object.keys(node.properties).map((name) => ({ name, path: [...path, name] }))
      : [],
  );
  const camel = fields.filter(({ name }) => /^[a-z][a-z0-9]*[A-Z]/.test(name));
  const snake = fields.filter(({ name }) => /^[a-z0-9]+_/.test(name));
  const rarer = camel.length < snake.length ? camel : snake;
  return camel.length === 0 || snake.length === 0
    ? []
    : rarer.map(({ name, path }) => ({
        rule: 'field-name',
        message: `The field "${name}" does not follow the style of most fields.`,
        path,
      }));
}

function placeName(path: readonly string[]): string {
  return `"${path.slice(1).join(' › ')}"`;
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
