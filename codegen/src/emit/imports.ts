import { objectValue, print } from './layout.ts';
import { quote } from './literal.ts';

/**
 * Import declarations of one file, gathered from what its text uses: merged, sorted, type-only where every use is one.
 */
export interface Imports {
  /** Uses a value; returns its name. */
  value(name: string, from: string): string;
  /** Uses a type; returns its name. */
  type(name: string, from: string): string;
  /** Uses a module under a name of its own, as values (`value`) or as types only. */
  module(name: string, from: string, use: 'value' | 'type'): string;
  /** The declarations, packages before parents before siblings; empty when nothing was used. */
  text(): string;
}

/** Nothing used yet. */
export function createImports(): Imports {
  const named = new Map<string, Map<string, 'value' | 'type'>>();
  const modules = new Map<string, string>();
  const add = (name: string, from: string, use: 'value' | 'type') => {
    const names = named.get(from) ?? new Map<string, 'value' | 'type'>();
    named.set(from, names);
    if (names.get(name) !== 'value') names.set(name, use);
    return name.slice(name.lastIndexOf(' ') + 1);
  };
  return {
    value: (name, from) => add(name, from, 'value'),
    type: (name, from) => add(name, from, 'type'),
    module(name, from, use) {
      modules.set(from, use === 'type' ? `type * as ${name}` : `* as ${name}`);
      return name;
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
