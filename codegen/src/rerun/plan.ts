import type { Trusted } from '../bundle.ts';
import { callable, constant, readFacts, unreadable, type Facts } from './facts.ts';
import type { Statement } from './split.ts';

/** A piece of a bundle whose value can be cached: the value of a variable, or an entry of an object literal in it. */
export interface Piece {
  /** The same for the same piece of the next bundle. */
  readonly id: string;
  readonly text: string;
  readonly facts: Facts;
}

/** An analyzed statement. */
export interface Part extends Piece {
  /** `import`: a package, or a member of one, which the runner is given. `frame`: see {@link frame}. */
  readonly kind: 'variable' | 'import' | 'function' | 'frame';
  /** What it declares. */
  readonly name: string;
  readonly entries: readonly Piece[];
  /** The statement around its entries: one text more than there are entries. */
  readonly gaps: readonly string[];
}

/** What can be cached between runs while the code is unchanged. */
export interface Plan {
  readonly parts: readonly Part[];
  /** Everything that is declared, in order. */
  readonly order: string;
  /** Offset of each of them in the code. */
  readonly starts: readonly number[];
  /** Pieces that only compute a value from what they name. */
  readonly plain: ReadonlySet<Piece>;
  /** Whether a piece that none of these is would be plain. */
  readonly isPlain: (piece: Piece) => boolean;
  /** Names whose values never change: known exports of packages. */
  readonly fixed: ReadonlySet<string>;
  /** Names of the top level that a piece depends on. */
  readonly needs: (piece: Piece) => readonly string[];
  /** Whether a piece names something that is declared after it. */
  readonly looksAhead: (piece: Piece) => boolean;
}

/** Pieces by their ids. */
type Pieces = ReadonlyMap<string, Piece>;

/** All pieces of a plan. */
export function piecesOf({ parts }: Plan): Pieces {
  return new Map(parts.flatMap((part) => [part, ...part.entries]).map((piece) => [piece.id, piece]));
}

/**
 * Makes a plan of a bundle, with the facts of the last one where a piece's text is the same. `undefined` for a bundle
 * with a statement that is not a declaration or cannot be parsed, since its effects are unknown.
 */
export function makePlan(
  statements: readonly Statement[],
  { trusted, before }: { readonly trusted: Trusted; readonly before: Plan | undefined },
): Plan | undefined {
  const parts: Part[] = [];
  const places = new Map<string, number>();
  const known = before && piecesOf(before);
  for (const statement of statements) {
    const part = readPart(statement, known);
    if (part === undefined || places.has(part.name)) return undefined;
    if ([part, ...part.entries].some(({ facts }) => facts === unreadable)) return undefined;
    if (part.name !== '') places.set(part.name, parts.length);
    parts.push(part);
  }
  const declared = parts.map(({ kind, name }) => `${kind} ${name}`).join();
  // The same text as the same object is quick to compare.
  const order = declared === before?.order ? before.order : declared;
  const linksOf = (facts: Facts): Links => {
    const known = links.get(facts);
    if (known?.order === order) return known;
    const needs = facts.names.filter((name) => places.has(name));
    const variables = needs.filter((name) => partOf(name)?.kind !== 'function');
    const found = {
      order,
      needs,
      isClosed: facts.names.every((name) => places.has(name) || facts.own.includes(name) || isGlobal(name)),
      last: Math.max(-1, ...variables.map((name) => places.get(name) ?? -1)),
    };
    links.set(facts, found);
    return found;
  };
  const safe = new Map<string, boolean>();
  const partOf = (name: string): Part | undefined => parts[places.get(name) ?? -1];

  /** A package that is trusted, or a member of it. */
  const isKnown = (part: Part | undefined): boolean => {
    const from = memberOf.exec(part?.text ?? '')?.[1];
    const url = packageOf.exec((from === undefined ? part : partOf(from))?.text ?? '')?.[1];
    return url !== undefined && trusted.isPackage(url);
  };
  /** Whether calling it only computes a value. */
  const isSafe = (name: string): boolean => {
    const known = safe.get(name);
    if (known !== undefined) return known;
    // Mutually recursive functions are not analyzed.
    safe.set(name, false);
    const index = places.get(name) ?? -1;
    const part = parts[index];
    const result = part !== undefined && (trusted.isModule(statements[index]?.module ?? '') || isPure(part));
    safe.set(name, result);
    return result;
  };
  const isPure = (part: Part): boolean => {
    const member = memberOf.exec(part.text)?.[2];
    if (part.kind === 'import') return isKnown(part) && !/^(?:config|setErrorMap)$/.test(member ?? '');
    const isFunction = part.kind === 'function' || /^\([^()]*\) => /.test(part.text);
    return isFunction && isPlain(part);
  };
  const isPlain = ({ facts }: Piece): boolean =>
    facts.isPlain &&
    facts.called.every((name) => (places.has(name) ? isSafe(name) : callable.has(name))) &&
    linksOf(facts).isClosed;

  const filled = new Set(statements.map(({ text }) => frame.exec(text)?.[1]));
  const plain = new Set<Piece>();
  const fixed = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const isTrusted = trusted.isModule(statements[index]?.module ?? '');
    if (part.kind === 'frame' || filled.has(part.name)) continue;
    if (isTrusted || (part.kind === 'import' && isKnown(part))) fixed.add(part.name);
    for (const entry of part.entries) if (isTrusted || isPlain(entry)) plain.add(entry);
    if (isTrusted || (part.kind === 'import' ? isKnown(part) : isPlain(part))) plain.add(part);
  }
  return {
    parts,
    order,
    starts: statements.map(({ start }) => start),
    plain,
    isPlain,
    fixed,
    needs: ({ facts }) => linksOf(facts).needs,
    looksAhead: ({ id, facts }) => linksOf(facts).last > (places.get(id.split(' ', 1)[0] ?? '') ?? 0),
  };
}

/** What the names in a piece stand for, in a bundle that declares these. */
interface Links {
  readonly order: string;
  readonly needs: readonly string[];
  /** Whether there is no other name. */
  readonly isClosed: boolean;
  /** Place of what is declared last; functions are there from the beginning. */
  readonly last: number;
}

/** Facts depend only on the text, and most edits declare nothing new. */
const links = new WeakMap<Facts, Links>();

function isGlobal(name: string): boolean {
  return callable.has(name) || constant.has(name);
}

const packageOf = /^__sockeyePackage\("([^"]*)"\)$/;
const memberOf = /^([\w$]+)\["([^"]*)"\]$/;
const variable = /^(?:var|let|const) ([\w$]+) = /;
const empty = /^(?:var|let|const) ([\w$]+);$/;
const declaration = /^(?:(?:async )?function\*?|class) ([\w$]+)\b/;
/** What esbuild puts around a bundle. Names it exports by; functions in it say what they stand for now. */
const frame =
  /^(?:"use strict";|__export\(([\w$]+), \{[^{}]*\}\);|module\.exports = __toCommonJS\([\w$]+\);|0 && \(module\.exports = \{[^{}]*\}\);)$/;

function readPart({ text, entries }: Statement, before: Pieces | undefined): Part | undefined {
  if (frame.test(text)) return { ...nothing, kind: 'frame', id: '', text, gaps: [text], name: '' };
  const head = variable.exec(text);
  const name = (head ?? empty.exec(text) ?? declaration.exec(text))?.[1];
  if (name === undefined) return undefined;
  if (head === null || !text.endsWith(';')) {
    const kind = text.includes('function') && !text.startsWith('class') ? 'function' : 'variable';
    const plain = kind === 'function' && !/^async|^function\*/.test(text);
    // A function may have any name without calling itself.
    const body = kind === 'function' ? text.replace(/^function [\w$]+/, 'function ') : text;
    const part = { id: name, text: body, kind, name, entries: [], gaps: [text] } as const;
    const facts = factsOf(part, before);
    return { ...part, facts: plain ? facts : { ...facts, isPlain: false } };
  }
  const seen = new Map<string, number>();
  const inner = entries.map(({ key, start, end }): Piece => {
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    const piece = { id: `${name} ${count} ${key}`, text: text.slice(start, end) };
    return { ...piece, facts: factsOf(piece, before) };
  });
  const ends = [0, ...entries.map(({ end }) => end)];
  const gaps = ends.map((end, index) => text.slice(end, entries[index]?.start));
  const rest = gaps.join('0').slice(head[0].length, -1);
  const isImport = entries.length === 0 && (packageOf.test(rest) || memberOf.test(rest));
  const part = { id: name, text: rest };
  const kind = isImport ? 'import' : 'variable';
  return { ...part, facts: factsOf(part, before), kind, name, entries: inner, gaps };
}

function factsOf({ id, text }: Pick<Piece, 'id' | 'text'>, before: Pieces | undefined): Facts {
  const known = before?.get(id);
  return known?.text === text ? known.facts : readFacts(text);
}

const nothing = {
  facts: { names: [], own: [], called: [], isPlain: false },
  entries: [],
} as const;
