/** A length of time: a whole or decimal number and a unit, such as `'500ms'`, `'1s'`, `'2.5m'`, `'1h'` or `'7d'`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a {@link Duration}, or `undefined` if the text is not a positive duration. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  if (!match) return undefined;
  const ms = Number(match[1]) * units[match[2] as keyof typeof units];
  return ms > 0 && Number.isFinite(ms) ? ms : undefined;
}
