import type { Json, StringCheck, TypeNode } from '../model.ts';
import { checkText } from './read-checks.ts';
import { sizeRange } from './shape-checks.ts';

/** What the placeholders of a message refer to. */
export interface MessageFacts {
  readonly path: string;
  readonly position: string;
  readonly event?: string | undefined;
  readonly field?: string;
  readonly before?: TypeNode | Json;
  readonly after?: TypeNode | Json;
  readonly detail?: string;
}

/** Fills in a rule's text, and prefixes the event. */
export function messageOf(text: string, facts: MessageFacts): string {
  const parts: Readonly<Record<string, string>> = {
    field: facts.field ?? `the ${facts.position}`,
    path: facts.path,
    before: valueText(facts.before),
    after: valueText(facts.after),
    detail: facts.detail ?? '',
  };
  const filled = text.replace(/\{(\w+)\}/g, (slot, name: string) => parts[name] ?? slot).trim();
  const sentence = filled.startsWith('the ') ? `T${filled.slice(1)}` : filled;
  if (facts.event === undefined) return sentence;
  const part = facts.position === 'ack' ? ' (acknowledgement)' : '';
  return `${facts.event}${part}: ${sentence}`;
}

function valueText(value: TypeNode | Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && 'kind' in value)
    return typeText(value as TypeNode);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A schema in a few words: `string (max-length 200)`, `"todo" | "done"`, `array of Task`. */
export function typeText(node: TypeNode): string {
  switch (node.kind) {
    case 'string':
      return detailed(
        'string',
        (node.checks ?? []).map((check: StringCheck) => checkText(check)),
      );
    case 'number':
      return detailed(
        'number',
        (node.checks ?? []).map((check) =>
          check.check === 'format' ? check.format : `${check.check} ${check.value}`,
        ),
      );
    case 'literal':
    case 'enum':
      return shortened(node.values.map((value) => JSON.stringify(value)).join(' | '));
    case 'any':
      return 'anything';
    case 'binary':
      return node.max === undefined ? 'bytes' : `bytes (max ${node.max})`;
    case 'object':
      return shortened(`object { ${Object.keys(node.properties).join(', ')} }`);
    case 'array': {
      const { min, max } = sizeRange(node.checks);
      const sizes = [...(min > 0 ? [`min ${min}`] : []), ...(Number.isFinite(max) ? [`max ${max}`] : [])];
      return detailed(`array of ${typeText(node.item)}`, sizes);
    }
    case 'tuple':
      return shortened(
        `[${node.items.map(typeText).join(', ')}${node.rest ? `, ...${typeText(node.rest)}` : ''}]`,
      );
    case 'record':
      return `${node.mode === 'exhaustive' ? '' : `${node.mode} `}record of ${typeText(node.value)}`;
    case 'union':
      return shortened(node.members.map(typeText).join(' | '));
    case 'intersection':
      return shortened(`${typeText(node.left)} & ${typeText(node.right)}`);
    case 'nullable':
      return `${typeText(node.inner)} | null`;
    case 'optional':
      return `optional ${typeText(node.inner)}`;
    case 'default':
      return `${typeText(node.inner)} (default ${node.factory ? 'computed' : JSON.stringify(node.value)})`;
    case 'catch':
      return `${typeText(node.inner)} (catch)`;
    case 'nonoptional':
    case 'readonly':
      return typeText(node.inner);
    case 'codec':
      return `${node.codec ?? 'converted'} (${typeText(node.wire)})`;
    case 'pipe':
      return `${typeText(node.in)} then ${typeText(node.out)}`;
    case 'ref':
      return node.name;
    case 'template':
      return `string like ${node.pattern}`;
    case 'instance':
      return node.className;
    default:
      return node.kind;
  }
}

function detailed(kind: string, details: readonly string[]): string {
  return details.length === 0 ? kind : `${kind} (${details.join(', ')})`;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
