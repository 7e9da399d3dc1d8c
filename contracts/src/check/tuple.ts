import { checked, type Check } from './checks.ts';
import {
  enter,
  leave,
  prefix,
  report,
  runPart,
  wrongType,
  type Finding,
  type Run,
  type Schema,
} from './schema.ts';

/** An array with a schema for each place, and one for the places after these. */
export function tuple(items: readonly Schema[], rest?: Schema, ...checks: Check[]): Schema {
  const least = leading(items, (item) => item.absent !== undefined);
  return checked((value, run) => {
    if (!Array.isArray(value)) wrongType(run, 'tuple', value);
    else if (enter(run)) {
      let out: unknown[] = [];
      if (!rest && value.length < least)
        report(run, 'too_small', `Too small: expected array to have >=${least} items`);
      else {
        if (!rest && value.length > items.length) {
          report(run, 'too_big', `Too big: expected array to have <=${items.length} items`);
        }
        out = convertItems(items, rest, [value, run]);
      }
      leave(run);
      return out;
    }
    return value;
  }, checks);
}

function convertItems(
  items: readonly Schema[],
  rest: Schema | undefined,
  [input, run]: readonly [readonly unknown[], Run],
): unknown[] {
  const out: unknown[] = [];
  const required = leading(items, (item) => item.omit === true);
  const start = run.found.length;
  const results = items.map((item, i): [result: unknown, found: Finding[]] => [
    runPart(item, input[i], run),
    run.found.splice(start),
  ]);
  for (let i = items.length; rest && i < input.length; i++) {
    const mark = run.found.length;
    out[i] = runPart(rest, input[i], run);
    prefix(run, mark, i);
  }
  for (const [i, [result, found]] of results.entries()) {
    if (i >= input.length && i >= required && (items[i]?.absent === 1 || found.length > 0)) {
      out.length = i;
      break;
    }
    const mark = run.found.length;
    run.found.push(...found);
    prefix(run, mark, i);
    out[i] = result;
  }
  while (out.length > input.length && items[out.length - 1]?.omit && out.at(-1) === undefined) out.length--;
  return out;
}

/** Items before those at the end that all pass a test. */
function leading(items: readonly Schema[], test: (item: Schema) => boolean): number {
  let count = items.length;
  while (count > 0 && test(items[count - 1] as Schema)) count--;
  return count;
}
