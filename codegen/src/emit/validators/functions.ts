import type { TypeNode } from '../../model.ts';
import { schemaType } from '../names.ts';
import { holds } from './condition.ts';
import { condition } from './conditions.ts';
import { writeRecord, writeTuple } from './containers.ts';
import { convert, joined } from './convert.ts';
import { failsUnchecked, isDeep, isPlain, symmetric, type Direction } from './facts.ts';
import { writeIntersection } from './intersections.ts';
import { nodeKey, type Module } from './module.ts';
import { convertObject } from './objects.ts';
import type { Place } from './place.ts';
import { schemaText } from './schema-text.ts';
import { createScope } from './scope.ts';
import { writeUnion } from './unions.ts';

/** Function of an unnamed schema; equal schemas share it. Returns its name. */
export function helperFunction(node: TypeNode, place: Place): string {
  return shared('fast', [node, place], (name) => functionText(name, node, place));
}

/** Function that calls the runtime's reference implementation. Returns its name. */
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
  const lines = joined(place.lines).map((line) => declared(line, place.assigned));
  const only = lines.length === 1 && /^return /.test(lines[0] ?? '');
  const head = `const ${name} = (value: unknown${deep ? ', depth = 0' : ''}): unknown =>`;
  if (only) return `${head} ${(lines[0] ?? '').slice('return '.length)}\n`;
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}};\n`;
}

/** A declaration; with `let` if one of its variables is reassigned later. */
function declared(line: string, assigned: ReadonlySet<string>): string {
  const [, names] = /^\s*const (\{.*\}|\w+)(?:: unknown)? = /.exec(line) ?? [];
  const isAssigned = names?.split(/[{},]/).some((name) => assigned.has(name.replace(/^.*:/, '').trim()));
  return isAssigned ? line.replace('const ', 'let ') : line;
}

/** Text of a function that tests whether an unchanged value matches a schema. */
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
    open: new Set(['value']),
    assigned: new Set(),
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

/** Function of a member of a union, or a side of an intersection. */
export function memberFunction(node: TypeNode, place: Place): string {
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

/** A node, or what it refers to. */
export function resolved(node: TypeNode, module: Module): TypeNode {
  let current = node;
  for (let steps = 0; current.kind === 'ref' && steps < 100; steps++)
    current = module.types[current.name] ?? { kind: 'never' };
  return current;
}

/** Calls the runtime for a schema. */
export function delegate(node: TypeNode, place: Place): void {
  place.lines.push(slowCall(node, place));
}

/** Statement that calls the runtime for a value. */
export function slowCall(node: TypeNode, place: Place): string {
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
