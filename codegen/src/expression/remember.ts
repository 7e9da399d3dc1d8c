/**
 * Memoizes a pure function of an expression: contracts use few expressions, many times.
 */
export function remember<Result>(
  read: (source: string, flags: string) => Result,
): (source: string, flags: string) => Result {
  const known = new Map<string, Result>();
  return (source, flags) => {
    const key = `${flags}/${source}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = read(source, flags);
    known.set(key, result);
    return result;
  };
}
