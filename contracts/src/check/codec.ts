import { INVALID, type Invalid } from '../validator.ts';
import { anyDate, boolean, notOneOf } from './simple.ts';
import { like, type Run, type Schema } from './schema.ts';
import { string } from './string.ts';

/** A two-way conversion between what travels and what the application sees. */
export function codec(
  [wire, app]: readonly [wire: Schema, app: Schema],
  decode: (value: never, run: Run) => unknown,
  encode: (value: never, run: Run) => unknown,
): Schema {
  return like(around(wire, app), (value, run) => {
    const mark = run.found.length;
    run.copy = true;
    const stopped = () => run.found.length > mark && (run.halt = true);
    const [first, second, convert] = run.back ? [app, wire, encode] : [wire, app, decode];
    const given = first(value, run);
    if (stopped()) return given;
    const converted = convert(given as never, run);
    return stopped() ? given : second(converted, run);
  });
}

/** Two schemas, one after the other; encoding runs them the other way round. */
export function pipe(first: Schema, second: Schema): Schema {
  return like(around(first, second), (value, run) => {
    const mark = run.found.length;
    run.copy = true;
    const [now, next] = run.back ? [second, first] : [first, second];
    const result = now(value, run);
    run.halt = run.found.some(({ code }, at) => at >= mark && code !== 'unrecognized_keys');
    return run.halt ? result : next(result, run);
  });
}

/** A `boolean` that travels as a word. The first word for each value is the one that is sent. */
export function stringbool(
  truthy: readonly string[],
  falsy: readonly string[],
  caseSensitive?: true,
): Schema {
  const word = (text: string) => (caseSensitive ? text : text.toLowerCase());
  return codec(
    [string(), boolean],
    (text: string, run) => {
      if (truthy.includes(word(text))) return true;
      if (falsy.includes(word(text))) return false;
      notOneOf(run, [...truthy, ...falsy]).soft = false;
      return text;
    },
    (value: boolean) => (value ? truthy[0] || 'true' : falsy[0] || 'false'),
  );
}

/** A `Date` that travels as a text in ISO 8601. */
export function isoDate(wire: Schema): Schema {
  return (value, run) => {
    const { found, back } = run;
    const mark = found.length;
    const given = (back ? anyDate : wire)(value, run);
    if (found.length > mark) {
      run.halt = true;
      return given;
    }
    return back ? wire((given as Date).toISOString(), run) : anyDate(new Date(given as string), run);
  };
}

/** The date of a text in ISO 8601; `INVALID` where there is no such day. */
export function toDate(text: string): Date | Invalid {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? INVALID : date;
}

function around(first: Schema, last: Schema): number {
  return ((first.absent ?? 0) & 3) | ((last.absent ?? 0) & 4);
}
