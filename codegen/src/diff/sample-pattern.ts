/** How a sample is made: how often repeats are repeated, and which alternative is taken. */
interface Choice {
  readonly repeat: number;
  readonly pick: number;
}

type Make = (choice: Choice) => string;

/**
 * Strings that a regular expression is likely to accept, short ones first; the caller tests them on the expression.
 * Lookaround and backreferences are ignored.
 *
 * @param repeats How often to repeat unbounded repeats, besides once or twice.
 */
export function patternSamples(source: string, repeats: readonly number[] = []): readonly string[] {
  const reader: Reader = { source, at: 0 };
  const make = alternatives(reader);
  const texts = new Set<string>();
  for (const repeat of [0, 1, 2, ...repeats]) {
    for (const pick of [0, 1, 2, 5]) texts.add(make({ repeat, pick }));
  }
  return [...texts];
}

interface Reader {
  readonly source: string;
  at: number;
}

function alternatives(reader: Reader): Make {
  const options: Make[] = [sequence(reader)];
  while (reader.source[reader.at] === '|') {
    reader.at++;
    options.push(sequence(reader));
  }
  return (choice) => (options[choice.pick % options.length] as Make)(choice);
}

function sequence(reader: Reader): Make {
  const parts: Make[] = [];
  while (
    reader.at < reader.source.length &&
    reader.source[reader.at] !== '|' &&
    reader.source[reader.at] !== ')'
  ) {
    parts.push(repeated(reader, atom(reader)));
  }
  return (choice) => parts.map((part) => part(choice)).join('');
}

function repeated(reader: Reader, make: Make): Make {
  const rest = reader.source.slice(reader.at);
  const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(rest);
  if (!match) return make;
  reader.at += match[0].length;
  const min = match[1] ? (match[1] === '+' ? 1 : 0) : Number(match[2]);
  const open = match[1] ? match[1] !== '?' : match[3] === ',' && match[4] === '';
  const max = open ? Number.POSITIVE_INFINITY : match[1] === '?' ? 1 : match[4] ? Number(match[4]) : min;
  return (choice) => make(choice).repeat(Math.min(max, Math.max(min, choice.repeat)));
}

function atom(reader: Reader): Make {
  const char = reader.source[reader.at++] as string;
  switch (char) {
    case '^':
    case '$':
      return () => '';
    case '.':
      return ({ pick }) => 'aA0 '[pick % 4] as string;
    case '(':
      return group(reader);
    case '[':
      return charClass(reader);
    case '\\':
      return escaped(reader);
    default:
      return () => char;
  }
}

function group(reader: Reader): Make {
  const look = /^\?(?:[=!]|<[=!])/.exec(reader.source.slice(reader.at));
  const head = /^\?(?::|<[^>=!]+>|[=!]|<[=!])/.exec(reader.source.slice(reader.at));
  if (head) reader.at += head[0].length;
  const make = alternatives(reader);
  reader.at++;
  return look ? () => '' : make;
}

function escaped(reader: Reader): Make {
  const char = reader.source[reader.at++] ?? '';
  const known = classes[char];
  if (known !== undefined) return ({ pick }) => known[pick % known.length] as string;
  if (char === 'b' || char === 'B' || /[1-9]/.test(char)) return () => '';
  const code = /^(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(
    reader.source.slice(reader.at - 1),
  );
  if (code) {
    reader.at += code[0].length - 1;
    return () => String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '61', 16));
  }
  if (char === 'p' || char === 'P') {
    reader.at += /^\{[^}]*\}/.exec(reader.source.slice(reader.at))?.[0].length ?? 0;
    return () => (char === 'p' ? 'a' : '-');
  }
  return () => controls[char] ?? char;
}

const classes: Readonly<Record<string, string>> = {
  d: '019',
  w: 'a0_Z',
  s: ' \t',
  D: 'a-',
  W: '- ',
  S: 'a0',
};
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' };

function charClass(reader: Reader): Make {
  const negated = reader.source[reader.at] === '^';
  if (negated) reader.at++;
  const chars: string[] = [];
  while (reader.at < reader.source.length && reader.source[reader.at] !== ']') {
    const from = classChar(reader);
    const isRange =
      reader.source[reader.at] === '-' && reader.source[reader.at + 1] !== ']' && from.length === 1;
    if (!isRange) chars.push(...from);
    else {
      reader.at++;
      const to = classChar(reader);
      chars.push(from, ...between(from, to), to);
    }
  }
  reader.at++;
  const allowed = negated ? [...'a0A -_.é'].filter((char) => !chars.includes(char)) : chars;
  return ({ pick }) => allowed[pick % Math.max(1, allowed.length)] ?? '';
}

function between(from: string, to: string): readonly string[] {
  const middle = Math.floor(((from.codePointAt(0) ?? 0) + (to.codePointAt(0) ?? 0)) / 2);
  return [String.fromCodePoint(middle)];
}

function classChar(reader: Reader): string {
  const char = reader.source[reader.at++] as string;
  if (char !== '\\') return char;
  const next = reader.source[reader.at] ?? '';
  if (classes[next] !== undefined) {
    reader.at++;
    return classes[next];
  }
  return escaped(reader)({ repeat: 1, pick: 0 });
}
