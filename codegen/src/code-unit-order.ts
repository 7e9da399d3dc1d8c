/** Orders texts by UTF-16 code unit, as `sort` does by itself: the same on every machine, whatever its locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
