/** Maximum line width of generated code, in characters, if the line can be broken. */
export const lineWidth = 110;

/** Text for one line or several; {@link print} breaks it if it does not fit. */
export type Layout = string | readonly Layout[] | List | Union | Parens | Documented;

/** Items in brackets: on one line if they fit, otherwise one per line. */
interface List {
  readonly kind: 'list';
  readonly open: string;
  readonly close: string;
  readonly separator: ',' | ';';
  readonly items: readonly Layout[];
  /** A space inside the brackets of the one-line form. */
  readonly spaced: boolean;
  /** The separator also follows the last item of the broken form. */
  readonly trailing: boolean;
  /** Never on one line. */
  readonly broken: boolean;
}

interface Union {
  readonly kind: 'union';
  readonly members: readonly Layout[];
}

interface Parens {
  readonly kind: 'parens';
  readonly content: Layout;
}

interface Documented {
  readonly kind: 'documented';
  readonly comment: DocComment;
  readonly content: Layout;
}

/** Writes a doc comment at an indentation, line feed included. */
export type DocComment = (indent: string) => string;

/** `{ a: 1, b: 2 }`, a value. */
export function objectValue(items: readonly Layout[]): Layout {
  return {
    kind: 'list',
    open: '{',
    close: '}',
    separator: ',',
    items,
    spaced: true,
    trailing: true,
    broken: false,
  };
}

/** `['a', 'b']`, a value or a tuple type. */
export function bracketed(items: readonly Layout[]): Layout {
  return {
    kind: 'list',
    open: '[',
    close: ']',
    separator: ',',
    items,
    spaced: false,
    trailing: true,
    broken: false,
  };
}

/** `(a: A, b?: B)`, parameters of a function. */
export function parameters(items: readonly Layout[]): Layout {
  return {
    kind: 'list',
    open: '(',
    close: ')',
    separator: ',',
    items,
    spaced: false,
    trailing: true,
    broken: false,
  };
}

/** `(a: A, ...rest: B[])`: what follows a rest parameter must not be a comma. */
export function restParameter(...items: readonly Layout[]): Layout {
  return {
    kind: 'list',
    open: '(',
    close: ')',
    separator: ',',
    items,
    spaced: false,
    trailing: false,
    broken: false,
  };
}

/** `<A, B>`, arguments of a generic type. */
export function typeArguments(items: readonly Layout[]): Layout {
  return {
    kind: 'list',
    open: '<',
    close: '>',
    separator: ',',
    items,
    spaced: false,
    trailing: false,
    broken: false,
  };
}

/** `{ a: A; b: B }`, an object type. */
export function objectType(items: readonly Layout[]): Layout {
  return {
    kind: 'list',
    open: '{',
    close: '}',
    separator: ';',
    items,
    spaced: true,
    trailing: true,
    broken: false,
  };
}

/** `A | B`, broken with a leading bar on every line. A single member is printed alone. */
export function unionOf(members: readonly Layout[]): Layout {
  return members.length === 1 ? (members[0] as Layout) : { kind: 'union', members };
}

/** `(content)`. */
export function parenthesized(content: Layout): Layout {
  return { kind: 'parens', content };
}

/** Content under a doc comment, which forces everything around it onto several lines. */
export function documented(comment: DocComment | undefined, content: Layout): Layout {
  return comment === undefined ? content : { kind: 'documented', comment, content };
}

/** Breaks an object type onto several lines; other layouts are unchanged. */
export function broken(layout: Layout): Layout {
  return isList(layout) && layout.open === '{' && layout.items.length > 0
    ? { ...layout, broken: true }
    : layout;
}

/**
 * Text of a layout.
 *
 * @param indent Spaces before the line that it begins in.
 * @param column Characters that the line already has, indentation included.
 * @param after Characters that follow on the last line.
 */
export function print(
  layout: Layout,
  indent: string,
  [column, after]: readonly [column: number, after: number],
): string {
  if (typeof layout === 'string') return layout;
  const oneLine = flat(layout, lineWidth - column - after);
  if (oneLine !== undefined) return oneLine;
  if (!('kind' in layout)) return printRow(layout, indent, [column, after]);
  switch (layout.kind) {
    case 'list':
      return printList(layout, indent);
    case 'union':
      return printUnion(layout, indent);
    case 'parens':
      return `(${print(layout.content, indent, [column + 1, after + 1])}${unionBreaks(layout.content) ? `\n${indent}` : ''})`;
    case 'documented':
      return (
        layout.comment(indent).slice(indent.length) +
        indent +
        print(layout.content, indent, [indent.length, after])
      );
    default:
      return layout satisfies never;
  }
}

function printRow(
  parts: readonly Layout[],
  indent: string,
  [column, after]: readonly [number, number],
): string {
  const widths = parts.map((part) => flat(part, lineWidth)?.length ?? 0);
  let rest = widths.reduce((sum, width) => sum + width, after);
  let text = '';
  parts.forEach((part, index) => {
    rest -= widths[index] ?? 0;
    const line = text.lastIndexOf('\n');
    const next = print(part, indent, [line === -1 ? column + text.length : text.length - line - 1, rest]);
    text = next.startsWith('\n') ? text.trimEnd() + next : text + next;
  });
  return text;
}

function printList(list: List, indent: string): string {
  if (list.items.length === 0) return list.open + list.close;
  const inner = `${indent}  `;
  let text = `${list.open}\n`;
  list.items.forEach((item, index) => {
    const last = index === list.items.length - 1;
    text += `${inner}${print(item, inner, [inner.length, 1])}${last && !list.trailing ? '' : list.separator}\n`;
  });
  return text + indent + list.close;
}

function printUnion(union: Union, indent: string): string {
  const inner = `${indent}  `;
  return union.members
    .map((member) => `\n${inner}| ${print(member, `${inner}  `, [inner.length + 2, 1])}`)
    .join('');
}

/** A layout on one line; `undefined` if that is impossible or wider than `room`. */
function flat(layout: Layout, room: number): string | undefined {
  if (typeof layout === 'string') return layout.length <= room ? layout : undefined;
  if (!('kind' in layout)) return joined(layout, '', room);
  switch (layout.kind) {
    case 'list': {
      if (layout.broken) return undefined;
      const [open, close] =
        layout.spaced && layout.items.length > 0
          ? [`${layout.open} `, ` ${layout.close}`]
          : [layout.open, layout.close];
      const text = joined(layout.items, `${layout.separator} `, room - open.length - close.length);
      return text === undefined ? undefined : open + text + close;
    }
    case 'union':
      return joined(layout.members, ' | ', room);
    case 'parens': {
      const text = flat(layout.content, room - 2);
      return text === undefined ? undefined : `(${text})`;
    }
    case 'documented':
      return undefined;
    default:
      return layout satisfies never;
  }
}

function joined(layouts: readonly Layout[], separator: string, room: number): string | undefined {
  let text = '';
  for (let i = 0; i < layouts.length; i++) {
    if (i > 0) text += separator;
    const part = flat(layouts[i] as Layout, room - text.length);
    if (part === undefined) return undefined;
    text += part;
  }
  return text.length <= room ? text : undefined;
}

function isList(layout: Layout): layout is List {
  return typeof layout === 'object' && 'kind' in layout && layout.kind === 'list';
}

function unionBreaks(layout: Layout): boolean {
  return typeof layout === 'object' && 'kind' in layout && layout.kind === 'union';
}
