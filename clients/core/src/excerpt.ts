/**
 * The shape of a value without the value: `{ taskId: 'string', tags: ['string'] }`. Three levels deep, at most 20 keys
 * of 40 characters and 3 items each, so that a report can be sent elsewhere.
 */
export function excerpt(value: unknown, levels = 3): unknown {
  if (typeof value !== 'object') return typeof value;
  if (value === null) return 'null';
  if (!levels) return 'object';
  if (Array.isArray(value)) return value.slice(0, 3).map((item) => excerpt(item, levels - 1));
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 20)
      .map(([key, item]) => [key.slice(0, 40), excerpt(item, levels - 1)]),
  );
}
