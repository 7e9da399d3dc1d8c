import type { RecordNode, TupleNode, TypeNode } from '../../model.ts';
import { quote } from '../literal.ts';
import { fails } from './condition.ts';
import { condition } from './conditions.ts';
import { block, convert, deeper, refuse } from './convert.ts';
import { absence, isPlain, omittable, valuesOf } from './facts.ts';
import { delegate, resolved, slowCall } from './functions.ts';
import type { Place } from './place.ts';

/** Statements of a tuple. */
export function writeTuple(node: TupleNode, place: Place): void {
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

/** Statements of a record. */
export function writeRecord(node: RecordNode, place: Place): void {
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
  const known = module.constant(
    `/* @__PURE__ */ new Set<string>([${names.join(', ')}])`,
    `${place.wanted} keys`,
  );
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
