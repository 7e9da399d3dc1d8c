import { INVALID, type Issue, type Validator } from '@sockeye/contract/wire';
import * as z from 'zod';

/**
 * What is different, in words; `undefined` where both sides agree. `verdictOnly`: issues may be listed otherwise, and
 * unknown keys may be forgotten by Zod.
 */
export function disagreement(
  schema: z.ZodType,
  validator: Validator,
  [direction, value, verdictOnly = false]: readonly [
    direction: 'decode' | 'encode',
    value: unknown,
    verdictOnly?: boolean,
  ],
): string | undefined {
  const theirs = zodSays(schema, direction, value);
  const plain = validator[direction](value);
  if (theirs === undefined) return undefined;
  const issues: Issue[] = [];
  const explained = validator[direction](value, issues);
  if ((plain === INVALID) !== (explained === INVALID))
    return 'the verdict depends on whether issues are asked for';
  if (issues.some(({ message }) => ownMessages.includes(message)) || throws(value)) return undefined;
  if (verdictOnly && issues.some(({ code }) => code === 'unrecognized_keys')) return undefined;
  if (theirs.ok !== (plain !== INVALID)) {
    return `Zod ${theirs.ok ? 'accepts' : `refuses (${JSON.stringify(theirs.issues)})`}, generated code ${theirs.ok ? `refuses (${JSON.stringify(issues)})` : 'accepts'}`;
  }
  if (theirs.ok) return difference(theirs.value, plain, '$');
  if (verdictOnly) return undefined;
  const ours = JSON.stringify(issues.map(issueText));
  const zods = JSON.stringify(theirs.issues.slice(0, 32).map(issueText));
  return ours === zods ? undefined : `issues differ:\n  Zod  ${zods}\n  ours ${ours}`;
}

type Verdict =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly issues: readonly Issue[] };

/** `undefined` where Zod throws: generated code must only not do the same. */
function zodSays(schema: z.ZodType, direction: 'decode' | 'encode', value: unknown): Verdict | undefined {
  try {
    const result = direction === 'decode' ? z.safeDecode(schema, value) : z.safeEncode(schema, value);
    return result.success
      ? { ok: true, value: result.data }
      : { ok: false, issues: result.error.issues as unknown as Issue[] };
  } catch {
    return undefined;
  }
}

function issueText({ path, code }: Issue): readonly unknown[] {
  return [path.map((key) => (typeof key === 'number' ? key : String(key).slice(0, 300))), code];
}

/** Whether reading a value throws: how far one then comes depends on what is read first. */
function throws(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    void (value as { length?: unknown }).length;
    if (value instanceof Map || value instanceof Set) return throws([...value]);
    return keysOf(value).some((key) => throws(Reflect.get(value, key)));
  } catch {
    return true;
  }
}

/** Keys of a value, and those that it inherits from anything but a class of the language. */
function keysOf(value: object): PropertyKey[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain =
    typeof prototype === 'object' && prototype !== null && !Object.hasOwn(prototype, 'constructor');
  return [...Reflect.ownKeys(value), ...(isPlain ? keysOf(prototype) : [])];
}

/** What generated code says of its own accord: of values that are nested too deep. */
const ownMessages = ['Expected at most 64 levels'];

/** Where two results differ: in value, sign of zero, prototype, keys and their order, holes, or being frozen. */
function difference(a: unknown, b: unknown, at: string): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return `${at}: ${text(a)} against ${text(b)}`;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return `${at}: another prototype`;
  if (Object.isFrozen(a) !== Object.isFrozen(b))
    return `${at}: frozen is ${Object.isFrozen(a)} against ${Object.isFrozen(b)}`;
  if (a instanceof Date)
    return Object.is(a.getTime(), (b as Date).getTime()) ? undefined : `${at}: another date`;
  if (a instanceof URL) return a.href === (b as URL).href ? undefined : `${at}: another URL`;
  if (a instanceof Map || a instanceof Set)
    return difference([...a], [...(b as Map<unknown, unknown>)], `${at}()`);
  const keys = Reflect.ownKeys(a);
  if (keys.map(String).join('\0') !== Reflect.ownKeys(b).map(String).join('\0')) {
    return `${at}: keys ${keys.map(String).join()} against ${Reflect.ownKeys(b).map(String).join()}`;
  }
  for (const key of keys) {
    const found = difference(Reflect.get(a, key), Reflect.get(b, key), `${at}.${String(key)}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value in words, for a report. */
export function text(value: unknown): string {
  try {
    if (typeof value === 'string')
      return value.length > 200
        ? `${JSON.stringify(value.slice(0, 20))}... (${value.length})`
        : JSON.stringify(value);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
    if (Array.isArray(value)) return `[${Array.from(value, text).join(', ')}]`;
    const kind =
      Object.getPrototypeOf(value) === Object.prototype
        ? ''
        : `${(value.constructor as { name?: string } | undefined)?.name ?? 'null'} `;
    return `${kind}{${Reflect.ownKeys(value)
      .map((key) => `${JSON.stringify(String(key))}: ${text(Reflect.get(value, key))}`)
      .join(', ')}}`;
  } catch {
    return '(unreadable)';
  }
}
