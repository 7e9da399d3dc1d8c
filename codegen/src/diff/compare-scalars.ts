import { nodeFact } from './compare-schema.ts';
import { both, type Change, type SchemaFact, type Verdict } from './fact.ts';
import { isMultiple } from './read-checks.ts';
import {
  isHigher,
  isLower,
  type Bound,
  type NumberShape,
  type Range,
  type StringShape,
} from './shape-checks.ts';
import type { Core } from './shape.ts';

type Of<K extends Core['kind']> = Extract<Core, { kind: K }>;

/** Facts of two strings. */
export function compareStrings(a: Of<'string'>, b: Of<'string'>): readonly SchemaFact[] {
  const nodes = { before: a.node, after: b.node };
  const facts = [
    ...compareRanges('length', [a.string.length, b.string.length], nodes),
    ...compareTexts('pattern', [a.string.patterns, b.string.patterns], nodes),
    ...compareTexts('format', [a.string.formats, b.string.formats], nodes),
    ...compareConversions(a.string, b.string, nodes),
  ];
  const reordered = facts.length === 0 && a.string.order !== b.string.order;
  return reordered ? [nodeFact('conversion-order-changed', both('unknown', 'unknown'), nodes)] : facts;
}

type Nodes = Parameters<typeof nodeFact>[2];

/** Facts of two ranges of sizes; named `<what>-tightened` and `<what>-loosened`. */
export function compareRanges(
  what: 'length' | 'items',
  [a, b]: Change<Range>,
  nodes: Nodes,
): readonly SchemaFact[] {
  const facts: SchemaFact[] = [];
  const add = (tighter: boolean, end: string, [before, after]: Change<number>): void => {
    facts.push({
      ...nodeFact(
        `${what}-${tighter ? 'tightened' : 'loosened'}`,
        tighter ? both('rejects', 'ok') : both('ok', 'rejects'),
        nodes,
      ),
      before: bound(end, before),
      after: bound(end, after),
    });
  };
  if (a.min !== b.min) add(b.min > a.min, 'min', [a.min, b.min]);
  if (a.max !== b.max) add(b.max < a.max, 'max', [a.max, b.max]);
  return facts;
}

function bound(end: string, value: number): string {
  return Number.isFinite(value) ? `${end} ${value}` : `no ${end}`;
}

function compareTexts(
  what: 'pattern' | 'format',
  [a, b]: Change<readonly string[]>,
  nodes: Nodes,
): readonly SchemaFact[] {
  const gone = a.filter((text) => !b.includes(text));
  const added = b.filter((text) => !a.includes(text));
  const changed = Math.min(gone.length, added.length);
  return Array.from({ length: Math.max(gone.length, added.length) }, (_, index) => {
    const [before, after] = [gone[index] ?? `no ${what}`, added[index] ?? `no ${what}`];
    if (index < changed) {
      const verdicts = both(
        includes(after, before) ? 'ok' : 'unknown',
        includes(before, after) ? 'ok' : 'unknown',
      );
      return { ...nodeFact(`${what}-changed`, verdicts, nodes), before, after };
    }
    return index < added.length
      ? { ...nodeFact(`${what}-added`, both('rejects', 'ok'), nodes), before, after }
      : { ...nodeFact(`${what}-removed`, both('ok', 'rejects'), nodes), before, after };
  });
}

/** Whether a pattern or format is known to accept everything that another accepts. */
function includes(outer: string, inner: string): boolean {
  if (outer === `${inner}i` && /^\/.*\/$/s.test(inner)) return true;
  const [wide, narrow] = [formatOptions(outer), formatOptions(inner)];
  if (!wide || !narrow || wide.format !== narrow.format) return false;
  const { precision, offset, local, version, ...others } = wide.options;
  if (Object.keys({ ...others }).length > 0) return false;
  const of = narrow.options;
  return (
    ['datetime', 'time', 'uuid'].includes(wide.format) &&
    (precision === undefined || precision === of['precision']) &&
    (version === undefined || version === of['version']) &&
    (offset === true || of['offset'] !== true) &&
    (local === true || of['local'] !== true)
  );
}

function formatOptions(
  text: string,
): { readonly format: string; readonly options: Readonly<Record<string, unknown>> } | undefined {
  const match = /^([\w-]+)(?: (\{.*\}))?$/.exec(text);
  return match
    ? { format: match[1] as string, options: JSON.parse(match[2] ?? '{}') as Record<string, unknown> }
    : undefined;
}

/** A conversion alters the value; later checks may then refuse it. */
function compareConversions(a: StringShape, b: StringShape, nodes: Nodes): readonly SchemaFact[] {
  const altered = (reader: StringShape): Verdict => (isConstrained(reader) ? 'unknown' : 'differs');
  const added = b.conversions.filter((text) => !a.conversions.includes(text));
  const gone = a.conversions.filter((text) => !b.conversions.includes(text));
  return [
    ...added.map((after) => ({
      ...nodeFact('conversion-added', { ...both(altered(b), 'ok'), rawForward: altered(a) }, nodes),
      before: 'none',
      after,
    })),
    ...gone.map((before) => ({
      ...nodeFact('conversion-removed', { ...both('ok', altered(a)), rawBackward: altered(b) }, nodes),
      before,
      after: 'none',
    })),
  ];
}

function isConstrained({ length, patterns, formats }: StringShape): boolean {
  return length.min > 0 || length.max < Number.POSITIVE_INFINITY || patterns.length + formats.length > 0;
}

/** Facts of two template literals. */
export function compareTemplates(a: Of<'template'>, b: Of<'template'>): readonly SchemaFact[] {
  if (a.pattern === b.pattern) return [];
  return [nodeFact('template-changed', both('unknown', 'unknown'), { before: a.node, after: b.node })];
}

/** Facts of two numbers. */
export function compareNumbers(a: Of<'number'>, b: Of<'number'>): readonly SchemaFact[] {
  const nodes = { before: a.node, after: b.node };
  const facts: SchemaFact[] = [];
  const [x, y] = [a.number, b.number];
  if (x.whole !== y.whole) {
    facts.push(
      y.whole
        ? nodeFact('integer-required', both('rejects', 'ok'), nodes)
        : nodeFact('integer-relaxed', both('ok', 'rejects'), nodes),
    );
  }
  const [before, after] = [comparable(x, y), comparable(y, x)];
  const range = (tighter: boolean, from: string, to: string): void => {
    const verdict = tighter ? both('rejects', 'ok') : both('ok', 'rejects');
    facts.push({
      ...nodeFact(tighter ? 'range-tightened' : 'range-loosened', verdict, nodes),
      before: from,
      after: to,
    });
  };
  const differ = isLower(before.min, after.min) || isLower(after.min, before.min);
  if (differ) range(isLower(before.min, after.min), minText(before.min), minText(after.min));
  const differAbove = isHigher(before.max, after.max) || isHigher(after.max, before.max);
  if (differAbove) range(isHigher(before.max, after.max), maxText(before.max), maxText(after.max));
  return [...facts, ...compareSteps(x, y, nodes)];
}

/** If only one side is an integer, its outermost bounds follow from that and are not reported. */
function comparable(own: NumberShape, other: NumberShape): Pick<NumberShape, 'min' | 'max'> {
  if (own.whole || !other.whole) return own;
  const clamp = (end: Bound, limit: number): Bound =>
    Number.isFinite(end.value) ? end : { value: limit, exclusive: false };
  const sane = (end: Bound, limit: number) =>
    Math.abs(end.value) > Number.MAX_SAFE_INTEGER ? { value: limit, exclusive: false } : end;
  return {
    min: sane(clamp(own.min, Number.MIN_SAFE_INTEGER), Number.MIN_SAFE_INTEGER),
    max: sane(clamp(own.max, Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
  };
}

function compareSteps(a: NumberShape, b: NumberShape, nodes: Nodes): readonly SchemaFact[] {
  const passes = (from: NumberShape, into: NumberShape): boolean =>
    into.steps.every(
      (step) => from.steps.some((own) => isMultiple(own, step)) || (from.whole && isMultiple(1, step)),
    );
  const [backward, forward] = [passes(a, b), passes(b, a)];
  if (backward && forward) return [];
  const verdict = both(backward ? 'ok' : 'rejects', forward ? 'ok' : 'rejects');
  const id = backward ? 'step-loosened' : forward ? 'step-tightened' : 'step-changed';
  return [{ ...nodeFact(id, verdict, nodes), before: stepText(a), after: stepText(b) }];
}

function stepText({ steps }: NumberShape): string {
  return steps.length > 0 ? `multiple of ${steps.join(' and ')}` : 'no step';
}

function minText({ value, exclusive }: Bound): string {
  return Number.isFinite(value) ? `${exclusive ? 'above' : 'min'} ${value}` : 'no min';
}

function maxText({ value, exclusive }: Bound): string {
  return Number.isFinite(value) ? `${exclusive ? 'below' : 'max'} ${value}` : 'no max';
}
