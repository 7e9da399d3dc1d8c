import type { TemplateNode, TypeNode } from '../model.ts';
import type { NamedTypes } from './absence.ts';
import { quote } from './literal.ts';
import { schemaType } from './names.ts';

/** Beyond this number of texts, a template type is printed more loosely. TypeScript rejects 100,000 (TS2590). */
const maxTexts = 1_000;

/** A template literal type, such as `` `task-${number}` ``, as precise as TypeScript allows. */
export function templateText(node: TemplateNode, types: NamedTypes): string {
  const precise = texts(node, types) <= maxTexts;
  const inner = node.parts.map((part) =>
    typeof part === 'string' ? escaped(part) : slot(part, { types, precise }),
  );
  return `\`${inner.join('')}\``;
}

interface SlotContext {
  readonly types: NamedTypes;
  readonly precise: boolean;
}

function slot(node: TypeNode, context: SlotContext): string {
  if (node.kind === 'template') return templateText(node, context.types).slice(1, -1);
  const options = [...new Set(slotOptions(node, context))].sort();
  return options.includes('string') ? '${string}' : `\${${options.join(' | ')}}`;
}

function slotOptions(node: TypeNode, context: SlotContext): string[] {
  switch (node.kind) {
    case 'number':
    case 'bigint':
      return [node.kind];
    case 'boolean':
      return context.precise ? ['boolean'] : ['string'];
    case 'null':
      return ["'null'"];
    case 'undefined':
      return ["''"];
    case 'literal':
    case 'enum':
      return context.precise ? node.values.map((value) => quote(String(value))) : ['string'];
    case 'template':
      return [templateText(node, context.types)];
    case 'nullable':
      return [...slotOptions(node.inner, context), "'null'"];
    case 'optional':
      return [...slotOptions(node.inner, context), "''"];
    case 'union':
      return node.members.flatMap((member) => slotOptions(member, context));
    case 'ref': {
      const target = context.types[node.name];
      const isText =
        target !== undefined &&
        context.precise &&
        ['string', 'number', 'literal', 'enum', 'template'].includes(target.kind);
      return isText ? [schemaType(node.name)] : ['string'];
    }
    default:
      return ['string'];
  }
}

/** Number of texts that a template matches; open parts such as `string` count as one. */
function texts(node: TypeNode, types: NamedTypes): number {
  switch (node.kind) {
    case 'boolean':
      return 2;
    case 'literal':
    case 'enum':
      return node.values.length;
    case 'nullable':
    case 'optional':
      return texts(node.inner, types) + 1;
    case 'union':
      return node.members.reduce((sum, member) => sum + texts(member, types), 0);
    case 'template':
      return node.parts.reduce(
        (product, part) => product * (typeof part === 'string' ? 1 : texts(part, types)),
        1,
      );
    case 'ref': {
      const target = types[node.name];
      return target === undefined ? 1 : texts(target, types);
    }
    default:
      return 1;
  }
}

function escaped(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return inner
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
