import type { RecordNode, TupleNode, TypeNode, UnionNode } from '../../model.ts';
import { quote } from '../literal.ts';
import { schemaType } from '../names.ts';
import { fails, holds } from './condition.ts';
import { condition, jsonText } from './conditions.ts';
import { block, call, convert, deeper, joined, refuse } from './convert.ts';
import { convertObject } from './objects.ts';
import {
  failsUnchecked,
  isDeep,
  isPlain,
  symmetric,
  tagsOf,
  valuesOf,
  absence,
  omittable,
  type Direction,
} from './facts.ts';
import { nodeKey, type Module } from './module.ts';
import type { Place } from './place.ts';
import { schemaText } from './schema-text.ts';
import { createScope } from './scope.ts';

/** Function of a schema that has no name of its own; one for all that are equal. Returns its name. */
export function helperFunction(node: TypeNode, place: Place): string {
  return shared('fast', [node, place], (name) => functionText(name, node, place));
}

/** Function that leaves a schema to the runtime's reference implementation. Returns its name. */
export function slowFunction(node: TypeNode, place: Place): string {
  return shared('slow', [node, place], (name) => {
    const { module, direction, wanted } = place;
    const schema = schemaText(node, { module, wanted });
    return `const ${name} = /* @__PURE__ */ ${module.use('slow')}(() => ${schema}, ${direction === 'encode'});\n`;
  });
}

/** Text of a function that converts the values of a schema. `head`: statements before the others. */
export function functionText(
  name: string,
  node: TypeNode,
  at: Pick<Place, 'module' | 'direction' | 'wanted'> & { readonly recursive?: boolean },
): string {
  const { module } = at;
  const deep = at.recursive === true || isDeep(node, module.types);
  const place = createPlace(at, deep);
  if (at.recursive)
    place.lines.push(`if (depth >= ${module.use('maxDepth')}) return ${module.use('INVALID')};`);
  writeBody(node, place);
  const lines = joined(place.lines);
  const only = lines.length === 1 && /^return /.test(lines[0] ?? '');
  const head = `const ${name} = (value: unknown${deep ? ', depth = 0' : ''}): unknown =>`;
  if (only) return `${head} ${(lines[0] ?? '').slice('return '.length)}\n`;
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}};\n`;
}

/** Text of a function that tells whether a value that stays as it is fits a schema. */
export function testText(name: string, node: TypeNode, at: Pick<Place, 'module' | 'wanted'>): string {
  const deep = isDeep(node, at.module.types);
  const place = createPlace({ ...at, direction: 'decode' }, deep);
  const text = holds(condition(node, 'value', place));
  return `const ${name} = (value: unknown${deep ? ', depth = 0' : ''}): boolean =>\n  ${text};\n`;
}

/** Where a function begins. `deep`: it counts depth. */
export function createPlace(
  { module, direction, wanted }: Pick<Place, 'module' | 'direction' | 'wanted'>,
  deep: boolean,
): Place {
  return {
    module,
    direction,
    wanted,
    root: wanted,
    depth: () => (deep ? 'depth' : '0'),
    isDeep: (node) => isDeep(node, module.types),
    locals: createScope((name) => module.isTaken(name)),
    lines: [],
  };
}

function writeBody(node: TypeNode, place: Place): void {
  const { module, direction, lines } = place;
  if (
    !isPlain(node, module.types, direction) &&
    !(direction === 'encode' && failsUnchecked(node, module.types))
  ) {
    switch (node.kind) {
      case 'union':
        return writeUnion(node, place);
      case 'tuple':
        return writeTuple(node, place);
      case 'record':
        return writeRecord(node, place);
      case 'intersection':
        return writeIntersection(node, place);
      default:
    }
  }
  const result = node.kind === 'object' ? convertObject(node, 'value', place) : convert(node, 'value', place);
  lines.push(`return ${result};`);
}

function writeUnion(node: UnionNode, place: Place): void {
  const { module, direction, lines } = place;
  const [first] = node.members;
  if (first !== undefined && node.members.length === 1 && node.discriminator === undefined) {
    lines.push(`return ${convert(first, 'value', place)};`);
    return;
  }
  if (node.exclusive) return delegate(node, place);
  if (node.discriminator !== undefined) return writeSwitch(node, node.discriminator, place);
  const invalid = module.use('INVALID');
  node.members.forEach((member, index) => {
    const last = index === node.members.length - 1;
    if (isPlain(member, module.types, direction)) {
      const test = holds(condition(member, 'value', place));
      lines.push(last ? `return ${test} ? value : ${invalid};` : `if (${test}) return value;`);
      return;
    }
    const name = memberFunction(member, { ...place, wanted: `${place.wanted} ${index}` });
    const expression = `${name}(value${place.isDeep(member) ? `, ${place.depth()}` : ''})`;
    if (last) return void lines.push(`return ${expression};`);
    const result = place.locals.name('member');
    lines.push(`const ${result} = ${expression};`, `if (${result} !== ${invalid}) return ${result};`);
  });
}

function writeSwitch(node: UnionNode, discriminator: string, place: Place): void {
  const { module, direction, lines } = place;
  const tags = node.members.map((member) => tagsOf(member, discriminator, module.types));
  const listed = tags.flatMap((each) => each ?? []);
  if (tags.includes(undefined) || listed.includes(undefined) || new Set(listed).size < listed.length)
    return delegate(node, place);
  if (direction === 'encode' && !symmetric(node, module.types)) {
    // A tag that is a codec has other values here; Zod then tries every member.
    const converted = node.members.some((member) => !tagStays(member, discriminator, module));
    if (converted) return delegate(node, place);
  }
  refuse(`!${module.use('keyed')}(value)`, place);
  lines.push(`switch ((value as ${module.type('Fields')})[${quote(discriminator)}]) {`);
  node.members.forEach((member, index) => {
    const [only] = tags[index] ?? [];
    const name = memberFunction(member, {
      ...place,
      wanted: `${place.wanted} ${only === undefined ? index : String(only)}`,
    });
    for (const tag of tags[index] ?? []) lines.push(`  case ${jsonText(tag)}:`);
    lines.push(`    return ${name}(value${place.isDeep(member) ? `, ${place.depth()}` : ''});`);
  });
  lines.push('  default:', `    return ${module.use('INVALID')};`, '}');
}

/** Whether a member's tag is the same on the wire and in the application. */
function tagStays(node: TypeNode, key: string, module: Module): boolean {
  switch (node.kind) {
    case 'object': {
      const property = node.properties[key];
      return property !== undefined && symmetric(property, module.types);
    }
    case 'ref': {
      const target = module.types[node.name];
      return target !== undefined && tagStays(target, key, module);
    }
    case 'readonly':
      return tagStays(node.inner, key, module);
    case 'union':
      return node.members.every((member) => tagStays(member, key, module));
    default:
      return false;
  }
}

function memberFunction(node: TypeNode, place: Place): string {
  return node.kind === 'ref' ? typeFunction(node.name, place) : helperFunction(node, place);
}

/** Function of a named schema that is not plain. */
export function typeFunction(
  name: string,
  { module, direction }: Pick<Place, 'module' | 'direction'>,
): string {
  const target = module.types[name];
  const verb = target && symmetric(target, module.types) ? 'copy' : direction;
  return `${verb}${schemaType(name)}`;
}

function writeTuple(node: TupleNode, place: Place): void {
  const { module, lines } = place;
  const { types } = module;
  if (node.items.some((item) => absence(item, types) !== undefined || omittable(item, types)))
    return delegate(node, place);
  const size = node.items.length;
  // With a rest Zod asks for no length: what is missing is `undefined`.
  refuse(node.rest ? '!Array.isArray(value)' : `!Array.isArray(value) || value.length !== ${size}`, place);
  for (const check of node.checks ?? []) {
    refuse(`value.length ${{ min: '<', max: '>', length: '!==' }[check.check]} ${check.value}`, place);
  }
  const inside = deeper(place);
  const results = node.items.map((item, index) => {
    const name = place.locals.name(`item ${index}`);
    lines.push(`const ${name}: unknown = value[${index}];`);
    return convert(item, name, { ...inside, wanted: `${place.wanted} ${index}` });
  });
  const { rest } = node;
  if (rest === undefined) {
    lines.push(`return [${results.join(', ')}];`);
    return;
  }
  const item = place.locals.name('rest item');
  const [out, i] = [place.locals.name('out'), place.locals.name('i')];
  lines.push(
    `const ${out}: unknown[] = [${results.join(', ')}];`,
    `for (let ${i} = ${size}; ${i} < value.length; ${i}++) {`,
    ...block({ ...inside, wanted: `${place.wanted} rest` }, (nested) => {
      nested.lines.push(`const ${item}: unknown = value[${i}];`);
      nested.lines.push(`${out}.push(${convert(rest, item, nested)});`);
    }),
    '}',
    `return ${out};`,
  );
}

function writeRecord(node: RecordNode, place: Place): void {
  const { module, lines, direction } = place;
  const key = resolved(node.key, module);
  const listed = valuesOf(key, module.types) !== undefined;
  if (node.mode === 'loose' || listed || key.kind !== 'string' || !isPlain(key, module.types, direction))
    return delegate(node, place);
  refuse(`!${module.use('record')}(value)`, place);
  const inside = deeper(place);
  const item = place.locals.name('item');
  const out = place.locals.name('out');
  lines.push(
    `const ${out}: Record<string, unknown> = {};`,
    'for (const key of Object.keys(value)) {',
    ...block({ ...inside, wanted: `${place.wanted} value` }, (nested) => {
      nested.lines.push(`if (key === '__proto__') continue;`);
      const keys = fails(condition(node.key, 'key', { ...nested, wanted: `${place.wanted} key` }));
      refuse(keys.replace(/^typeof key !== 'string'(?: \|\| )?/, '') || 'false', nested);
      nested.lines.push(`const ${item} = (value as ${module.type('Fields')})[key];`);
      nested.lines.push(`${out}[key] = ${convert(node.value, item, nested)};`);
    }),
    '}',
    `return ${out};`,
  );
}

function writeIntersection(node: Extract<TypeNode, { kind: 'intersection' }>, place: Place): void {
  const { module, lines } = place;
  if (!mergesSimply(node, module)) return delegate(node, place);
  const left = call(memberFunction(node.left, { ...place, wanted: `${place.wanted} left` }), 'value', [
    { ...place, wanted: `${place.wanted} left` },
    node.left,
  ]);
  const right = call(memberFunction(node.right, { ...place, wanted: `${place.wanted} right` }), 'value', [
    { ...place, wanted: `${place.wanted} right` },
    node.right,
  ]);
  lines.push(`return ${module.use('merged')}(${left}, ${right});`);
}

/** Whether neither side can refuse a key that the other side has to answer for. */
function mergesSimply(node: TypeNode, module: Module): boolean {
  const side = resolved(node, module);
  if (side.kind === 'intersection')
    return mergesSimply(side.left, module) && mergesSimply(side.right, module);
  return side.kind === 'object' && side.unknownKeys !== 'strict';
}

function resolved(node: TypeNode, module: Module): TypeNode {
  let current = node;
  for (let steps = 0; current.kind === 'ref' && steps < 100; steps++)
    current = module.types[current.name] ?? { kind: 'never' };
  return current;
}

function delegate(node: TypeNode, place: Place): void {
  place.lines.push(`return ${slowFunction(node, place)}(value${place.isDeep(node) ? ', depth' : ''});`);
}

function shared(
  kind: 'fast' | 'slow',
  [node, { module, direction, wanted }]: readonly [TypeNode, Place],
  text: (name: string) => string,
): string {
  const verb: Direction | 'copy' = symmetric(node, module.types) ? 'copy' : direction;
  const prefix = { copy: 'copied', decode: 'decoded', encode: 'encoded' }[verb];
  return module.add(`${kind} ${verb} ${nodeKey(node)}`, `${prefix} ${wanted}`, text);
}
