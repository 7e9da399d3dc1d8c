import { lineWidth } from '../layout.ts';

/** The lines of a piece of code, those that are too long broken where brackets and operators allow it. */
export function wrapped(code: string): string {
  if (!code.split('\n').some((line) => line.length > lineWidth)) return code;
  return code
    .split('\n')
    .flatMap((line) => (/^\s*(?:\/?\*|\/\/)/.test(line) ? [line] : wrapLine(line)))
    .join('\n');
}

/** @param hang What stands before the further lines of an expression, besides the indentation of the first. */
function wrapLine(line: string, hang = '  '): readonly string[] {
  if (line.length <= lineWidth) return [line];
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  const marks = marksOf(line);
  for (const operators of [[' ? ', ' : '], [' || '], [' && ']]) {
    const at = marks.filter(
      ({ at: from, depth, text }) => from >= indent.length && depth === 0 && operators.includes(text),
    );
    if (at.length > 0)
      return pieces(line, at).flatMap((piece, i) => wrapLine(i === 0 ? piece : `${indent}${hang}${piece}`));
  }
  const group = longestGroup(marks);
  if (group === undefined) return [line];
  const [open, close] = group;
  const inside = itemsOf(line.slice(open.at + 1, close.at));
  return [
    line.slice(0, open.at + 1),
    ...filled(inside, `${indent}  `).flatMap((each) => wrapLine(each, inside.length === 1 ? '' : '  ')),
    ...wrapLine(indent + line.slice(close.at)),
  ];
}

/** Something that a line can be broken at: a bracket, a comma or an operator, and how many brackets are around it. */
interface Mark {
  readonly at: number;
  readonly text: string;
  readonly depth: number;
}

/** Texts, expressions and comments are passed over as a whole. */
const token =
  /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\*.*?\*\/|(?<=[(,=] ?)\/(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/[a-z]*| (?:\|\||&&|[?:]) |[([{}\]),]/g;

function marksOf(line: string): readonly Mark[] {
  const marks: Mark[] = [];
  let depth = 0;
  for (const { 0: text, index: at } of line.matchAll(token)) {
    if (/^[)\]}]$/.test(text)) depth--;
    if (text.length === 1 || /^ .* $/.test(text)) marks.push({ at, text, depth });
    if (/^[([{]$/.test(text)) depth++;
  }
  return marks;
}

/** A line broken at operators: `||` and `&&` end a piece, `?` and `:` begin one. */
function pieces(line: string, marks: readonly Mark[]): readonly string[] {
  const cuts = marks.map(({ at, text }) => (/[?:]/.test(text) ? at : at + text.length - 1));
  return [0, ...cuts].map((from, i) => line.slice(from, cuts[i]).slice(i === 0 ? 0 : 1));
}

/** The brackets around most of a line. Where all they hold is brackets again, these. */
function longestGroup(marks: readonly Mark[]): readonly [open: Mark, close: Mark] | undefined {
  let found: readonly [Mark, Mark] | undefined;
  marks.forEach((open, i) => {
    if (open.depth > 0 || !/[([{]/.test(open.text)) return;
    const close = marks.slice(i).find(({ text, depth }) => depth === open.depth && /[)\]}]/.test(text));
    if (close && close.at - open.at > (found ? found[1].at - found[0].at : 1)) found = [open, close];
  });
  while (found) {
    const [open, close] = found;
    const [first, last] = [marks[marks.indexOf(open) + 1], marks[marks.indexOf(close) - 1]];
    if (first?.at !== open.at + 1 || last?.at !== close.at - 1 || first === last) return found;
    if (marks.some(({ at, depth }) => depth === first.depth && at > first.at && at < last.at)) return found;
    found = [first, last];
  }
  return found;
}

/** What stands between brackets: items with their commas, or one expression. */
function itemsOf(text: string): readonly string[] {
  const cuts = marksOf(text).filter(({ text: mark, depth }) => depth === 0 && mark === ',');
  return [0, ...cuts.map(({ at }) => at + 1)].map((from, i) =>
    text.slice(from, (cuts[i]?.at ?? text.length) + 1).trim(),
  );
}

/** Items a line each; as many as fit, where they are names and plain values only. */
function filled(items: readonly string[], indent: string): readonly string[] {
  if (items.length === 1 || items.some((item) => /[([{]|: /.test(item)))
    return items.map((item) => indent + item);
  const lines: string[] = [];
  for (const item of items) {
    const longer = `${lines.at(-1) ?? ''} ${item}`;
    if (lines.length > 0 && longer.length <= lineWidth) lines[lines.length - 1] = longer;
    else lines.push(indent + item);
  }
  return lines;
}
