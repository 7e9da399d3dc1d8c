import { somePart } from '../../children.ts';
import type { CodecNode, TypeNode } from '../../model.ts';
import type { NamedTypes } from '../absence.ts';

/** Direction of a conversion: wire to application, or back. */
export type Direction = 'decode' | 'encode';

/** Meaning of a missing key: it stays missing, or the schema supplies a value. Absent: the key is required. */
export type Absent = 'kept' | 'filled' | undefined;

const noNames: ReadonlySet<string> = new Set();

/** Zod's `optin`: whether a key may be missing from what is converted. The same in both directions. */
export function absence(node: TypeNode, types: NamedTypes, seen = noNames): Absent {
  switch (node.kind) {
    case 'default':
      return 'filled';
    case 'optional':
    case 'catch':
      return absence(node.inner, types, seen) === 'filled' ? 'filled' : 'kept';
    case 'nullable':
    case 'readonly':
      return absence(node.inner, types, seen);
    case 'codec':
      return absence(node.wire, types, seen);
    case 'pipe':
      return absence(node.in, types, seen);
    case 'union': {
      const all = node.members.map((member) => absence(member, types, seen));
      return all.includes('filled') ? 'filled' : all.includes('kept') ? 'kept' : undefined;
    }
    case 'ref':
      return follow(node.name, [types, seen], (target, next) => absence(target, types, next));
    default:
      return undefined;
  }
}

/** Zod's `optout`: whether a key may be missing from the result. The same in both directions. */
export function omittable(node: TypeNode, types: NamedTypes, seen = noNames): boolean {
  switch (node.kind) {
    case 'optional':
      return true;
    case 'nullable':
    case 'readonly':
    case 'catch':
      return omittable(node.inner, types, seen);
    case 'codec':
      return omittable(node.app, types, seen);
    case 'pipe':
      return omittable(node.out, types, seen);
    case 'union':
      return node.members.some((member) => omittable(member, types, seen));
    case 'ref':
      return follow(node.name, [types, seen], (target, next) => omittable(target, types, next)) ?? false;
    default:
      return false;
  }
}

/** Whether `undefined` may be accepted. True if that is not certain. */
export function takesUndefined(node: TypeNode, types: NamedTypes, seen = noNames): boolean {
  switch (node.kind) {
    case 'any':
    case 'undefined':
    case 'optional':
    case 'default':
    case 'catch':
      return true;
    case 'nullable':
    case 'readonly':
    case 'nonoptional':
      return takesUndefined(node.inner, types, seen);
    case 'codec':
      return takesUndefined(node.wire, types, seen) || takesUndefined(node.app, types, seen);
    case 'pipe':
      return takesUndefined(node.in, types, seen);
    case 'intersection':
      return takesUndefined(node.left, types, seen) && takesUndefined(node.right, types, seen);
    case 'union':
      return node.members.some((member) => takesUndefined(member, types, seen));
    case 'ref':
      return follow(node.name, [types, seen], (target, next) => takesUndefined(target, types, next)) ?? false;
    default:
      return false;
  }
}

/** Whether both directions convert every value alike, so that one function serves both. */
export const symmetric = remembered((node, types) => {
  return !some(node, types, (each) => {
    switch (each.kind) {
      case 'default':
      case 'catch':
      case 'codec':
      case 'pipe':
      case 'readonly':
        return true;
      case 'array':
      case 'tuple':
        return failsUnchecked(each, types);
      case 'union':
        return (
          each.asksFirst !== undefined ||
          (each.discriminator !== undefined && discriminatorIsLoose(each.members, each.discriminator, types))
        );
      default:
        return false;
    }
  });
});

/**
 * Whether Zod may reject a container while encoding, because it first tries the value without checks if the container
 * itself has checks. Without checks two members of an exclusive union may match, a loose record converts keys that it
 * would otherwise keep, and a pipe passes on a text before it is trimmed.
 */
export function failsUnchecked(node: TypeNode, types: NamedTypes): boolean {
  if ((node.kind !== 'array' && node.kind !== 'tuple') || (node.checks ?? []).length === 0) return false;
  return some(node, types, (each) => {
    switch (each.kind) {
      case 'union':
        return each.exclusive === true;
      case 'record':
        return each.mode === 'loose';
      case 'pipe':
        return some(each.out, types, (out) => out.kind === 'string' && (out.checks ?? []).some(changesText));
      default:
        return false;
    }
  });
}

/** Whether a value is never changed, so that only a condition has to be emitted. */
export function isPlain(node: TypeNode, types: NamedTypes, direction: Direction): boolean {
  switch (node.kind) {
    case 'string':
      return !(node.checks ?? []).some((check) => changesText(check));
    case 'number':
    case 'bigint':
    case 'date':
    case 'boolean':
    case 'null':
    case 'undefined':
    case 'any':
    case 'never':
    case 'literal':
    case 'enum':
    case 'template':
    case 'binary':
    case 'instance':
      return true;
    case 'nullable':
    case 'optional':
    case 'nonoptional':
      return isPlain(node.inner, types, direction);
    case 'default':
    case 'catch':
      return direction === 'encode' && isPlain(node.inner, types, direction);
    case 'readonly':
      return (
        (direction === 'encode' || isPrimitive(node.inner, types)) && isPlain(node.inner, types, direction)
      );
    case 'pipe':
      return isPlain(node.in, types, direction) && isPlain(node.out, types, direction);
    case 'union':
      return (
        node.exclusive === undefined &&
        node.discriminator === undefined &&
        node.asksFirst === undefined &&
        node.members.every((member) => isPlain(member, types, direction))
      );
    case 'ref': {
      const target = types[node.name];
      return target !== undefined && !isRecursive(node.name, types) && isPlain(target, types, direction);
    }
    case 'object':
    case 'array':
    case 'tuple':
    case 'record':
    case 'map':
    case 'set':
    case 'intersection':
    case 'codec':
      return false;
    default:
      return node satisfies never;
  }
}

/** Whether a check of a text replaces it. */
export function changesText(check: { readonly check: string; readonly format?: string }): boolean {
  return (
    ['trim', 'lower-case', 'upper-case', 'normalize'].includes(check.check) ||
    (check.check === 'format' && check.format === 'url')
  );
}

/** Whether a named schema contains itself. */
export function isRecursive(name: string, types: NamedTypes): boolean {
  return some(types[name], types, (each) => each.kind === 'ref' && each.name === name);
}

/** Whether values of a schema can be nested to any depth, so that depth has to be counted at run time. */
export const isDeep = remembered((node, types) => {
  return some(
    node,
    types,
    (each) => each.kind === 'any' || isOpen(each) || (each.kind === 'ref' && isRecursive(each.name, types)),
  );
});

type Fact = (node: TypeNode, types: NamedTypes) => boolean;

/** The same fact, cached for a schema together with named types. Schemas never change. */
function remembered(fact: Fact): Fact {
  const known = new WeakMap<NamedTypes, WeakMap<TypeNode, boolean>>();
  return (node, types) => {
    let answers = known.get(types);
    if (answers === undefined) known.set(types, (answers = new WeakMap()));
    let answer = answers.get(node);
    if (answer === undefined) answers.set(node, (answer = fact(node, types)));
    return answer;
  };
}

/** Whether a node or one below it, named types included, passes a test. */
export function some(
  node: TypeNode | undefined,
  types: NamedTypes,
  test: (node: TypeNode) => boolean,
): boolean {
  let seen: Set<string> | undefined;
  const visit = (each: TypeNode): boolean => {
    if (test(each)) return true;
    if (each.kind !== 'ref') return somePart(each, visit);
    const target = types[each.name];
    if (target === undefined || seen?.has(each.name) === true) return false;
    (seen ??= new Set()).add(each.name);
    return visit(target);
  };
  return node !== undefined && visit(node);
}

function isOpen(node: TypeNode): boolean {
  return node.kind === 'object' && node.unknownKeys === 'loose';
}

function isPrimitive(node: TypeNode, types: NamedTypes): boolean {
  return !some(node, types, (each) => ['any', 'date', 'binary', 'instance'].includes(each.kind));
}

function follow<Result>(
  name: string,
  [types, seen]: readonly [NamedTypes, ReadonlySet<string>],
  next: (target: TypeNode, seen: ReadonlySet<string>) => Result,
): Result | undefined {
  const target = types[name];
  return target === undefined || seen.has(name) ? undefined : next(target, new Set(seen).add(name));
}

/** Whether a union accepts a missing tag, which encoding treats differently from decoding. */
function discriminatorIsLoose(members: readonly TypeNode[], key: string, types: NamedTypes): boolean {
  return members.some((member) => tagsOf(member, key, types)?.includes(undefined) !== false);
}

/** A value that a tag may have. */
export type Tag = string | number | boolean | null | undefined;

/** Values of a member's discriminator, including `undefined` if it may be missing. Zod's `propValues`. */
export function tagsOf(node: TypeNode, key: string, types: NamedTypes): readonly Tag[] | undefined {
  switch (node.kind) {
    case 'object': {
      const property = Object.hasOwn(node.properties, key) ? node.properties[key] : undefined;
      const values = property && valuesOf(property, types);
      if (!property || !values) return undefined;
      return [...new Set(absence(property, types) === undefined ? values : [...values, undefined])];
    }
    case 'union': {
      const tagged = node.discriminator ?? node.asksFirst;
      const all = tagged === undefined ? [] : node.members.map((member) => tagsOf(member, key, types));
      return all.length === 0 || all.includes(undefined)
        ? undefined
        : [...new Set(all.flatMap((each) => each ?? []))];
    }
    case 'readonly':
      return tagsOf(node.inner, key, types);
    case 'pipe':
      return tagsOf(node.in, key, types);
    case 'codec':
      return tagsOf(node.wire, key, types);
    case 'ref': {
      const target = types[node.name];
      return target && tagsOf(target, key, types);
    }
    default:
      return undefined;
  }
}

/** All values that a schema accepts, if they can be listed: Zod's `values`. */
export function valuesOf(node: TypeNode, types: NamedTypes): readonly Tag[] | undefined {
  switch (node.kind) {
    case 'literal':
    case 'enum':
      return node.order ?? node.values;
    case 'null':
      return [null];
    case 'undefined':
      return [undefined];
    case 'nullable':
      return plus(valuesOf(node.inner, types), null);
    case 'optional':
      return node.exact ? valuesOf(node.inner, types) : plus(valuesOf(node.inner, types), undefined);
    case 'default':
    case 'catch':
    case 'readonly':
      return valuesOf(node.inner, types);
    case 'nonoptional':
      return valuesOf(node.inner, types)?.filter((value) => value !== undefined);
    case 'pipe':
      return valuesOf(node.in, types);
    case 'codec':
      return valuesOf(node.wire, types);
    case 'union': {
      const all = node.members.map((member) => valuesOf(member, types));
      return all.includes(undefined) ? undefined : all.flatMap((each) => each ?? []);
    }
    case 'ref': {
      const target = types[node.name];
      return target && valuesOf(target, types);
    }
    default:
      return undefined;
  }
}

function plus(values: readonly Tag[] | undefined, more: Tag): readonly Tag[] | undefined {
  return values && [...values, more];
}

/**
 * The longest array that a schema accepts, if nothing in it can be nested without end, be wider, or have arbitrary
 * keys; otherwise `undefined`. Unknown keys are dropped or rejected with everything below them.
 */
export function closedBound(node: TypeNode, types: NamedTypes): number | undefined {
  let longest = 0;
  const open = some(node, types, (each) => {
    switch (each.kind) {
      case 'object':
        return each.unknownKeys !== 'strip' && each.unknownKeys !== 'strict';
      case 'array': {
        const bounds = (each.checks ?? []).flatMap(({ check, value }) => (check === 'min' ? [] : [value]));
        longest = Math.max(longest, ...bounds);
        return bounds.length === 0;
      }
      case 'tuple':
        return each.rest !== undefined;
      case 'ref':
        return isRecursive(each.name, types);
      default:
        return each.kind === 'any' || each.kind === 'record';
    }
  });
  return open ? undefined : longest;
}

/** Whether a codec converts plain texts and any dates, so that the runtime's own conversion can be used. */
export function isBareDate({ codec, wire, app }: CodecNode): boolean {
  return codec === 'date' && wire.kind === 'string' && app.kind === 'date' && (app.checks ?? []).length === 0;
}
