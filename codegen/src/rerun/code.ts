import type { Part, Piece, Plan } from './plan.ts';

/** What code is given: a function that puts a value by, one that gives a value which was, and one for several. */
const names = { keep: '__sockeyeKeep', kept: '__sockeyeKept', several: '__sockeyeKeptOnes' } as const;

/** The prefix of all those names. */
export const reserved = '__sockeyeKe';

/** The code of a plan, and the values of the names in it. */
export interface Code {
  readonly text: string;
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * Code that computes what is not clean, and takes clean values from the cache.
 *
 * @param values What is clean, by its id. What may be clean the next time is added.
 */
export function codeOf(
  plan: Plan,
  { clean, values }: { readonly clean: ReadonlySet<Piece>; readonly values: Map<string, unknown> },
): Code {
  const parts = new Map(plan.parts.map((part) => [part.name, part]));
  const keptOnes = (name: string, from: number, to: number) => {
    const { entries = [], gaps = [] } = parts.get(name) ?? {};
    const keys = keysOf(gaps);
    const found: Record<string, unknown> = {};
    for (let at = from; at < to; at += 1) found[keys[at]?.key ?? ''] = values.get(entries[at]?.id ?? '');
    return found;
  };
  return {
    text: neededParts(plan, clean)
      .map((part) => statement(part, { plan, clean }))
      .join('\n'),
    given: {
      [names.keep]: (id: string, value: unknown): unknown => {
        values.set(id, value);
        return value;
      },
      [names.kept]: (id: string) => values.get(id),
      [names.several]: keptOnes,
    },
  };
}

type Making = { readonly plan: Plan; readonly clean: ReadonlySet<Piece> };

/** Parts that have to run, and what they name of the others. */
function neededParts(plan: Plan, clean: ReadonlySet<Piece>): readonly Part[] {
  if (clean.size === 0) return plan.parts;
  const isSpare = (part: Part) => clean.has(part) || (part.kind === 'import' && plan.fixed.has(part.name));
  const named = new Set<string>();
  const read = (part: Part): void => {
    for (const [word] of statement(part, { plan, clean }).matchAll(/[\w$\u0080-\uffff]+/g)) named.add(word);
  };
  for (const part of plan.parts) if (!isSpare(part)) read(part);
  if (named.has('eval')) return plan.parts;
  const isNeeded = (part: Part): boolean => {
    if (!isSpare(part)) return true;
    if (!named.has(part.name)) return false;
    read(part);
    return true;
  };
  // A member of a package comes after the package.
  return plan.parts.toReversed().filter(isNeeded).reverse();
}

function statement(part: Part, { plan, clean }: Making): string {
  const { entries, gaps, name } = part;
  if (part.kind !== 'variable') return gaps.join('');
  if (clean.has(part)) return `var ${name} = ${kept(part)};`;
  const keys = keysOf(gaps);
  let text = '';
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] as Piece;
    const gap = gaps[at] as string;
    let end = at;
    while (clean.has(entries[end] as Piece) && (end === at ? keys[end] : keys[end]?.isNext)) end += 1;
    const { key, length } = keys[at] ?? {};
    if (end - at > 1 && key !== undefined) {
      text += `${gap.slice(0, -(length ?? 0))}...${names.several}(${JSON.stringify(name)}, ${at}, ${end})`;
      at = end - 1;
    } else text += gap + (clean.has(entry) ? kept(entry) : made(entry, plan));
  }
  text += gaps.at(-1);
  return plan.plain.has(part) ? `${text}\n${names.keep}(${JSON.stringify(part.id)}, ${name});` : text;
}

function kept({ id }: Piece): string {
  return `${names.kept}(${JSON.stringify(id)})`;
}

function made(entry: Piece, plan: Plan): string {
  return plan.plain.has(entry) ? `${names.keep}(${JSON.stringify(entry.id)}, ${entry.text})` : entry.text;
}

/** What a gap ends with: the key of the entry after it. */
interface Key {
  readonly key: string;
  /** How many characters it takes, with what stands between it and its value. */
  readonly length: number;
  /** Whether the gap has nothing else, so that both entries are of one object. */
  readonly isNext: boolean;
}

const lastKey = /(?:"([^"\\]*)"|([A-Za-z_$][\w$]*)): $/;

/** The keys of entries, by the gaps before them; `undefined` for one that is not plain to see. Gaps never change. */
function keysOf(gaps: readonly string[]): readonly (Key | undefined)[] {
  const known = keys.get(gaps);
  if (known !== undefined) return known;
  const found = gaps.map((gap): Key | undefined => {
    const [text = '', quoted, bare = ''] = lastKey.exec(gap) ?? [];
    const key = quoted ?? bare;
    if (text === '' || key === '__proto__') return undefined;
    return { key, length: text.length, isNext: /^,\s*$/.test(gap.slice(0, -text.length)) };
  });
  keys.set(gaps, found);
  return found;
}

const keys = new WeakMap<readonly string[], readonly (Key | undefined)[]>();
