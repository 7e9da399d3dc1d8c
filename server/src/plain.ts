interface Document {
  toObject(options: object): unknown;
}

/**
 * Converts documents to plain values, at any depth in plain objects and arrays: values with `toObject` (Mongoose
 * documents) with virtuals such as `id` and with object ids as text, values with `toJSON` (ObjectId, Decimal128) with
 * that method. Dates, URLs, maps, sets and binary data are kept for codecs to encode. Cycles are kept as they are.
 */
export function toPlain(value: unknown, seen: Map<object, unknown> = new Map()): unknown {
  if (typeof value !== 'object' || value === null || isOpaque(value)) return value;
  if (seen.has(value)) return seen.get(value);
  seen.set(value, value);
  const plain = flatten(value, (inner) => toPlain(inner, seen));
  seen.set(value, plain);
  return plain;
}

function flatten(value: object, recurse: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, recurse);
  if (hasMethod(value, 'toObject')) {
    return recurse((value as Document).toObject({ virtuals: true, flattenObjectIds: true }));
  }
  if (hasMethod(value, 'toJSON')) return recurse((value as { toJSON(): unknown }).toJSON());
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, recurse(inner)]));
}

function isOpaque(value: object): boolean {
  return (
    value instanceof Date ||
    value instanceof URL ||
    value instanceof Map ||
    value instanceof Set ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value)
  );
}

function hasMethod(value: object, name: string): boolean {
  return typeof (value as Record<string, unknown>)[name] === 'function';
}
