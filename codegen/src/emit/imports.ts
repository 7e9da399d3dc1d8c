import { objectValue, print } from './layout.ts';
import { quote } from './literal.ts';

/**
 * Import declarations of one file, collected from use: merged, sorted, type-only if every use is one.
 */
export interface Imports {
  /** Uses a value; returns its name. */
  value(name: string, from: string): string;
  /** Uses a type; returns its name. */
  type(name: string, from: string): string;
  /** Uses a module as a namespace, as values (`value`) or as types only. */
  module(name: string, from: string, use: 'value' | 'type'): string;
  /** Runs `work`; returns its result and the imports that it used. */
  record<Result>(work: () => Result): Recorded<Result>;
  /** Repeats recorded uses. */
  repeat(notes: readonly Use[]): void;
  /** The declarations, packages before parents before siblings; empty if nothing was used. */
  text(): string;
}

/** The result of some work, and the imports that it used. */
export interface Recorded<Result> {
  readonly notes: readonly Use[];
  readonly result: Result;
}

/** One use of an import. */
export interface Use {
  readonly what: 'named' | 'module';
  readonly name: string;
  readonly from: string;
  readonly as: 'value' | 'type';
}

/** Nothing used yet. */
export function createImports(): Imports {
  const named = new Map<string, Map<string, 'value' | 'type'>>();
  const modules = new Map<string, string>();
  let log: Map<string, Use> | undefined;
  /** Most events use the same, and then have one list of it. */
  const lists = new Map<string, readonly Use[]>();
  const repeated = new Set<readonly Use[]>();
  const add = (name: string, from: string, use: 'value' | 'type') => {
    log?.set(`${use} ${name} ${from}`, { what: 'named', name, from, as: use });
    const names = named.get(from) ?? new Map<string, 'value' | 'type'>();
    named.set(from, names);
    if (names.get(name) !== 'value') names.set(name, use);
    return name.slice(name.lastIndexOf(' ') + 1);
  };
  const addModule = (name: string, from: string, use: 'value' | 'type') => {
    log?.set(`module ${use} ${from}`, { what: 'module', name, from, as: use });
    modules.set(from, use === 'type' ? `type * as ${name}` : `* as ${name}`);
    return name;
  };
  return {
    value: (name, from) => add(name, from, 'value'),
    type: (name, from) => add(name, from, 'type'),
    module: addModule,
    record(work) {
      const uses = new Map<string, Use>();
      const outer = log;
      log = uses;
      const result = work();
      log = outer;
      for (const [key, use] of uses) log?.set(key, use);
      const key = [...uses.keys()].sort().join('\n');
      const same = lists.get(key) ?? [...uses.values()];
      lists.set(key, same);
      return { result, notes: same };
    },
    repeat(notes) {
      if (log === undefined && repeated.has(notes)) return;
      repeated.add(notes);
      for (const { what, name, from, as } of notes) (what === 'named' ? add : addModule)(name, from, as);
    },
    text() {
      const lines = [
        ...[...modules].map(([from, what]): [string, string] => [
          from,
          `import ${what} from ${quote(from)};\n`,
        ]),
        ...[...named].map(([from, names]): [string, string] => [from, namedImport(from, names)]),
      ];
      return lines
        .sort(([a], [b]) => distance(a) - distance(b) || (a < b ? -1 : 1))
        .map(([, line]) => line)
        .join('');
    },
  };
}

function namedImport(from: string, names: ReadonlyMap<string, 'value' | 'type'>): string {
  const values = [...names].filter(([, use]) => use === 'value').map(([name]) => name);
  const types = [...names].filter(([, use]) => use === 'type').map(([name]) => name);
  const typeOnly = values.length === 0;
  const items = [...values.sort(), ...types.sort().map((name) => (typeOnly ? name : `type ${name}`))];
  const head = `import ${typeOnly ? 'type ' : ''}`;
  const tail = ` from ${quote(from)};\n`;
  return head + print(objectValue(items), '', [head.length, tail.length - 1]) + tail;
}

/** Packages, then parents, then siblings. */
function distance(from: string): number {
  return from.startsWith('./') ? 2 : from.startsWith('../') ? 1 : 0;
}
