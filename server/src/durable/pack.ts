/** Marks binary data in text, as no key of a payload can be confused with it: such keys are themselves marked. */
const mark = '$bytes';

/** Writes a payload in wire form as text, binary data included. Nothing and null are the same. */
export function pack(wire: unknown): string {
  return JSON.stringify(wire ?? null, function replace(this: Record<string, unknown>, key, value: unknown) {
    // Buffers have been through their `toJSON` by now; `this` still has them as they were.
    const given = this[key];
    if (given instanceof Uint8Array || given instanceof ArrayBuffer) return { [mark]: base64(given) };
    return isObject(value) && Object.hasOwn(value, mark) ? { [mark]: [value[mark], without(value)] } : value;
  });
}

/** Reads what {@link pack} wrote. */
export function unpack(body: string): unknown {
  return body.includes(`"${mark}"`) ? JSON.parse(body, revive) : JSON.parse(body);
}

function revive(_key: string, value: unknown): unknown {
  if (!isObject(value) || !Object.hasOwn(value, mark)) return value;
  const marked = value[mark];
  if (typeof marked === 'string') return Buffer.from(marked, 'base64');
  const [own, rest] = marked as [unknown, Record<string, unknown>];
  return { ...rest, [mark]: own };
}

function base64(bytes: Uint8Array | ArrayBuffer): string {
  const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64');
}

function without(value: Record<string, unknown>): Record<string, unknown> {
  const { [mark]: _own, ...rest } = value;
  return rest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
