interface Document {
  toObject(options: object): unknown;
}

/**
 * Turns documents into plain values, however deep they lie in plain objects and arrays: what has `toObject` (a
 * Mongoose document) by that, with virtuals such as `id` and with object ids as text; what has `toJSON` (an ObjectId,
 * a Decimal128) by that. Dates, URLs, maps, sets and binary data stay as they are, for codecs to encode. A value that
 * contains itself stays as it is where it does.
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
