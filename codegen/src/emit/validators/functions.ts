import type {
  IntersectionNode,
  ObjectNode,
  RecordNode,
  TupleNode,
  TypeNode,
  UnionNode,
} from '../../model.ts';
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
  if (node.exclusive) return writeExclusive(node, place);
  if (node.discriminator !== undefined) return writeSwitch(node, node.discriminator, place);
  if (node.asksFirst !== undefined && direction === 'encode' && !tagsStay(node, node.asksFirst, module))
    return delegate(node, place);
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
    if (!tagsStay(node, discriminator, module)) return delegate(node, place);
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

function writeExclusive(node: UnionNode, place: Place): void {
  const { module, direction, lines } = place;
  const invalid = module.use('INVALID');
  lines.push(`let only: unknown = ${invalid};`);
  node.members.forEach((member, index) => {
    const found = place.locals.name('member');
    if (isPlain(member, module.types, direction))
      lines.push(`const ${found} = ${holds(condition(member, 'value', place))} ? value : ${invalid};`);
    else {
      const name = memberFunction(member, { ...place, wanted: `${place.wanted} ${index}` });
      lines.push(`const ${found} = ${name}(value${place.isDeep(member) ? `, ${place.depth()}` : ''});`);
    }
    lines.push(`if (${found} !== ${invalid}) {`);
    if (index > 0) lines.push(`  if (only !== ${invalid}) return ${invalid};`);
    lines.push(`  only = ${found};`, '}');
  });
  lines.push('return only;');
}

function tagsStay(node: UnionNode, key: string, module: Module): boolean {
  return node.members.every((member) => tagStays(member, key, module));
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
  const { items, rest } = node;
  const required = leading(items, (item) => omittable(item, types));
  const least = leading(items, (item) => absence(item, types) !== undefined);
  if (items.slice(required).some((item) => absence(item, types) !== 'kept')) return delegate(node, place);
  refuse(`!Array.isArray(value)`, place);
  // With a rest Zod asks for no length: what is missing is `undefined`.
  if (!rest && least === items.length) refuse(`value.length !== ${least}`, place);
  else if (!rest) {
    if (least > 0) refuse(`value.length < ${least}`, place);
    refuse(`value.length > ${items.length}`, place);
  }
  for (const check of node.checks ?? []) {
    refuse(`value.length ${{ min: '<', max: '>', length: '!==' }[check.check]} ${check.value}`, place);
  }
  const inside = deeper(place);
  const convertItem = (item: TypeNode, index: number, at: Place) => {
    const name = place.locals.name(`item ${index}`);
    at.lines.push(`const ${name}: unknown = value[${index}];`);
    return convert(item, name, { ...at, wanted: `${place.wanted} ${index}` });
  };
  const results = items.slice(0, required).map((item, index) => convertItem(item, index, inside));
  if (rest === undefined && required === items.length) {
    lines.push(`return [${results.join(', ')}];`);
    return;
  }
  const out = place.locals.name('out');
  lines.push(`const ${out}: unknown[] = [${results.join(', ')}];`);
  items.slice(required).forEach((item, more) => {
    const maybe = block(inside, (nested) => {
      nested.lines.push(`${out}.push(${convertItem(item, required + more, nested)});`);
    });
    lines.push(`if (value.length > ${required + more}) {`, ...maybe, '}');
  });
  if (rest !== undefined) {
    const [item, i] = [place.locals.name('rest item'), place.locals.name('i')];
    lines.push(
      `for (let ${i} = ${items.length}; ${i} < value.length; ${i}++) {`,
      ...block({ ...inside, wanted: `${place.wanted} rest` }, (nested) => {
        nested.lines.push(`const ${item}: unknown = value[${i}];`);
        nested.lines.push(`${out}.push(${convert(rest, item, nested)});`);
      }),
      '}',
    );
  }
  lines.push(`return ${out};`);
}

/** Items before those at the end that all pass a test. */
function leading(items: readonly TypeNode[], test: (item: TypeNode) => boolean): number {
  return items.findLastIndex((item) => !test(item)) + 1;
}

function writeRecord(node: RecordNode, place: Place): void {
  const { module, lines, direction } = place;
  const key = resolved(node.key, module);
  const listed = key.kind === 'enum' || key.kind === 'literal' ? (key.order ?? key.values) : undefined;
  if (listed?.every((each) => typeof each === 'string')) return writeListedRecord(node, listed, place);
  if (valuesOf(key, module.types) || key.kind !== 'string' || !isPlain(key, module.types, direction))
    return delegate(node, place);
  const loose = node.mode === 'loose';
  if (loose) lines.push(`if (!${module.use('record')}(value)) ${slowCall(node, place)}`);
  else refuse(`!${module.use('record')}(value)`, place);
  const item = place.locals.name('item');
  const out = place.locals.name('out');
  lines.push(
    `const ${out}: Record<string, unknown> = {};`,
    'for (const key of Object.keys(value)) {',
    ...block({ ...deeper(place), wanted: `${place.wanted} value` }, (nested) => {
      nested.lines.push(`if (key === '__proto__') continue;`);
      const keys = fails(condition(node.key, 'key', { ...nested, wanted: `${place.wanted} key` }));
      const wrong = keys.replace(/^typeof key !== 'string'(?: \|\| )?/, '') || 'false';
      nested.lines.push(`const ${item} = (value as ${module.type('Fields')})[key];`);
      if (!loose) refuse(wrong, nested);
      else if (wrong !== 'false')
        nested.lines.push(`if (${wrong}) {`, `  ${out}[key] = ${item};`, '  continue;', '}');
      nested.lines.push(`${out}[key] = ${convert(node.value, item, nested)};`);
    }),
    '}',
    `return ${out};`,
  );
}

/** A record whose keys are known: each of them, or only those that are there. */
function writeListedRecord(node: RecordNode, listed: readonly string[], place: Place): void {
  const { module, lines } = place;
  const names = listed.filter((each) => each !== '__proto__').map(quote);
  const known = module.constant(`/* @__PURE__ */ new Set<string>([${names.join(', ')}])`, `${place.wanted} keys`);
  const partial = node.mode === 'partial';
  refuse(`!${module.use(partial ? 'record' : 'plainObject')}(value)`, place);
  const [item, out] = [place.locals.name('item'), place.locals.name('out')];
  lines.push(
    `const ${out}: Record<string, unknown> = {};`,
    `for (const key of ${partial ? 'Object.keys(value)' : known}) {`,
    ...block({ ...deeper(place), wanted: `${place.wanted} value` }, (nested) => {
      if (partial) {
        nested.lines.push(`if (key === '__proto__') continue;`);
        refuse(`!${known}.has(key)`, nested);
      }
      nested.lines.push(`const ${item} = (value as ${module.type('Fields')})[key];`);
      nested.lines.push(`${out}[key] = ${convert(node.value, item, nested)};`);
    }),
    '}',
  );
  if (!partial) {
    const unknown = `!${known}.has(key)${listed.includes('__proto__') || node.mode === 'loose' ? " && key !== '__proto__'" : ''}`;
    lines.push(
      node.mode === 'loose'
        ? `for (const key in value) if (${unknown}) ${out}[key] = (value as ${module.type('Fields')})[key];`
        : `for (const key in value) if (${unknown}) return ${module.use('INVALID')};`,
    );
  }
  lines.push(`return ${out};`);
}

function writeIntersection(node: IntersectionNode, place: Place): void {
  const { module, lines } = place;
  const sides = objectsOf(node, module);
  if (sides === undefined) return delegate(node, place);
  const [left, right] = [open(node.left, module), open(node.right, module)].map((side, index) => {
    const at = { ...place, wanted: `${place.wanted} ${index === 0 ? 'left' : 'right'}` };
    return call(memberFunction(side, at), 'value', [at, side]);
  });
  if (sides.every((side) => side.unknownKeys === 'strict')) {
    const keys = new Set(sides.flatMap((side) => Object.keys(side.properties)));
    const unknown = [...keys].sort().map((key) => `key !== ${quote(key)}`);
    // Both sides are objects, or this is not reached.
    lines.push(
      `for (const key in value as object) if (${unknown.join(' && ') || 'true'}) return ${module.use('INVALID')};`,
    );
  }
  lines.push(`return ${module.use('merged')}(${left}, ${right});`);
}

/** The objects that are intersected; `undefined` where a side is something else, and may refuse a key in its own way. */
function objectsOf(node: TypeNode, module: Module): readonly ObjectNode[] | undefined {
  const side = resolved(node, module);
  if (side.kind === 'object') return [side];
  if (side.kind !== 'intersection') return undefined;
  const [left, right] = [objectsOf(side.left, module), objectsOf(side.right, module)];
  return left && right && [...left, ...right];
}

/** The same side without a word on unknown keys: those are for all sides together to refuse. */
function open(node: TypeNode, module: Module): TypeNode {
  const side = resolved(node, module);
  if (side.kind === 'intersection' && objectsOf(side, module)?.some(isStrict))
    return { ...side, left: open(side.left, module), right: open(side.right, module) };
  return side.kind === 'object' && isStrict(side) ? { ...side, unknownKeys: 'strip' } : node;
}

function isStrict(node: ObjectNode): boolean {
  return node.unknownKeys === 'strict';
}

function resolved(node: TypeNode, module: Module): TypeNode {
  let current = node;
  for (let steps = 0; current.kind === 'ref' && steps < 100; steps++)
    current = module.types[current.name] ?? { kind: 'never' };
  return current;
}

function delegate(node: TypeNode, place: Place): void {
  place.lines.push(slowCall(node, place));
}

function slowCall(node: TypeNode, place: Place): string {
  return `return ${slowFunction(node, place)}(value${place.isDeep(node) ? ', depth' : ''});`;
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
