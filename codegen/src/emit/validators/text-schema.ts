import type { StringCheck, StringNode, TypeNode } from '../../model.ts';
import { quote } from '../literal.ts';
import type { Module } from './module.ts';
import { changedText, formatExpression, formatName, textCheck } from './text-checks.ts';

/** A size from `low` to `high`. */
export type Range = readonly [low: number | undefined, high: number | undefined];

/**
 * Name of a constant that both tells whether a value is such a text and explains why not: one for all texts with the
 * same checks, where these are a size, then an expression. `undefined` for other texts.
 */
export function textConstant(node: TypeNode, module: Module, wanted: string): string | undefined {
  if (node.kind !== 'string') return undefined;
  const checks = node.checks ?? [];
  const last = checks.at(-1);
  if (last === undefined || isSize(last)) return sizeConstant(node, module);
  const sizes = checks.slice(0, -1);
  const sized = sizes.length === 0 ? undefined : sizeConstant({ ...node, checks: sizes }, module);
  if (sizes.length > 0 && sized === undefined) return undefined;
  const [expression, called] = expressionOf(last, module, wanted) ?? [];
  if (expression === undefined) return undefined;
  const args = [expression, ...(called ? [called] : sized ? ['undefined'] : []), ...(sized ? [sized] : [])];
  return constant(module, ['matched', ...args], expression.replace(/(?:Format|Pattern)(?=\d*$)/, 'Text'));
}

/** {@link textConstant} for texts of which only the size is asked. */
export function sizeConstant(node: TypeNode, module: Module): string | undefined {
  if (node.kind !== 'string' || !(node.checks ?? []).every(isSize)) return undefined;
  const range = rangeOf(node.checks ?? [], 'length');
  if (range === undefined || node.checks?.length === 0) return undefined;
  const [low = 0, high] = range;
  const size = [String(low), ...(high === undefined ? [] : [String(high)])];
  return constant(module, ['text', ...size], `text ${size.join(' to ')}`);
}

function isSize({ check }: StringCheck): boolean {
  return check === 'min-length' || check === 'max-length' || check === 'length';
}

function constant(module: Module, [make = '', ...args]: readonly string[], name: string): string {
  return module.constant(`/* @__PURE__ */ ${module.use(make)}(${args.join(', ')})`, name);
}

/** Expression of the schema that explains a text. */
export function textSchema(node: StringNode, module: Module, wanted: string): string {
  const known = textConstant(node, module, wanted);
  if (known !== undefined) return known;
  const [first, ...rest] = node.checks ?? [];
  if (first === undefined) return module.constant(`/* @__PURE__ */ ${module.use('text')}(0)`, 'any text');
  const change = first && changedText(first, 'text');
  if (change !== undefined && change !== 'text') {
    const after: StringNode = { ...node, checks: rest };
    if (rest.length === 0 || textConstant(after, module, wanted) !== undefined)
      return `${module.use('edited')}((text) => ${change}, ${textSchema(after, module, wanted)})`;
  }
  return `${module.use('string')}(${(node.checks ?? []).map((check) => textCheck(check, module, wanted)).join(', ')})`;
}

/**
 * The range that checks of a size make together, where it does not matter in which order they are made; `undefined`
 * where it does, or where they are others.
 */
export function rangeOf(
  checks: readonly { readonly check: string; readonly value?: unknown; readonly exclusive?: boolean }[],
  length: string,
): Range | undefined {
  let low: number | undefined;
  let high: number | undefined;
  for (const { check, value, exclusive } of checks) {
    const [least, most] = [check === length, check === length];
    const isLow = least || check === 'min' || check === 'min-length';
    const isHigh = most || check === 'max' || check === 'max-length';
    if ((!isLow && !isHigh) || exclusive || typeof value !== 'number') return undefined;
    if ((isLow && low !== undefined) || (isHigh && high !== undefined)) return undefined;
    if (isLow) low = value;
    if (isHigh) high = value;
  }
  return low !== undefined && high !== undefined && low > high ? undefined : [low, high];
}

function expressionOf(
  check: StringCheck,
  module: Module,
  wanted: string,
): readonly [name: string, called?: string] | undefined {
  if (check.check === 'pattern')
    return [module.expression(check.pattern, check.flags ?? '', `${wanted} pattern`)];
  if (check.check !== 'format' || check.pattern === undefined || check.format === 'url') return undefined;
  return [formatExpression(check, module), quote(formatName(check))];
}
