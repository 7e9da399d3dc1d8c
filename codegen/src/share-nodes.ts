/**
 * A value equal to `value` that reuses the objects of `before` wherever they are equal, with keys in the same order.
 * Results cached for those objects then remain valid.
 */
export function shareNodes<Value>(value: Value, before: unknown): Value {
  return share(value, before, new Map()) as Value;
}

/** `known`: an object in several places stays one object. */
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
  const shared = items.map((item, index) => share(item, old[index], known));
  if (old === before && areSame(shared, old)) return before;
  return areSame(shared, items) ? items : shared;
}

function shareEntries(record: Facts, before: unknown, known: Map<object, unknown>): unknown {
  const old = isPlain(before) ? before : {};
  const keys = Object.keys(record);
  const values = keys.map((key) => record[key]);
  const shared = keys.map((key, index) =>
    share(values[index], Object.hasOwn(old, key) ? old[key] : undefined, known),
  );
  if (old === before && areSame(keys, Object.keys(old)) && areSame(shared, Object.values(old))) return before;
  if (areSame(shared, values)) return record;
  return Object.fromEntries(keys.map((key, index) => [key, shared[index]]));
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]));
}

type Facts = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
