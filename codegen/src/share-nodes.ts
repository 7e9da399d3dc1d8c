/**
 * A value that says the same as `value`, made of the objects of `before` wherever these say the same, with their keys in
 * the same order. What was worked out for an object then still holds for it, though it was made anew.
 */
export function shareNodes<Value>(value: Value, before: unknown): Value {
  return share(value, before, new Map()) as Value;
}

/** `known` keeps an object that stands at several places one object. */
function share(value: unknown, before: unknown, known: Map<object, unknown>): unknown {
  if (typeof value !== 'object' || value === null || value === before) return value;
  const done = known.get(value);
  if (done !== undefined) return done;
  const shared = Array.isArray(value)
    ? shareItems(value, before, known)
    : isPlain(value)
      ? shareEntries(value, before, known)
      : value;
  known.set(value, shared);
  return shared;
}

function shareItems(items: readonly unknown[], before: unknown, known: Map<object, unknown>): unknown {
  const old: readonly unknown[] = Array.isArray(before) ? before : [];
  let same = old === before && old.length === items.length;
  const shared = items.map((item, index) => {
    const one = share(item, old[index], known);
    same &&= Object.is(one, old[index]);
    return one;
  });
  return same ? before : shared;
}

function shareEntries(record: Facts, before: unknown, known: Map<object, unknown>): unknown {
  const old = isPlain(before) ? before : {};
  const keys = Object.keys(record);
  const oldKeys = Object.keys(old);
  let same = old === before && oldKeys.length === keys.length;
  const shared = keys.map((key, index) => {
    const item = Object.hasOwn(old, key) ? old[key] : undefined;
    const one = share(record[key], item, known);
    same &&= key === oldKeys[index] && Object.is(one, item);
    return [key, one] as const;
  });
  return same ? before : Object.fromEntries(shared);
}

type Facts = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
