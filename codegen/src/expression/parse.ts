/**
 * Regular expressions as trees: just enough of ECMAScript's grammar to rewrite an expression without changing what it
 * matches, and to find those that take exponential time. Unusual syntax is not parsed at all.
 *
 * @module expression
 */

/** Part of an expression. */
export type Part =
  /** One character of a set; `text` is its source. */
  | { readonly kind: 'character'; readonly text: string; readonly ranges: Ranges }
  /** Consumes no character: `^`, `$`, `\b`. */
  | { readonly kind: 'assertion'; readonly text: string }
  | { readonly kind: 'group'; readonly alternatives: readonly Sequence[] }
  /** `(?=`, `(?!`, `(?<=`, `(?<!`: `open` is what stands before its alternatives. */
  | { readonly kind: 'look'; readonly open: string; readonly alternatives: readonly Sequence[] }
  | {
      readonly kind: 'repeat';
      readonly part: Part;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    };

/** Parts, one after the other. */
export type Sequence = readonly Part[];

/** Sorted pairs of first and last character; the characters are code units, with the `u` flag code points. */
export type Ranges = readonly (readonly [first: number, last: number])[];

/** The last character that there is. */
export const lastCharacter = 0x10ffff;

const everything: Ranges = [[0, lastCharacter]];
const lineEnds: Ranges = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const digits: Ranges = [[0x30, 0x39]];
const wordCharacters: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const spaces: Ranges = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

/** The tree of an expression, or `undefined` for one with backreferences, named groups or rare syntax. */
export function parseExpression(source: string, flags: string): readonly Sequence[] | undefined {
  if (/[^dgimsuy]/.test(flags)) return undefined;
  const reader = createReader(source, flags);
  const alternatives = readAlternatives(reader);
  return reader.failed() || !reader.done() ? undefined : alternatives;
}

interface Reader {
  readonly unicode: boolean;
  readonly dotAll: boolean;
  readonly ignoreCase: boolean;
  readonly done: () => boolean;
  readonly peek: (text: string) => boolean;
  /** Takes what an expression that begins with `^` matches here. */
  readonly take: (expression: RegExp) => string | undefined;
  readonly fail: () => void;
  readonly failed: () => boolean;
}

function createReader(source: string, flags: string): Reader {
  let at = 0;
  let failed = false;
  return {
    unicode: flags.includes('u'),
    dotAll: flags.includes('s'),
    ignoreCase: flags.includes('i'),
    done: () => at >= source.length,
    peek: (text) => source.startsWith(text, at),
    take(expression) {
      const found = expression.exec(source.slice(at))?.[0];
      at += found?.length ?? 0;
      return found;
    },
    fail: () => {
      failed = true;
      at = source.length;
    },
    failed: () => failed,
  };
}

function readAlternatives(reader: Reader): readonly Sequence[] {
  const alternatives: Part[][] = [[]];
  while (!reader.done() && !reader.peek(')')) {
    if (reader.take(/^\|/) !== undefined) alternatives.push([]);
    else {
      const part = readRepeat(reader);
      if (part) alternatives.at(-1)?.push(part);
    }
  }
  return alternatives;
}

function readRepeat(reader: Reader): Part | undefined {
  const part = readPart(reader);
  const text = reader.take(/^(?:[*+?]|\{\d+(?:,\d*)?\})\??/);
  if (text === undefined || part === undefined) return part;
  if (part.kind === 'assertion' || part.kind === 'look') return void reader.fail();
  const [, low = '', comma, high = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(text) ?? [];
  const [min, max] =
    low !== ''
      ? [Number(low), comma === '' ? Number(low) : high === '' ? Number.POSITIVE_INFINITY : Number(high)]
      : ({ '*': [0, Number.POSITIVE_INFINITY], '+': [1, Number.POSITIVE_INFINITY], '?': [0, 1] } as const)[
          text[0] as '*' | '+' | '?'
        ];
  return { kind: 'repeat', part, min, max, lazy: text.length > 1 && text.endsWith('?') };
}

function readPart(reader: Reader): Part | undefined {
  const assertion = reader.take(/^(?:[$^]|\\[bB])/);
  if (assertion !== undefined) return { kind: 'assertion', text: assertion };
  const look = reader.take(/^\(\?<?[=!]/);
  if (look !== undefined) return { kind: 'look', open: look, alternatives: readGroup(reader) };
  if (reader.take(/^\((?:\?:|(?!\?))/) !== undefined)
    return { kind: 'group', alternatives: readGroup(reader) };
  if (reader.peek('[')) return readClass(reader);
  if (reader.take(/^\./) !== undefined) {
    return { kind: 'character', text: '.', ranges: reader.dotAll ? everything : inverted(lineEnds) };
  }
  if (reader.peek('\\')) return readEscape(reader);
  const text = reader.unicode ? reader.take(/^[^*+?()|]/u) : reader.take(/^[^*+?()|]/);
  if (text === undefined || (reader.unicode && /[{}\]]/.test(text))) return void reader.fail();
  return { kind: 'character', text, ranges: cased(reader, one(text.codePointAt(0) as number)) };
}

function readGroup(reader: Reader): readonly Sequence[] {
  const alternatives = readAlternatives(reader);
  if (reader.take(/^\)/) === undefined) reader.fail();
  return alternatives;
}

function readEscape(reader: Reader): Part | undefined {
  const text = takeEscape(reader);
  const ranges = text === undefined ? undefined : escapeRanges(text, reader);
  if (text === undefined || ranges === undefined) return void reader.fail();
  return { kind: 'character', text, ranges: cased(reader, ranges) };
}

/** Backreferences, octal escapes, control letters and misspelt escapes are not taken. */
function takeEscape(reader: Reader): string | undefined {
  return reader.unicode
    ? reader.take(
        /^\\(?:[dDwWsSfnrtv]|0(?!\d)|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]+\}|[pP]\{[\w=]+\}|[$^\\.*+?()[\]{}|/-])/,
      )
    : reader.take(/^\\(?:[dDwWsSfnrtv]|0(?!\d)|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^\w\r\n\u2028\u2029])/);
}

function escapeRanges(text: string, { unicode }: Reader): Ranges | undefined {
  const letter = text[1] as string;
  const classes: Readonly<Record<string, Ranges>> = { d: digits, w: wordCharacters, s: spaces };
  const found = classes[letter.toLowerCase()];
  if (found) return letter === letter.toLowerCase() ? found : inverted(found);
  if (/^\\[pP]/.test(text)) return everything;
  if (/^\\[xu]/.test(text)) return one(parseInt(text.slice(2).replace(/[{}]/g, ''), 16));
  const control = { f: 12, n: 10, r: 13, t: 9, v: 11, '0': 0 }[letter];
  if (control !== undefined) return one(control);
  return text.length === 2 || unicode ? one(text.codePointAt(1) as number) : undefined;
}

function readClass(reader: Reader): Part | undefined {
  const text = reader.take(/^\[\^?(?:\\[^]|[^\]\\])*\]/);
  if (text === undefined || /\\[cB1-9]|\\0\d/.test(text)) return void reader.fail();
  const negated = text.startsWith('[^');
  const inner = createReader(text.slice(negated ? 2 : 1, -1), reader.unicode ? 'u' : '');
  const ranges: [number, number][] = [];
  while (!inner.done() && !inner.failed()) {
    const first = readClassItem(inner);
    const [[low, lowEnd] = [0, 0]] = first;
    if (first.length === 1 && low === lowEnd && inner.take(/^-(?=[^])/) !== undefined) {
      const [[high, highEnd] = [0, 0], ...more] = readClassItem(inner);
      if (more.length > 0 || high !== highEnd || high < low) inner.fail();
      else ranges.push([low, high]);
    } else ranges.push(...first.map(([a, b]): [number, number] => [a, b]));
  }
  if (inner.failed()) return void reader.fail();
  const set = cased(reader, sorted(ranges));
  return { kind: 'character', text, ranges: negated ? inverted(set) : set };
}

function readClassItem(inner: Reader): Ranges {
  if (inner.peek('\\')) {
    if (inner.take(/^\\b/) !== undefined) return one(8);
    const text = takeEscape(inner);
    const ranges = text === undefined ? undefined : escapeRanges(text, inner);
    if (ranges === undefined) inner.fail();
    return ranges ?? [];
  }
  const text = inner.unicode ? inner.take(/^[^]/u) : inner.take(/^[^]/);
  return text === undefined ? [] : one(text.codePointAt(0) as number);
}

function one(character: number): Ranges {
  return [[character, character]];
}

/** With the `i` flag: both cases of Latin letters; of anything else, whatever it may be equal to. */
function cased({ ignoreCase }: Reader, ranges: Ranges): Ranges {
  if (!ignoreCase) return ranges;
  if (ranges.some(([, last]) => last > 0x7f)) return everything;
  const letters = ranges.flatMap(([first, last]) => {
    const found: [number, number][] = [];
    for (let c = first; c <= last; c++) {
      const other = c >= 0x41 && c <= 0x5a ? c + 32 : c >= 0x61 && c <= 0x7a ? c - 32 : undefined;
      if (other !== undefined) found.push([other, other]);
    }
    return found;
  });
  // The long s and the Kelvin sign are cases of Latin letters, with the `u` flag.
  return sorted([...ranges, ...letters, [0x17f, 0x17f], [0x212a, 0x212a]]);
}

/** Sorted, without overlaps. */
export function sorted(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = result.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else result.push([first, last]);
  }
  return result;
}

function inverted(ranges: Ranges): Ranges {
  const result: [number, number][] = [];
  let next = 0;
  for (const [first, last] of sorted(ranges)) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= lastCharacter) result.push([next, lastCharacter]);
  return result;
}
