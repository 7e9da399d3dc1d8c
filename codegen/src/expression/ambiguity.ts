import { parseExpression, type Part, type Ranges, type Sequence } from './parse.ts';
import { remember } from './remember.ts';

/** Maximum number of positions: the search takes quadratic time. */
const maxPositions = 400;

/**
 * Whether an expression can take exponential time on a text that it does not match, such as `(a+)+$` on many `a`.
 *
 * That is so if a loop leads back to a position in two ways that match the same text (exponential degree of
 * ambiguity: Weber and Seidl 1991; Weideman and others 2016). The expression becomes a position automaton (Glushkov
 * 1961); two copies of it walk in step from one position, and the question is whether they can part and meet there
 * again. An expression that cannot be parsed in full is considered harmless.
 */
export const isCatastrophic = remember((source: string, flags: string): boolean => {
  const alternatives = parseExpression(source, flags);
  if (alternatives === undefined) return false;
  const automata = [alternatives, ...looksIn(alternatives)].map(automatonOf);
  return automata.some((automaton) => automaton !== undefined && partsAndMeets(automaton));
});

interface Automaton {
  readonly ranges: readonly Ranges[];
  readonly next: readonly (readonly number[])[];
  /** Steps that can be taken in two ways, by an inner and by an outer loop. */
  readonly twice: readonly (readonly [from: number, to: number])[];
}

interface Piece {
  readonly empty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

function automatonOf(alternatives: readonly Sequence[]): Automaton | undefined {
  const ranges: Ranges[] = [];
  const next: Set<number>[] = [];
  const twice: [number, number][] = [];
  const link = (from: readonly number[], to: readonly number[]) => {
    for (const position of from) {
      for (const target of to) {
        if (next[position]?.has(target)) twice.push([position, target]);
        next[position]?.add(target);
      }
    }
  };
  const piece = (part: Part): Piece => {
    switch (part.kind) {
      case 'character':
        ranges.push(part.ranges);
        next.push(new Set());
        return { empty: false, first: [ranges.length - 1], last: [ranges.length - 1] };
      case 'assertion':
      case 'look':
        return { empty: true, first: [], last: [] };
      case 'group':
        return choice(part.alternatives);
      case 'repeat':
        return repeat(part);
      default:
        return part satisfies never;
    }
  };
  const repeat = ({ part, min, max }: Extract<Part, { kind: 'repeat' }>): Piece => {
    // Two rounds show whether rounds can be told apart; a bounded repeat has no loop of its own.
    const rounds = Math.min(Math.max(min, max === Number.POSITIVE_INFINITY ? 1 : max), 3);
    const pieces = Array.from({ length: rounds }, () => piece(part));
    // After fewer rounds than all of them one may leave, but not skip to a later round.
    const whole = chain(pieces);
    const last = pieces.flatMap((each, index) =>
      index + 1 >= Math.min(min, rounds) || each.empty ? each.last : [],
    );
    if (max === Number.POSITIVE_INFINITY) link(pieces.at(-1)?.last ?? [], pieces.at(-1)?.first ?? []);
    return { empty: min === 0 || whole.empty, first: whole.first, last };
  };
  const chain = (pieces: readonly Piece[]): Piece =>
    pieces.reduce(
      (a, b) => {
        link(a.last, b.first);
        return {
          empty: a.empty && b.empty,
          first: a.empty ? [...a.first, ...b.first] : a.first,
          last: b.empty ? [...a.last, ...b.last] : b.last,
        };
      },
      { empty: true, first: [], last: [] },
    );
  const choice = (all: readonly Sequence[]): Piece => {
    const pieces = all.map((sequence) => chain(sequence.map(piece)));
    return {
      empty: pieces.some(({ empty }) => empty),
      first: pieces.flatMap(({ first }) => first),
      last: pieces.flatMap(({ last }) => last),
    };
  };
  choice(alternatives);
  return ranges.length > maxPositions ? undefined : { ranges, next: next.map((set) => [...set]), twice };
}

/** Whether two walks that start at one position can part and meet there again. */
function partsAndMeets({ ranges, next, twice }: Automaton): boolean {
  if (twice.some(([from, to]) => from === to || reaches(next, to, from))) return true;
  const size = ranges.length;
  for (let start = 0; start < size; start++) {
    if (!reaches(next, start, start)) continue;
    const seen = new Set<number>();
    const waiting: [number, number, boolean][] = [[start, start, false]];
    for (let state = waiting.pop(); state; state = waiting.pop()) {
      const [a, b, parted] = state;
      for (const x of next[a] ?? []) {
        for (const y of next[b] ?? []) {
          if (!overlap(ranges[x] ?? [], ranges[y] ?? [])) continue;
          const apart = parted || x !== y;
          if (apart && x === start && y === start) return true;
          const key = (x * size + y) * 2 + (apart ? 1 : 0);
          if (!seen.has(key)) {
            seen.add(key);
            waiting.push([x, y, apart]);
          }
        }
      }
    }
  }
  return false;
}

function reaches(next: Automaton['next'], from: number, to: number): boolean {
  const seen = new Set<number>();
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const each of next[at] ?? []) {
      if (each === to) return true;
      if (!seen.has(each)) waiting.push(each);
      seen.add(each);
    }
  }
  return false;
}

function overlap(a: Ranges, b: Ranges): boolean {
  return a.some(([first, last]) => b.some(([from, to]) => first <= to && from <= last));
}

function looksIn(alternatives: readonly Sequence[]): (readonly Sequence[])[] {
  return alternatives.flat().flatMap((part): (readonly Sequence[])[] => {
    switch (part.kind) {
      case 'look':
        return [part.alternatives, ...looksIn(part.alternatives)];
      case 'group':
        return looksIn(part.alternatives);
      case 'repeat':
        return looksIn([[part.part]]);
      default:
        return [];
    }
  });
}
