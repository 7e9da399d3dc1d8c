/** Whether a text has more than `max` code points. Counts only where UTF-16 units do not settle it. */
export function longerThan(text: string, max: number): boolean {
  const units = text.length;
  return units > max && (units > 2 * max || codePoints(text) > max);
}

/** Whether a text has fewer than `min` code points. Counts only where UTF-16 units do not settle it. */
export function shorterThan(text: string, min: number): boolean {
  const units = text.length;
  return units < min || (units < 2 * min && codePoints(text) < min);
}

/** Code points of a text; a lone surrogate is one. */
export function codePoints(text: string): number {
  let count = text.length;
  // A text of one byte a character, as most are, is told by its representation, without a look at the characters.
  if (!/[\ud800-\udbff]/.test(text)) return count;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) count--;
  }
  return count;
}

/** Whether a text has exactly so many code points. */
export function hasLength(text: string, size: number): boolean {
  return text.length >= size && text.length <= 2 * size && codePoints(text) === size;
}
