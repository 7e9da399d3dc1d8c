import { checked, type Check } from './checks.ts';
import { wrongType, type Schema } from './schema.ts';
import { found, part, report, type Finding } from './walk.ts';

/** An array with a schema for each place, and one for the places after these. */
export function tuple(items: readonly Schema[], rest?: Schema, ...checks: Check[]): Schema {
  const least = leading(items, ({ absent = 0 }) => (absent & 3) > 0);
  return checked((value) => {
    if (!Array.isArray(value)) {
      wrongType('tuple', value);
      return value;
    }
    const { length } = value;
    if (!rest && length < least) {
      report('too_small', `length >= ${least}`);
      return [];
    }
    if (!rest && length > items.length) report('too_big', `length <= ${items.length}`);
    return convertItems(items, rest, value);
  }, checks);
}

function convertItems(
  items: readonly Schema[],
  rest: Schema | undefined,
  input: readonly unknown[],
): unknown[] {
  const out: unknown[] = [];
  const required = leading(items, omits);
  const start = found.length;
  const results = items.map((item, i): [result: unknown, findings: Finding[]] => [
    part(item, i, input[i]),
    found.splice(start),
  ]);
  for (let i = items.length; rest && i < input.length; i++) out[i] = part(rest, i, input[i]);
  for (const [i, [result, findings]] of results.entries()) {
    if (i >= input.length && i >= required && (((items[i]?.absent ?? 0) & 3) === 1 || findings.length > 0)) {
      out.length = i;
      break;
    }
    found.push(...findings);
    out[i] = result;
  }
  while (out.length > input.length && omits(items[out.length - 1] as Schema) && out.at(-1) === undefined)
    out.length--;
  return out;
}

function omits({ absent = 0 }: Schema): boolean {
  return absent > 3;
}

/** Items before those at the end that all pass a test. */
function leading(items: readonly Schema[], test: (item: Schema) => boolean): number {
  let count = items.length;
  while (count > 0 && test(items[count - 1] as Schema)) count--;
  return count;
}
