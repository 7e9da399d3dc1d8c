import { bounded, type Schema } from './schema.ts';
import { back, found, skip, unchecked } from './walk.ts';

/**
 * A type whose size has bounds. Decoding measures whatever has a length, also where the type was just refused. Encoding
 * tries the value without any check, then measures it, then converts it. Both as Zod does.
 */
export function sized(type: Schema, low: number, high: number): Schema {
  return (value) => {
    if (skip) return type(value);
    const mark = found.length;
    const result = unchecked(type, value);
    if (found.length > mark && found.slice(mark).some(({ fails }) => fails > (back ? 0 : 1))) return result;
    if (back) found.length = mark;
    bounded(sizeOf(value), [low, high], 'length ');
    return back ? type(value) : result;
  };
}

/** The code points of a text, and what anything else has for a length; not a number where it has none. */
export function sizeOf(value: unknown): number {
  return typeof value === 'string'
    ? codePoints(value)
    : ((value as { readonly length: number } | undefined)?.length as number);
}

/** Code points of a text; a lone surrogate is one. Control characters are replaced as well, one by one. */
export function codePoints(text: string): number {
  return text.replace(/[^ -\uffff]/gu, '_').length;
}
