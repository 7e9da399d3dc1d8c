import { beforeExpression, isEither } from './facts.ts';

/** A statement of a bundle, in the order of the code. */
export interface Statement {
  readonly text: string;
  /** Where it begins in the code. */
  readonly start: number;
  /** Path in the comment by which esbuild begins a module; empty before the first. */
  readonly module: string;
  /** Calls that make the values of its object literals, in order; none lies within another. */
  readonly entries: readonly Entry[];
}

/** `key: call(...)` of an object literal that is made once, whenever the statement runs. */
export interface Entry {
  /** As it is written, quotes included. */
  readonly key: string;
  /** Where the call begins and ends in the text of the statement. */
  readonly start: number;
  readonly end: number;
}

/** An open bracket. `inert`: what stands here may be run later, never or often. */
interface Frame {
  readonly close: string;
  readonly isLiteral: boolean;
  readonly start: number;
  inert: boolean;
}

/**
 * Splits a bundle of esbuild, which puts every top-level statement on separate lines. `undefined` if a slash may be a
 * division or a regular expression, or if brackets do not match.
 */
export function splitBundle(code: string): readonly Statement[] | undefined {
  const statements: Statement[] = [];
  let module = '';
  for (let at = 0; at < code.length;) {
    if (code[at] === '\n') at += 1;
    else if (code.startsWith('// ', at)) {
      const end = lineEnd(code, at);
      module = code.slice(at + 3, end);
      at = end;
    } else {
      const found = readStatement(code, at);
      if (found === undefined) return undefined;
      statements.push({ text: code.slice(at, found.end), start: at, module, entries: found.entries });
      at = found.end;
    }
  }
  return statements;
}

/** Whether {@link splitBundle} would take a text for an entry, in any context. */
export function isEntry(text: string): boolean {
  const head = 'var _ = {\n_: ';
  const statements = splitBundle(`${head}${text}};`);
  const [entry, ...more] = statements?.[0]?.entries ?? [];
  const isWhole = entry?.start === head.length && entry.end === head.length + text.length;
  return statements?.length === 1 && more.length === 0 && isWhole;
}

const call = /[\w$]+(?:\.[\w$]+)*\(/y;
const expression = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const notCalls = /^(?:function|async|class|new|await|yield|import|super|require)\b/;

function readStatement(
  code: string,
  begin: number,
): { readonly end: number; readonly entries: readonly Entry[] } | undefined {
  const isFunction = /^(?:async )?function\b/.test(code.slice(begin, begin + 16));
  const frames: Frame[] = [{ close: '', isLiteral: false, start: begin, inert: isFunction }];
  const found: { key: string; start: number; end: number }[] = [];
  let open: { readonly entry: { end: number }; readonly depth: number } | undefined;
  let group = begin;
  let before = '';
  let lastWord = '';
  let at = begin;
  /** What runs later was not known to when its parameters were read. */
  const forget = (from: number): void => {
    while ((found.at(-1)?.start ?? -1) >= from) found.pop();
    if (open !== undefined && !found.includes(open.entry as (typeof found)[number])) open = undefined;
  };

  while (at < code.length) {
    const char = code[at] as string;
    const frame = frames.at(-1) as Frame;
    if (char === ' ' || char === '\t') {
      at += 1;
      continue;
    }
    if (char === '\n') {
      if (frames.length === 1) break;
      at += 1;
      continue;
    }
    if (char === '/') {
      const next = code[at + 1];
      if (next === '/') at = lineEnd(code, at);
      else if (next === '*') {
        const end = code.indexOf('*/', at + 2);
        if (end < 0) return undefined;
        at = end + 2;
      } else if (isEither(lastWord)) return undefined;
      else if (/[\w$"'`\]]/.test(before) && !beforeExpression.test(lastWord)) {
        at += 1;
        before = '/';
      } else {
        expression.lastIndex = at;
        if (/[)}+-]/.test(before) || !expression.test(code)) return undefined;
        at = expression.lastIndex;
        before = ']';
      }
      lastWord = '';
      continue;
    }
    const startsProperty = frame.isLiteral && !frame.inert && (before === '{' || before === ',');
    if (char === '"' || char === "'" || isWord(char)) {
      const end = char === '"' || char === "'" ? stringEnd(code, at) : wordEnd(code, at);
      if (end === undefined) return undefined;
      // A member may have the name of a keyword.
      lastWord = isWord(char) && before !== '.' ? code.slice(at, end) : '';
      if (lastWord === 'function' || lastWord === 'class') frame.inert = true;
      if (startsProperty && open === undefined && code.startsWith(': ', end)) {
        call.lastIndex = end + 2;
        if (call.test(code) && !notCalls.test(code.slice(end + 2, end + 12))) {
          const entry = { key: code.slice(at, end), start: end + 2, end: end + 2 };
          found.push(entry);
          open = { entry, depth: frames.length };
        }
      }
      before = isWord(char) ? 'a' : '"';
      at = end;
      continue;
    }
    lastWord = '';
    switch (char) {
      case '`': {
        const end = textEnd(code, at + 1);
        if (end === undefined) return undefined;
        if (code[end - 1] === '{') frames.push({ close: '`', isLiteral: false, start: at, inert: true });
        before = code[end - 1] === '{' ? '{' : '`';
        at = end;
        continue;
      }
      case '(':
      case '[':
        frames.push({ close: char === '(' ? ')' : ']', isLiteral: false, start: at, inert: frame.inert });
        break;
      case '{': {
        const isLiteral = /[(:,=[]/.test(before);
        if (before === ')') forget(group);
        frames.push({ close: '}', isLiteral, start: at, inert: frame.inert || !isLiteral });
        break;
      }
      case ')':
      case ']':
      case '}': {
        if (frames.length === 1) return undefined;
        if (open !== undefined && open.depth === frames.length) {
          open.entry.end = at;
          open = undefined;
        }
        frames.pop();
        if (frame.close === '`' && char === '}') {
          const end = textEnd(code, at + 1);
          if (end === undefined) return undefined;
          if (code[end - 1] === '{') frames.push({ ...frame });
          before = code[end - 1] === '{' ? '{' : '`';
          at = end;
          continue;
        }
        if (frame.close !== char) return undefined;
        if (char === ')') group = frame.start;
        break;
      }
      case ',':
        if (frames.length === 1) return undefined;
        if (open !== undefined && open.depth === frames.length) {
          open.entry.end = at;
          open = undefined;
        }
        // The body of an arrow function ends here.
        frame.inert = frames[frames.length - 2]?.inert === true || (frame.close === '}' && !frame.isLiteral);
        break;
      case '>':
        if (before === '=') {
          forget(group);
          frame.inert = true;
        }
        break;
      case '\\':
      case '#':
      case '@':
        return undefined;
      default:
    }
    before = char;
    at += 1;
  }
  if (frames.length > 1 || open !== undefined) return undefined;
  const entries = found.map(({ key, start, end }) => ({
    key,
    start: start - begin,
    end: end - begin,
  }));
  return { end: at, entries };
}

function isWord(char: string): boolean {
  const code = char.charCodeAt(0);
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}

function wordEnd(code: string, at: number): number {
  let end = at + 1;
  while (end < code.length && isWord(code[end] as string)) end += 1;
  return end;
}

function lineEnd(code: string, at: number): number {
  const end = code.indexOf('\n', at);
  return end < 0 ? code.length : end;
}

/** Behind a string that begins at `at`. */
function stringEnd(code: string, at: number): number | undefined {
  const quote = code[at];
  for (let end = at + 1; end < code.length; end += 1) {
    if (code[end] === '\\') end += 1;
    else if (code[end] === quote) return end + 1;
  }
  return undefined;
}

/** Behind the text of a template: its end, or the beginning of an expression in it. */
function textEnd(code: string, at: number): number | undefined {
  for (let end = at; end < code.length; end += 1) {
    if (code[end] === '\\') end += 1;
    else if (code[end] === '`') return end + 1;
    else if (code[end] === '$' && code[end + 1] === '{') return end + 2;
  }
  return undefined;
}
