import { parseExpression, type Part, type Sequence } from './parse.ts';
import { remember } from './remember.ts';

/** Maximum length of the source after unrolling, in characters. */
const maxSource = 2_000;

/**
 * The source of an expression that matches the same strings and that V8 runs faster: fixed repeats of one character are
 * unrolled, the alternative that matches more strings comes first, and groups do not capture. For `test` only, since
 * captures and the choice between several matches may differ. An expression that cannot be parsed in full is returned
 * unchanged.
 *
 * Why it is safe: without backreferences a match exists, or does not, whatever the order in which alternatives are
 * tried and whatever groups capture, and `x{3}` is `xxx` by definition.
 */
export const optimized = remember((source: string, flags: string): string => {
  const alternatives = parseExpression(source, flags);
  if (alternatives === undefined) return source;
  const text = alternativesText(alternatives);
  return text.length <= maxSource ? text : source;
});

/**
 * Whether every text that an expression matches, it matches from end to end, and it has as many code points as UTF-16
 * units.
 */
export const isWholeAndPlain = remember((source: string, flags: string): boolean => {
  const alternatives = flags.includes('m') ? undefined : parseExpression(source, flags);
  if (alternatives === undefined) return false;
  return alternatives.every((sequence) => {
    const [first, last] = [sequence[0], sequence.at(-1)];
    if (first?.kind !== 'assertion' || first.text !== '^' || last?.kind !== 'assertion' || last.text !== '$')
      return false;
    return sequence.every(isPlainPart);
  });
});

function isPlainPart(part: Part): boolean {
  switch (part.kind) {
    case 'character':
      return part.ranges.every(([, last]) => last < 0xd800);
    case 'group':
      return part.alternatives.every((sequence) => sequence.every(isPlainPart));
    case 'repeat':
      return isPlainPart(part.part);
    case 'assertion':
    case 'look':
      return true;
    default:
      return part satisfies never;
  }
}

function alternativesText(alternatives: readonly Sequence[]): string {
  const sizes = new Map(alternatives.map((sequence) => [sequence, sequenceSize(sequence)]));
  return [...alternatives]
    .sort((a, b) => compare(sizes.get(b) as number, sizes.get(a) as number))
    .map((sequence) => sequence.map(partText).join(''))
    .join('|');
}

function partText(part: Part): string {
  switch (part.kind) {
    case 'character':
    case 'assertion':
      return part.text;
    case 'look':
      return `${part.open}${alternativesText(part.alternatives)})`;
    case 'group': {
      const text = alternativesText(part.alternatives);
      return part.alternatives.length === 1 ? grouped(text) : `(?:${text})`;
    }
    case 'repeat':
      return repeatText(part);
    default:
      return part satisfies never;
  }
}

/** A sequence in a sequence needs no group, unless a quantifier or a digit after it would then mean something else. */
function grouped(text: string): string {
  return text === '' ? '(?:)' : text;
}

function repeatText({ part, min, max, lazy }: Extract<Part, { kind: 'repeat' }>): string {
  const text = part.kind === 'group' ? `(?:${alternativesText(part.alternatives)})` : partText(part);
  const suffix = lazy ? '?' : '';
  if (part.kind === 'character' && min > 1 && text.length * min <= 600) {
    if (max === min) return text.repeat(min);
    if (max === Number.POSITIVE_INFINITY)
      return `${text.repeat(min - 1)}${text}+${suffix}`.replace(/^(.*)$/s, '$1');
  }
  return `${text}${quantifier(min, max)}${suffix}`;
}

function quantifier(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

/** How many texts a sequence matches, roughly. */
function sequenceSize(sequence: Sequence): number {
  return sequence.reduce((size, part) => size * partSize(part), 1);
}

function partSize(part: Part): number {
  switch (part.kind) {
    case 'character':
      return part.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    case 'group':
      return part.alternatives.reduce((sum, sequence) => sum + sequenceSize(sequence), 0);
    case 'repeat':
      return partSize(part.part) ** Math.min(part.max, 1_000);
    case 'assertion':
    case 'look':
      return 1;
    default:
      return part satisfies never;
  }
}

/** Larger first; what is equally large, or larger than any number, stays in its order. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
