import type { NumberNode, StringNode } from '../model.ts';
import { numberFormats } from './read-checks.ts';
import { formatSamples } from './read-formats.ts';
import { patternSamples } from './sample-pattern.ts';

/** Maximum length of a sample string; longer limits are not tested. */
const longest = 20_000;

/** Strings at and around the edges of a string's checks; not all of them are accepted. */
export function stringSamples(node: StringNode): readonly string[] {
  const checks = node.checks ?? [];
  const limits = checks.flatMap((check) =>
    check.check === 'min-length' || check.check === 'max-length' || check.check === 'length'
      ? [check.value]
      : [],
  );
  const lengths = limits
    .flatMap((limit) => [limit, limit + 1, limit - 1])
    .filter((length) => length >= 0 && length <= longest);
  const special: string[] = [];
  for (const check of checks) {
    if (check.check === 'pattern') special.push(...patternSamples(check.pattern, lengths));
    if (check.check === 'format') {
      special.push(...(formatSamples[check.format] ?? []));
      if (check.pattern !== undefined) special.push(...patternSamples(check.pattern, lengths));
    }
    if (check.check === 'starts-with')
      special.push(
        check.value,
        `${check.value}text`,
        ...lengths.map((length) => check.value.padEnd(length, 'a')),
      );
    if (check.check === 'ends-with')
      special.push(
        check.value,
        `text${check.value}`,
        ...lengths.map((length) => check.value.padStart(length, 'a')),
      );
    if (check.check === 'includes')
      special.push(`${'a'.repeat(check.position ?? 0)}${check.value}`, `text ${check.value}`);
  }
  const cases = special.flatMap((text) => [text, text.toUpperCase(), text.toLowerCase()]);
  return [
    ...new Set([
      ...cases,
      'text',
      ...lengths.map((length) => 'a'.repeat(length)),
      '',
      'a',
      'Text',
      ' a ',
      '7',
      '\u{1F600}',
    ]),
  ];
}

/** Numbers at and around the edges of a number's checks; not all of them are accepted. */
export function numberSamples(node: NumberNode): readonly number[] {
  const numbers = new Set<number>();
  let step: number | undefined;
  for (const check of node.checks ?? []) {
    if (check.check === 'multiple-of') step = step === undefined ? check.value : step * check.value;
  }
  for (const check of node.checks ?? []) {
    if (check.check === 'format') {
      const { min, max } = numberFormats[check.format];
      for (const end of [1, max, min, max + 1, min - 1]) numbers.add(end);
    } else if (check.check === 'multiple-of') {
      for (const times of [1, 2, 3, -1, 7]) numbers.add(Number((check.value * times).toPrecision(12)));
    } else {
      for (const away of [0, 1, -1, 0.5, -0.5]) numbers.add(check.value + away);
      if (step) {
        const near = Math.round(check.value / step);
        for (const times of [near, near + 1, near - 1]) numbers.add(Number((times * step).toPrecision(12)));
      }
    }
  }
  return [...numbers, 1, 0, -1, 0.5, 2, 1e6, -1e6, 1e21, 2 ** 53].filter(Number.isFinite);
}
