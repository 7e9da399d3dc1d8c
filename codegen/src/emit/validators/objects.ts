import type { ObjectNode, TypeNode } from '../../model.ts';
import { propertyKey, quote } from '../literal.ts';
import { all, atom, equals } from './condition.ts';
import { block, cheapFirst, convert, deeper, guarded, hold, refuse, word } from './convert.ts';
import { absence, omittable, takesUndefined } from './facts.ts';
import { helperFunction } from './functions.ts';
import type { Place } from './place.ts';

/** Conversion of one property. */
interface Property {
  readonly key: string;
  /** Expression of the result. */
  readonly text: string;
  /** Condition for setting the key; absent: always. */
  readonly when?: string;
}

/** Statements for an object, and the expression of its copy. */
export function convertObject(node: ObjectNode, value: string, place: Place): string {
  const { module, locals, lines } = place;
  refuse(`!${module.use('keyed')}(${value})`, place);
  const keys = (node.order ?? Object.keys(node.properties).sort()).filter((key) => key !== '__proto__');
  const ordered = [
    ...keys.filter(isIndex).sort((a, b) => Number(a) - Number(b)),
    ...keys.filter((key) => !isIndex(key)),
  ];
  const inside = deeper(place);
  const groups: string[][] = [];
  const names = ordered.map((key) => locals.name(key));
  for (const name of names) place.open.add(name);
  if (keys.length > 0) {
    const fields = ordered.map((key, i) => (key === names[i] ? key : `${propertyKey(key)}: ${names[i]}`));
    lines.push(`const { ${fields.join(', ')} } = ${value} as ${module.type('Fields')};`);
  }
  const properties = ordered.map((key, i) => {
    const group: string[] = [];
    groups.push(group);
    const at = { ...inside, lines: group, wanted: `${place.wanted} ${key}` };
    return convertProperty([key, names[i] as string, value], node.properties[key] as TypeNode, at);
  });
  lines.push(...cheapFirst(groups));
  if (node.unknownKeys === 'strict') {
    lines.push(
      `for (const key in ${value}) if (${undeclared(Object.keys(node.properties).sort())}) return ${module.use('INVALID')};`,
    );
  }
  const open = node.unknownKeys === 'loose' || typeof node.unknownKeys === 'object';
  const maybe = properties.filter(({ when }) => when !== undefined);
  if (!open && maybe.length > 0 && maybe.length <= fewAlternatives) {
    return alternatives(
      properties.map((each) =>
        each.when === undefined ? each : { ...each, when: hold(each.when, place, `has ${each.key}`) },
      ),
    );
  }
  const leading = properties.findIndex(({ when }) => when !== undefined);
  const split = leading === -1 ? properties.length : leading;
  const literal = objectLiteral(properties.slice(0, split));
  if (split === properties.length && !open) return literal;
  const out = locals.name(`${word(place)} out`);
  lines.push(`const ${out}: Record<string, unknown> = ${literal};`);
  for (const { key, text, when } of properties.slice(split)) {
    lines.push(`${when === undefined ? '' : `if (${when}) `}${out}[${quote(key)}] = ${text};`);
  }
  if (open) convertRest(node, [value, out], inside);
  return out;
}

/** Up to so many keys that may be missing, an object is written out for each case, which is faster than adding keys. */
const fewAlternatives = 2;

/** One object literal for each combination of missing keys. */
function alternatives(properties: readonly Property[]): string {
  const at = properties.findIndex(({ when }) => when !== undefined);
  const property = properties[at];
  if (property?.when === undefined) return objectLiteral(properties);
  const { when, ...always } = property;
  const [before, after] = [properties.slice(0, at), properties.slice(at + 1)];
  const [yes, no] = [alternatives([...before, always, ...after]), alternatives([...before, ...after])];
  return `${when} ? ${yes.startsWith('{') ? yes : `(${yes})`} : ${no}`;
}

function convertRest(node: ObjectNode, [value, out]: readonly [string, string], place: Place): void {
  const rest: TypeNode = typeof node.unknownKeys === 'object' ? node.unknownKeys : { kind: 'any' };
  const item = place.locals.name(`${word(place)} rest`);
  const lines = block({ ...place, wanted: `${place.wanted} rest` }, (nested) => {
    nested.lines.push(
      `if (${undeclared([...Object.keys(node.properties).sort(), '__proto__'], '===')}) continue;`,
    );
    nested.lines.push(`const ${item} = (${value} as ${place.module.type('Fields')})[key];`);
    nested.lines.push(`${out}[key] = ${convert(rest, item, nested)};`);
  });
  place.lines.push(`for (const key in ${value}) {`, ...lines, '}');
}

function undeclared(keys: readonly string[], operator: '!==' | '===' = '!=='): string {
  if (keys.length === 0) return operator === '!==' ? 'true' : 'false';
  return keys.map((key) => `key ${operator} ${quote(key)}`).join(operator === '!==' ? ' && ' : ' || ');
}

function convertProperty(
  [key, value, input]: readonly [key: string, value: string, input: string],
  node: TypeNode,
  place: Place,
): Property {
  const { types } = place.module;
  const absent = absence(node, types);
  const omit = omittable(node, types);
  const present = `${quote(key)} in ${input}`;
  if (absent === undefined) {
    if (takesUndefined(node, types)) refuse(`${value} === undefined && !(${present})`, place);
    return { key, text: convert(node, value, place) };
  }
  if (absent === 'kept' && omit) {
    const when = `${value} !== undefined || ${present}`;
    if (node.kind === 'optional' && !node.exact) return { key, text: convert(node, value, place), when };
    const result = guarded(all(equals(value, 'undefined'), atom(`!(${present})`, present)), node, [
      value,
      place,
    ]);
    return { key, text: result, when };
  }
  if (absent === 'filled' && !omit) return { key, text: convert(node, value, place) };
  if (absent === 'kept') {
    const result = hold(convert(node, value, place), place, `${key} result`);
    return { key, text: result, when: `${result} !== undefined || ${present}` };
  }
  const invalid = place.module.use('INVALID');
  const name = helperFunction(node, place);
  const result = place.locals.name(`${key} result`);
  place.lines.push(`const ${result} = ${name}(${value}${place.isDeep(node) ? `, ${place.depth()}` : ''});`);
  place.lines.push(`if (${result} === ${invalid} && ${present}) return ${invalid};`);
  return { key, text: result, when: `${result} !== ${invalid} && (${result} !== undefined || ${present})` };
}

function objectLiteral(properties: readonly Property[]): string {
  if (properties.length === 0) return '{}';
  return `{ ${properties.map(({ key, text }) => (key === text ? key : `${propertyKey(key)}: ${text}`)).join(', ')} }`;
}

function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(key) && Number(key) < 4294967295;
}
