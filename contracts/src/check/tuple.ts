import { checked, type Check } from './checks.ts';
import { prefix, report, runPart, within, wrongType, type Schema } from './schema.ts';

/** An array with a schema for each place, and one for the places after these. */
export function tuple(items: readonly Schema[], rest?: Schema, ...checks: Check[]): Schema {
  const least = leading(items, (item) => item.absent !== undefined);
  const required = leading(items, (item) => item.omit === true);
  return checked((value, run) => {
    if (!Array.isArray(value)) {
      wrongType(run, 'tuple', value);
      return value;
    }
    const input = value as readonly unknown[];
    return within<unknown>(run, value, () => {
      const out: unknown[] = [];
      if (!rest && input.length < least) {
        report(run, 'too_small', `Too small: expected array to have >=${least} items`);
        return out;
      }
      if (!rest && input.length > items.length) {
        report(run, 'too_big', `Too big: expected array to have <=${items.length} items`);
      }
      const restMark = run.found.length;
      const results = items.map((item, i) => {
        const result = runPart(item, input[i], run);
        return { result, found: run.found.splice(restMark) };
      });
      for (let i = items.length; rest && i < input.length; i++) {
        const mark = run.found.length;
        out[i] = runPart(rest, input[i], run);
        prefix(run, mark, i);
      }
      for (const [i, { result, found }] of results.entries()) {
        const absent = i >= input.length;
        if (absent && i >= required && (items[i]?.absent === 1 || found.length > 0)) {
          out.length = i;
          break;
        }
        for (const finding of found) {
          finding.path.unshift(i);
          run.found.push(finding);
        }
        out[i] = result;
      }
      while (out.length > input.length && items[out.length - 1]?.omit && out.at(-1) === undefined)
        out.length--;
      return out;
    });
  }, checks);
}

/** Items before those at the end that all pass a test. */
function leading(items: readonly Schema[], test: (item: Schema) => boolean): number {
  let count = items.length;
  while (count > 0 && test(items[count - 1] as Schema)) count--;
  return count;
}
