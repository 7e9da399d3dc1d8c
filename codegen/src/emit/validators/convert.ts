import type { ArrayNode, StringNode, TypeNode } from '../../model.ts';
import { any, equals, fails, holds, type Condition } from './condition.ts';
import { condition, jsonText } from './conditions.ts';
import { absence, failsUnchecked, isPlain, takesUndefined } from './facts.ts';
import { helperFunction, memberFunction, slowFunction, typeFunction } from './functions.ts';
import { changedConstant, rangeOf } from './text-schema.ts';
import type { Place } from './place.ts';
import { convertCodec } from './codecs.ts';
import { convertObject } from './objects.ts';
import { changedText, textCondition, urlRules } from './text-checks.ts';

/**
 * Writes the statements that convert `value`, which must be a plain variable, and returns the expression of the
 * result. A refusal returns `INVALID` from the function that is being written.
 */
export function convert(node: TypeNode, value: string, place: Place): string {
  if (isPlain(node, place.module.types, place.direction)) {
    demand(condition(node, value, place), place);
    return value;
  }
  if (place.direction === 'encode' && failsUnchecked(node, place.module.types)) {
    return call(slowFunction(node, place), value, [place, node]);
  }
  switch (node.kind) {
    case 'string':
      return convertText(node, value, place);
    case 'object':
      if (place.module.isRepeated(node)) return call(helperFunction(node, place), value, [place, node]);
      return convertObject(node, value, place);
    case 'array':
      return convertArray(node, value, place);
    case 'ref':
      return convertRef(node.name, value, place);
    case 'optional':
      return convertOptional(node, value, place);
    case 'nullable':
      return guarded(equals(value, 'null'), node.inner, [value, place]);
    case 'nonoptional': {
      const result = hold(convert(node.inner, value, place), place, `${word(place)} result`);
      refuse(`${result} === undefined`, place);
      return result;
    }
    case 'default':
      if (node.value === undefined) return convert(node.inner, value, place);
      return convertDefault(node.inner, jsonText(node.value), [value, node.prefault === true, place]);
    case 'catch':
      if (node.value === undefined) return convert(node.inner, value, place);
      return convertCatch(node.inner, jsonText(node.value), [value, place]);
    case 'readonly': {
      const result = convert(node.inner, value, place);
      return place.direction === 'encode' ? result : `Object.freeze(${result})`;
    }
    case 'codec':
      return convertCodec(node, value, place);
    case 'pipe': {
      const [first, second] = place.direction === 'decode' ? [node.in, node.out] : [node.out, node.in];
      return convert(second, hold(convert(first, value, place), place, `${word(place)} piped`), place);
    }
    case 'union':
      if (node.members.length === 1 && node.discriminator === undefined)
        return convert(node.members[0] as TypeNode, value, place);
      return call(helperFunction(node, place), value, [place, node]);
    case 'tuple':
    case 'record':
    case 'intersection':
      return call(helperFunction(node, place), value, [place, node]);
    default:
      return call(slowFunction(node, place), value, [place, node]);
  }
}

/** `if (condition) return INVALID;`, unless the condition is never true. */
export function refuse(text: string, { lines, module }: Place): void {
  if (text !== 'false')
    lines.push(
      text === 'true' ? `return ${module.use('INVALID')};` : `if (${text}) return ${module.use('INVALID')};`,
    );
}

/** Rejects values that do not match. Splits conjunctions, so that {@link cheapFirst} can sort their parts. */
export function demand(what: Condition, place: Place): void {
  for (const part of what.kind === 'all' ? what.parts : [what]) refuse(fails(part), place);
}

/**
 * Statements of several values, cheap rejections first: most invalid values are then rejected before anything is
 * searched or copied.
 */
export function cheapFirst(groups: readonly (readonly string[])[]): string[] {
  const cheap: string[] = [];
  const costly: string[] = [];
  const rest = groups.flatMap((lines) => {
    const other = lines.findIndex((line) => !refusal.test(line) || assigns(line));
    const leading = other === -1 ? lines : lines.slice(0, other);
    for (const line of leading) (isCheap(line) ? cheap : costly).push(line);
    return other === -1 ? [] : lines.slice(other);
  });
  return [...cheap, ...costly, ...rest];
}

/** Joins consecutive rejections. */
export function joined(lines: readonly string[]): string[] {
  const out: string[] = [];
  let parts: string[] = [];
  for (const line of lines) {
    const [, text] = refusal.exec(line) ?? [];
    parts = text === undefined ? [] : [...parts, text];
    if (parts.length < 2) out.push(line);
    else out[out.length - 1] = `if (${parts.map(parenthesized).join(' || ')}) return INVALID;`;
  }
  return out;
}

function assigns(line: string): boolean {
  return /\(\w+ = /.test(line);
}

const refusal = /^if \((.*)\) return INVALID;$/;

function isCheap(line: string): boolean {
  return !/\w\(/.test(
    line.replace(/\b(?:Number\.\w+|Array\.isArray|keyed|longerThan|shorterThan|getTime)\(/g, ''),
  );
}

/** A part of a disjunction; in parentheses where it is a conjunction. */
function parenthesized(text: string): string {
  if (!text.includes(' && ')) return text;
  const outer = withoutGroups(text);
  return outer.includes(' && ') && !outer.includes(' || ') ? `(${text})` : text;
}

function withoutGroups(text: string): string {
  if (!text.includes('(')) return text;
  const less = text.replace(/\([^()]*\)/g, '');
  return less === text ? text : withoutGroups(less);
}

/** A variable with the value of an expression, unless it is one already. */
export function hold(expression: string, place: Place, wanted: string): string {
  if (/^[A-Za-z]\w*$/.test(expression) && !['undefined', 'null', 'true', 'false'].includes(expression))
    return expression;
  const name = place.locals.name(wanted);
  place.lines.push(`const ${name} = ${expression};`);
  return name;
}

/** Assigns to a variable its value converted by a function that may reject it; returns the variable. */
export function call(name: string, value: string, [place, node]: readonly [Place, TypeNode]): string {
  return converted(`${name}(${value}${place.isDeep(node) ? `, ${place.depth()}` : ''})`, value, place);
}

/** Assigns to a variable the result of a call that may reject it; returns the variable. */
function converted(call: string, value: string, place: Place): string {
  if (!place.open.has(value)) return held(call, place);
  place.assigned.add(value);
  refuse(`(${value} = ${call}) === ${place.module.use('INVALID')}`, place);
  return value;
}

/** Calls a function that may reject; returns a new variable with its result. */
export function called(name: string, value: string, [place, node]: readonly [Place, TypeNode]): string {
  return held(`${name}(${value}${place.isDeep(node) ? `, ${place.depth()}` : ''})`, place);
}

function held(call: string, place: Place): string {
  const result = place.locals.name(`${word(place)} ${place.direction === 'decode' ? 'decoded' : 'encoded'}`);
  place.lines.push(`const ${result} = ${call};`);
  refuse(`${result} === ${place.module.use('INVALID')}`, place);
  return result;
}

/** Statements of a nested block, indented. */
export function block(place: Place, write: (inner: Place) => void): string[] {
  const lines: string[] = [];
  write({ ...place, lines });
  return joined(lines).map((line) => `  ${line}`);
}

function convertText(node: StringNode, value: string, place: Place): string {
  const known = changedConstant(node, place.module, place.wanted);
  if (known !== undefined) return call(known, value, [place, node]);
  refuse(`typeof ${value} !== 'string'`, place);
  let text = value;
  for (const check of node.checks ?? []) {
    const changed = changedText(check, text);
    if (changed !== text) text = hold(changed, place, `${word(place)} changed`);
    else if (check.check === 'format' && check.format === 'url') {
      text = called(place.module.use('url'), [text, ...urlRules(check, place.module)].join(', '), [
        place,
        { kind: 'string' },
      ]);
    } else demand(textCondition(check, text, place), place);
  }
  return text;
}

function convertRef(name: string, value: string, place: Place): string {
  return call(typeFunction(name, place), value, [place, { kind: 'ref', name }]);
}

function convertOptional(node: Extract<TypeNode, { kind: 'optional' }>, value: string, place: Place): string {
  if (node.exact) return convert(node.inner, value, place);
  if (absence(node.inner, place.module.types) !== 'filled')
    return guarded(equals(value, 'undefined'), node.inner, [value, place]);
  const name = helperFunction(node.inner, place);
  const result = place.locals.name(`${word(place)} result`);
  const invalid = place.module.use('INVALID');
  place.lines.push(
    `let ${result}: unknown = ${name}(${value}${place.isDeep(node) ? `, ${place.depth()}` : ''});`,
  );
  place.lines.push(
    `if (${result} === ${invalid}) {`,
    `  if (${value} !== undefined) return ${invalid};`,
    `  ${result} = undefined;`,
    '}',
  );
  return result;
}

/** The value itself if a condition holds, otherwise its conversion by a schema. */
export function guarded(as: Condition, inner: TypeNode, [value, place]: readonly [string, Place]): string {
  const isOpen = place.open.has(value);
  const result = isOpen ? value : place.locals.name(`${word(place)} result`);
  let text = '';
  const lines = block(place, (nested) => {
    text = convert(inner, value, nested);
  });
  const unless = fails(as);
  const [, only] = (lines.length === 1 && refusal.exec((lines[0] as string).trim())) || [];
  if (only !== undefined && text === result) {
    refuse(`${parenthesizedAny(unless)} && ${parenthesizedAny(only)}`, place);
    return result;
  }
  if (text !== result) lines.push(`  ${result} = ${text};`);
  if (isOpen) place.assigned.add(value);
  else place.lines.push(`let ${result}: unknown = ${value};`);
  place.lines.push(`if (${unless}) {`, ...lines, '}');
  return result;
}

function parenthesizedAny(text: string): string {
  return / \|\| /.test(text) ? `(${text})` : text;
}

function convertDefault(
  inner: TypeNode,
  made: string,
  [value, before, place]: readonly [value: string, before: boolean, place: Place],
): string {
  if (place.direction === 'encode') return convert(inner, value, place);
  if (before)
    return convert(
      inner,
      hold(`${value} === undefined ? ${made} : ${value}`, place, `${word(place)} given`),
      place,
    );
  if (isPlain(inner, place.module.types, 'decode')) {
    refuse(fails(any(equals(value, 'undefined'), condition(inner, value, place))), place);
    return `${value} === undefined ? ${made} : ${value}`;
  }
  const result = place.locals.name(`${word(place)} result`);
  let text = '';
  const lines = block(place, (nested) => {
    text = convert(inner, value, nested);
  });
  place.lines.push(
    `let ${result}: unknown;`,
    `if (${value} === undefined) ${result} = ${made};`,
    'else {',
    ...lines,
    `  ${result} = ${text};`,
  );
  if (takesUndefined(inner, place.module.types))
    place.lines.push(`  if (${result} === undefined) ${result} = ${made};`);
  place.lines.push('}');
  return result;
}

function convertCatch(inner: TypeNode, made: string, [value, place]: readonly [string, Place]): string {
  if (place.direction === 'encode') return convert(inner, value, place);
  if (isPlain(inner, place.module.types, 'decode'))
    return `${holds(condition(inner, value, place))} ? ${value} : ${made}`;
  const name = helperFunction(inner, place);
  const result = place.locals.name(`${word(place)} result`);
  place.lines.push(`const ${result} = ${name}(${value}${place.isDeep(inner) ? `, ${place.depth()}` : ''});`);
  return `${result} === ${place.module.use('INVALID')} ? ${made} : ${result}`;
}

function convertArray({ item, checks = [] }: ArrayNode, value: string, place: Place): string {
  const { module, locals, lines, direction } = place;
  const inside = { ...deeper(place), wanted: `${place.wanted} item` };
  const [low, high] = rangeOf(checks, 'length') ?? [];
  const isListed = !isPlain(item, module.types, direction) && low === undefined && checks.length < 2;
  if (isListed) {
    const name = memberFunction(item, inside);
    const each = place.isDeep(item) ? `(item) => ${name}(item, ${inside.depth()})` : name;
    const most = high === undefined ? '' : `, ${high}`;
    return converted(`${module.use('listOf')}(${value}, ${each}${most})`, value, place);
  }
  refuse(`!Array.isArray(${value})`, place);
  for (const { check, value: bound } of checks)
    refuse(`${value}.length ${{ min: '<', max: '>', length: '!==' }[check]} ${bound}`, place);
  const result = locals.name(`${word(place)} out`);
  const index = locals.name('i');
  const each = locals.name(word(inside));
  place.open.add(each);
  const statements = block(inside, (nested) => {
    nested.lines.push(`const ${each}: unknown = ${value}[${index}];`);
    const text = convert(item, each, nested);
    nested.lines.push(`${result}[${index}] = ${text};`);
  });
  lines.push(
    `const ${result} = new Array<unknown>(${value}.length);`,
    `for (let ${index} = 0; ${index} < ${value}.length; ${index}++) {`,
    ...statements,
    '}',
  );
  return result;
}

/** One container deeper. */
export function deeper(place: Place): Place {
  const around = place.depth();
  const [, base = around, more = '0'] = /^(\w+)(?: \+ (\d+))?$/.exec(around) ?? [];
  const next = /^\d+$/.test(base) ? String(Number(base) + 1) : `${base} + ${Number(more) + 1}`;
  return { ...place, depth: () => next };
}

/** Words that name a variable, from the value's place within the function. */
export function word({ wanted, root }: Place): string {
  return wanted.slice(root.length).split(' ').slice(-2).join(' ').trim();
}
