import type { UnionNode, TypeNode } from '../../model.ts';
import { quote } from '../literal.ts';
import { holds } from './condition.ts';
import { condition, jsonText } from './conditions.ts';
import { convert, refuse } from './convert.ts';
import { isPlain, symmetric, tagsOf } from './facts.ts';
import { delegate, memberFunction } from './functions.ts';
import type { Module } from './module.ts';
import type { Place } from './place.ts';

/** Statements of a union: its members one after the other, or the one that a tag tells. */
export function writeUnion(node: UnionNode, place: Place): void {
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
