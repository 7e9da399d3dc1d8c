/** A known entry of a lock: its text in the lock, and its value. */
export interface KnownEntry {
  readonly text: string;
  readonly value: unknown;
}

/**
 * Parses a lock entry by entry, and reuses the value of an entry whose text is known. `undefined` for a text that is
 * not formatted as a lock; it may still be valid JSON.
 *
 * @param known Returns the known entry of two keys, such as `clientToServer` and the name of an event.
 */
export function parseEntries(
  text: string,
  known: (section: string, name: string) => KnownEntry | undefined,
): unknown {
  try {
    const read = readRecord(text, {
      from: 0,
      indent: '  ',
      value: (section, from) =>
        text.startsWith('{\n', from)
          ? readRecord(text, {
              from,
              indent: '    ',
              value: (name, at) => taken(text, at, known(section, name)) ?? parsed(text, at, '    '),
            })
          : parsed(text, from, '  '),
    });
    return read === undefined || text.slice(read.end).trim() !== '' ? undefined : read.value;
  } catch {
    return undefined;
  }
}

/** A value, and where its text ends. */
interface Read {
  readonly value: unknown;
  readonly end: number;
}

interface Layout {
  readonly from: number;
  /** The indentation of its keys. */
  readonly indent: string;
  readonly value: (key: string, from: number) => Read | undefined;
}

/** A record with a line or more for each key, the last of which is the bracket that ends it. */
function readRecord(text: string, { from, indent, value }: Layout): Read | undefined {
  const entries: (readonly [string, unknown])[] = [];
  if (!text.startsWith('{\n', from)) return undefined;
  for (let at = from + 2; text.startsWith(indent, at);) {
    keyed.lastIndex = at + indent.length;
    const [head, key] = keyed.exec(text) ?? [];
    if (head === undefined || key === undefined) return undefined;
    const name = JSON.parse(key) as string;
    const read = value(name, at + indent.length + head.length);
    if (read === undefined) return undefined;
    entries.push([name, read.value]);
    if (text[read.end] === ',') at = read.end + 2;
    else {
      const end = `\n${indent.slice(2)}}`;
      if (!text.startsWith(end, read.end)) return undefined;
      return { value: Object.fromEntries(entries), end: read.end + end.length };
    }
    if (text[at - 1] !== '\n') return undefined;
  }
  return undefined;
}

const keyed = /("(?:[^"\\\n]|\\.)*"): /y;

/** A known entry where the text has it. */
function taken(text: string, from: number, known: KnownEntry | undefined): Read | undefined {
  if (known === undefined || !text.startsWith(known.text, from)) return undefined;
  const end = from + known.text.length;
  return text[end] === '\n' || text.startsWith(',\n', end) ? { value: known.value, end } : undefined;
}

/** A value that ends before the next line with this indentation or less. */
function parsed(text: string, from: number, indent: string): Read {
  let end = text.indexOf('\n', from);
  while (end !== -1 && isInside(text, end + 1, indent)) end = text.indexOf('\n', end + 1);
  if (end === -1) end = text.length;
  if (text[end - 1] === ',') end -= 1;
  return { value: JSON.parse(text.slice(from, end)) as unknown, end };
}

/** Whether a line belongs to a value above it: it is deeper, or has the bracket that ends it. */
function isInside(text: string, from: number, indent: string): boolean {
  if (!text.startsWith(indent, from)) return false;
  const first = text[from + indent.length];
  return first === ' ' || first === '}' || first === ']';
}
