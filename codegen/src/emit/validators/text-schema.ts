import type { CodecNode, StringCheck, StringNode, TypeNode } from '../../model.ts';
import { quote } from '../literal.ts';
import { isBareDate } from './facts.ts';
import type { Module } from './module.ts';
import { changedText, formatExpression, formatName, textCheck } from './text-checks.ts';

/** A size from `low` to `high`. */
export type Range = readonly [low: number | undefined, high: number | undefined];

/**
 * Name of a constant that tests a text and explains rejections, shared by all texts with the same checks: a size, then
 * an expression. `undefined` for other texts.
 */
export function textConstant(node: TypeNode, module: Module, wanted: string): string | undefined {
  if (node.kind !== 'string') return undefined;
  const checks = node.checks ?? [];
  const last = checks.at(-1);
  if (last === undefined || isSize(last)) return sizeConstant(checks, module);
  const sizes = checks.slice(0, -1);
  const sized = sizes.length === 0 ? undefined : sizeConstant(sizes, module);
  if (sizes.length > 0 && sized === undefined) return undefined;
  const [expression, called] = expressionOf(last, module, wanted) ?? [];
  if (expression === undefined) return undefined;
  const args = [expression, ...(called ? [called] : sized ? ['undefined'] : []), ...(sized ? [sized] : [])];
  const name = expression.replace(/(?:Format|Pattern)(?=\d*$)/, 'Text');
  return constant(module, `matched(${args.join(', ')})`, name);
}

export function sizeConstant(checks: readonly StringCheck[], module: Module): string | undefined {
  const range = checks.every(isSize) ? rangeOf(checks, 'length') : undefined;
  if (range === undefined) return undefined;
  const [low = 0, high] = range;
  const size = high === undefined ? [low] : [low, high];
  return constant(module, `text(${size.join(', ')})`, `text ${size.join(' to ')}`);
}

/** Name of a constant that changes a text, then tests it; `undefined` for more complex texts. */
export function changedConstant(node: StringNode, module: Module, wanted: string): string | undefined {
  const [first, ...rest] = node.checks ?? [];
  const change = first && changedText(first, 'text');
  if (first === undefined || change === undefined || change === 'text') return undefined;
  const inner = textConstant({ ...node, checks: rest }, module, wanted);
  return inner && constant(module, `edited((text) => ${change}, ${inner})`, `${first.check} ${inner}`);
}

/** Name of a constant that converts a text to a date; `undefined` for more complex codecs. */
export function dateConstant(node: CodecNode, module: Module, wanted: string): string | undefined {
  const text = isBareDate(node) ? textConstant(node.wire, module, wanted) : undefined;
  return text && constant(module, `isoDate(${text})`, `decoded ${text}`);
}

function isSize({ check }: StringCheck): boolean {
  return check === 'min-length' || check === 'max-length' || check === 'length';
}

function constant(module: Module, call: string, name: string): string {
  module.use(call.slice(0, call.indexOf('(')));
  return module.constant(`/* @__PURE__ */ ${call}`, name);
}

/** Expression of the schema that explains a text. */
export function textSchema(node: StringNode, module: Module, wanted: string): string {
  const [first, ...rest] = node.checks ?? [];
  if (first === undefined) return module.use('string');
  const known = textConstant(node, module, wanted) ?? changedConstant(node, module, wanted);
  if (known !== undefined) return known;
  const checks = [first, ...rest].map((check) => textCheck(check, module, wanted));
  return `${module.use('checkedText')}(${checks.join(', ')})`;
}

/**
 * The range of several size checks, if their order does not matter; `undefined` if it does, or if there are other
 * checks.
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
