import { lineWidth } from '../layout.ts';

/** Breaks the long lines of a piece of code at brackets and operators. */
export function wrapped(code: string): string {
  const lines = code.split('\n');
  let isWhole = true;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    if (line.length <= lineWidth || comment.test(line)) continue;
    lines[i] = wrapLine(line);
    isWhole = false;
  }
  return isWhole ? code : lines.join('\n');
}

const comment = /^\s*(?:\/?\*|\/\/)/;

/** A place to break a line: a bracket, a comma or an operator, with its nesting depth. */
interface Mark {
  readonly at: number;
  readonly text: string;
  readonly depth: number;
}

/** Strings, regular expressions and comments are skipped as a whole. */
const token =
  /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\*.*?\*\/|(?<=[(,=] ?)\/(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[a-z]*| (?:\|\||&&|[?:]) |[([{}\]),]/g;

/** How brackets, commas and operators end, and nothing that is passed over does. */
const endings = '([{}]), ';

function marksOf(code: string): readonly Mark[] {
  const marks: Mark[] = [];
  let depth = 0;
  token.lastIndex = 0;
  while (token.test(code)) {
    const end = token.lastIndex;
    const last = code.charAt(end - 1);
    if (!endings.includes(last)) continue;
    const text = last === ' ' ? code.slice(code.lastIndexOf(' ', end - 2), end) : last;
    if (closes(last)) depth--;
    marks.push({ at: end - text.length, text, depth });
    if (opens(last)) depth++;
  }
  return marks;
}

function opens(text: string): boolean {
  return text === '(' || text === '[' || text === '{';
}

function closes(text: string): boolean {
  return text === ')' || text === ']' || text === '}';
}

/** A line that is being broken; its marks are found once. */
interface Line {
  readonly code: string;
  readonly marks: readonly Mark[];
  /** The result. */
  readonly out: string[];
}

/** Part of a line: characters, marks, and the depth of marks that no bracket of its own is around. */
interface Piece {
  readonly indent: string;
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly end: number;
  readonly depth: number;
}

function wrapLine(code: string): string {
  const marks = marksOf(code);
  const line: Line = { code, marks, out: [] };
  const indent = /^\s*/.exec(code)?.[0] ?? '';
  write(line, { indent, from: indent.length, to: code.length, first: 0, end: marks.length, depth: 0 });
  return line.out.join('\n');
}

/** @param hang Additional indentation of an expression's further lines. */
function write(line: Line, piece: Piece, hang = '  '): void {
  const { code, marks, out } = line;
  const { indent, from, to } = piece;
  if (indent.length + to - from <= lineWidth) {
    out.push(indent + code.slice(from, to));
    return;
  }
  const operators = operatorsOf(piece, marks);
  if (operators.length > 0) {
    pieces(piece, operators, marks).forEach((each, i) =>
      write(line, i === 0 ? each : { ...each, indent: indent + hang }),
    );
    return;
  }
  const group = longestGroup(piece, marks);
  if (group === undefined) {
    out.push(indent + code.slice(from, to));
    return;
  }
  const [open, close] = group;
  const [opening, closing] = [marks[open] as Mark, marks[close] as Mark];
  const depth = opening.depth + 1;
  out.push(indent + code.slice(from, opening.at + 1));
  const inside = { from: opening.at + 1, to: closing.at, first: open + 1, end: close, depth };
  writeItems(line, itemsOf({ ...inside, indent: `${indent}  ` }, line));
  write(line, { ...piece, from: closing.at, first: close, depth });
}

/** The outermost operators of a piece with the lowest precedence, by their index among the marks. */
function operatorsOf({ from, first, end, depth }: Piece, marks: readonly Mark[]): readonly number[] {
  let found: number[] = [];
  let least = operators.length;
  for (let i = first; i < end; i++) {
    const { at, text, depth: own } = marks[i] as Mark;
    if (text.length === 1 || own !== depth || at < from) continue;
    const rank = operators.findIndex((each) => each.includes(text));
    if (rank < least) found = [];
    if (rank <= least) found.push(i);
    least = Math.min(least, rank);
  }
  return found;
}

const operators = [[' ? ', ' : '], [' || '], [' && ']];

/** A piece broken at operators: `||` and `&&` end a piece, `?` and `:` begin one. */
function pieces(piece: Piece, cuts: readonly number[], marks: readonly Mark[]): readonly Piece[] {
  const found: Piece[] = [];
  let { from, first } = piece;
  for (const cut of cuts) {
    const { at, text } = marks[cut] as Mark;
    const to = text === ' ? ' || text === ' : ' ? at : at + text.length - 1;
    found.push({ ...piece, from, to, first, end: cut });
    from = to + 1;
    first = cut + 1;
  }
  return [...found, { ...piece, from, first }];
}

/** The brackets around most of a piece. Where all they hold is brackets again, these. */
function longestGroup(
  { first, end, depth }: Piece,
  marks: readonly Mark[],
): readonly [open: number, close: number] | undefined {
  const mark = (i: number): Mark => marks[i] as Mark;
  let found: readonly [number, number] | undefined;
  let longest = 1;
  for (let open = first; open < end; open++) {
    const { at, text, depth: own } = mark(open);
    if (own > depth || !opens(text)) continue;
    let close = open + 1;
    while (close < end && (mark(close).depth !== own || !closes(mark(close).text))) close++;
    if (close === end) continue;
    if (mark(close).at - at > longest) {
      found = [open, close];
      longest = mark(close).at - at;
    }
    open = close;
  }
  while (found) {
    const [open, close]: readonly [number, number] = found;
    const [inner, last] = [open + 1, close - 1];
    if (inner >= last || mark(inner).at !== mark(open).at + 1 || mark(last).at !== mark(close).at - 1)
      return found;
    for (let i = inner + 1; i < last; i++) if (mark(i).depth === mark(inner).depth) return found;
    found = [inner, last];
  }
  return found;
}

/** The content of brackets: items with their commas, or one expression. */
function itemsOf(inside: Piece, { code, marks }: Line): readonly Piece[] {
  const items: Piece[] = [];
  let { from, first } = inside;
  for (let i = inside.first; i <= inside.end; i++) {
    const isLast = i === inside.end;
    const { at, text, depth } = marks[i] as Mark;
    if (!isLast && (text !== ',' || depth !== inside.depth)) continue;
    let to = isLast ? inside.to : at + 1;
    const next = to;
    while (from < to && code[from] === ' ') from++;
    while (to > from && code[to - 1] === ' ') to--;
    items.push({ ...inside, from, to, first, end: isLast ? i : i + 1 });
    from = next;
    first = i + 1;
  }
  return items;
}

/** Writes items one per line, or as many as fit if all are names and plain values. */
function writeItems(line: Line, items: readonly Piece[]): void {
  const texts = items.map(({ from, to }) => line.code.slice(from, to));
  if (items.length === 1 || texts.some((text) => /[([{]|: /.test(text))) {
    for (const item of items) write(line, item, items.length === 1 ? '' : '  ');
    return;
  }
  let row: string | undefined;
  items.forEach((item, i) => {
    const text = texts[i] as string;
    if (row !== undefined && row.length + 1 + text.length <= lineWidth) {
      row += ` ${text}`;
      return;
    }
    if (row !== undefined) line.out.push(row);
    row = item.indent + text;
    if (row.length <= lineWidth) return;
    write(line, item);
    row = undefined;
  });
  if (row !== undefined) line.out.push(row);
}
