/**
 * What is wrong with a value's shape: nothing, nested too deeply, too many keys or items, a key that poisons
 * prototypes.
 */
export type ShapeFault = 'none' | 'deep' | 'wide' | 'key';

/** The bounds of {@link shapeFault}. */
export interface ShapeBounds {
  readonly depth: number;
  readonly keys: number;
  readonly items: number;
}

/**
 * Looks at what `JSON.parse` made, before any code that recurses without a bound: an array nested 4,100 deep ends a
 * process that encodes it again. Binary attachments count as one value.
 */
export function shapeFault(value: unknown, bounds: ShapeBounds): ShapeFault {
  return typeof value === 'object' && value !== null ? fault(value, bounds.depth, bounds) : 'none';
}

function fault(value: object, levels: number, bounds: ShapeBounds): ShapeFault {
  if (levels === 0) return 'deep';
  if (Array.isArray(value)) return arrayFault(value, levels, bounds);
  if (ArrayBuffer.isView(value)) return 'none';
  const fields = value as Record<string, unknown>;
  let keys = 0;
  for (const key in fields) {
    if (++keys > bounds.keys) return 'wide';
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') return 'key';
    const inner = fields[key];
    if (typeof inner === 'object' && inner !== null) {
      const found = fault(inner, levels - 1, bounds);
      if (found !== 'none') return found;
    }
  }
  return 'none';
}

function arrayFault(items: readonly unknown[], levels: number, bounds: ShapeBounds): ShapeFault {
  if (items.length > bounds.items) return 'wide';
  for (let index = 0; index < items.length; index++) {
    const inner = items[index];
    if (typeof inner === 'object' && inner !== null) {
      const found = fault(inner, levels - 1, bounds);
      if (found !== 'none') return found;
    }
  }
  return 'none';
}
