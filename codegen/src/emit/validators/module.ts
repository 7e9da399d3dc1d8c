import type { TypeNode } from '../../model.ts';
import { sortedEntries } from '../literal.ts';
import type { SourceFile } from '../source-file.ts';
import type { NamedTypes } from '../absence.ts';
import { optimized } from '../../expression/optimize.ts';
import { children } from '../../children.ts';
import { createScope } from './scope.ts';

/** The runtime of generated validators. */
export const runtimeModule = '@sockeye/contract/validate';

/** A validators file being written. */
export interface Module {
  readonly types: NamedTypes;
  /** Uses a value of the runtime; returns its name. */
  readonly use: (name: string) => string;
  /** Uses a type of the runtime; returns its name. */
  readonly type: (name: string) => string;
  /** Adds a constant for a regular expression; equal ones share it. `wanted`: its preferred name. */
  readonly expression: (source: string, flags: string, wanted: string) => string;
  /** Adds a constant at the top of the file; equal texts share it. */
  readonly constant: (text: string, wanted: string) => string;
  /** Adds a function above the one being written; equal keys share it. Returns its name. */
  readonly add: (key: string, wanted: string, text: (name: string) => string) => string;
  /** Name of an equivalent validator, by key. If there is none, registers `name` and returns `undefined`. */
  readonly sharing: (key: string, name: string) => string | undefined;
  /** Whether an object occurs in several places, and so gets its own function. */
  readonly isRepeated: (node: TypeNode) => boolean;
  /** Whether the file uses a name, so that no variable can have it. */
  readonly isTaken: (name: string) => boolean;
  /** Returns what was added since the last call. */
  readonly taken: () => readonly string[];
  /** Constants, one per line. */
  readonly constants: () => readonly string[];
}

/** Opens a validators file. */
export function createModule(
  types: Readonly<Record<string, TypeNode>>,
  roots: readonly TypeNode[],
  file: SourceFile,
): Module {
  const scope = createScope((name) => runtimeNames.has(name) || prefixed.test(name));
  const byText = new Map<string, string>();
  const functions = new Map<string, string>();
  const validators = new Map<string, string>();
  const names = new Set<string>();
  let added: string[] = [];
  const repeated = repeatedObjects([...Object.values(types), ...roots]);
  const constant = (text: string, wanted: string) => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    const name = scope.name(wanted);
    names.add(name);
    byText.set(text, name);
    return name;
  };
  return {
    types: Object.fromEntries(sortedEntries(types)),
    use: (name) => file.imports.value(name, runtimeModule),
    type: (name) => file.imports.type(name, runtimeModule),
    expression: (source, flags, wanted) => constant(expressionText(source, flags), wanted),
    constant,
    add(key, wanted, text) {
      const known = functions.get(key);
      if (known !== undefined) return known;
      const name = scope.name(wanted);
      names.add(name);
      functions.set(key, name);
      const made = text(name);
      added.push(made);
      return name;
    },
    sharing(key, name) {
      const known = validators.get(key);
      if (known === undefined) validators.set(key, name);
      return known;
    },
    isRepeated: (node) => repeated.has(nodeKey(node)),
    isTaken: (name) => names.has(name) || runtimeNames.has(name) || prefixed.test(name) || made.test(name),
    taken() {
      const all = added;
      added = [];
      return all;
    },
    constants: () => [...byText].map(([text, name]) => `const ${name} = ${text};\n`),
  };
}

/** Key of a schema: equal for equal schemas, whatever the order of their keys. */
export function nodeKey(node: TypeNode): string {
  return keyOf(node);
}

function keyOf(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = keys.get(value);
  if (known !== undefined) return known;
  const key = Array.isArray(value)
    ? `[${value.map(keyOf).join()}]`
    : `{${sortedEntries(value as Readonly<Record<string, unknown>>)
        .map(
          ([name, inner]) => `${JSON.stringify(name)}:${name === 'value' ? valueKey(inner) : keyOf(inner)}`,
        )
        .join()}}`;
  keys.set(value, key);
  return key;
}

/** The order of keys in a default matters. */
function valueKey(value: unknown): string {
  return typeof value !== 'object' || value === null || 'kind' in value
    ? keyOf(value)
    : JSON.stringify(value);
}

const keys = new WeakMap<object, string>();

/** Objects that occur in two or more places below others. */
function repeatedObjects(roots: readonly TypeNode[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const visit = (node: TypeNode, root: boolean): void => {
    if (isFilled(node)) {
      const key = nodeKey(node);
      if (!seen.has(key)) seen.add(key);
      else {
        if (!root) repeated.add(key);
        return;
      }
    }
    for (const object of objectsIn(node)) visit(object, false);
  };
  for (const root of roots) visit(root, true);
  return repeated;
}

function isFilled(node: TypeNode): boolean {
  return node.kind === 'object' && Object.keys(node.properties).length > 0;
}

/** The outermost objects in a schema. Cached: schemas never change. */
function objectsIn(node: TypeNode): readonly TypeNode[] {
  const known = objects.get(node);
  if (known !== undefined) return known;
  const found = children(node).flatMap((child) => (isFilled(child) ? [child] : objectsIn(child)));
  objects.set(node, found);
  return found;
}

const objects = new WeakMap<TypeNode, readonly TypeNode[]>();

/** Names that a generated constant cannot have: those of the runtime. */
const runtimeNames = new Set(
  `any array base64 base64url bigint binary boolean bySchema catching changed checkedArray checkedText
  checker cidrv6 closed codec creditCard date decoder discriminated edited encoder exactOptional exclusive
  hasLength iban ignored instance integer intersection involved ipv6 isMultiple isoDate jwt keyed lazy
  length listOf longerThan matched matching max maxDepth maxLength merged min minLength multipleOf
  nonOptional nullable number numeric object oneOf openObject optional optionalFilled pattern pipe
  plainObject prefault preferring readonly record recordOf shallow shorterThan slow strictObject string
  stringbool template text tuple typed union url urlText validator whole withDefault`.split(/\s+/),
);

/** Names of functions that belong to a named schema. */
const prefixed = /^(?:is|copy|decode|encode|schemaOf)[A-Z]/;

/** Names that variables avoid, because a later constant might get them. */
const made = /^(?:copied|decoded|encoded)[A-Z]|(?:Format|Pattern|Template|Text|Values)\d*$|[Tt]ext\d+To\d+$/;

/** A regular expression as code. `g` and `y` only say where a search begins, which is always the start. */
export function expressionText(source: string, flags: string): string {
  const rest = flags.replace(/[gy]/g, '');
  const fast = optimized(source, rest);
  return String(new RegExp(flags.includes('y') ? `(?<![\\s\\S])(?:${fast})` : fast, rest));
}
