import { boolean, notOneOf } from './simple.ts';
import type { Run, Schema } from './schema.ts';
import { string } from './string.ts';

/** A two-way conversion between what travels and what the application sees. */
export function codec(
  [wire, app]: readonly [wire: Schema, app: Schema],
  decode: (value: never, run: Run) => unknown,
  encode: (value: never, run: Run) => unknown,
): Schema {
  return {
    absent: wire.absent,
    omit: app.omit,
    run(value, run) {
      const mark = run.found.length;
      const [first, second, convert] = run.back ? [app, wire, encode] : [wire, app, decode];
      const given = first.run(value, run);
      if (stopped(run, mark)) return given;
      const converted = convert(given as never, run);
      if (stopped(run, mark)) return given;
      return second.run(converted, run);
    },
  };
}

/** Two schemas, one after the other; encoding runs them the other way round. */
export function pipe(first: Schema, second: Schema): Schema {
  return {
    absent: first.absent,
    omit: second.omit,
    run(value, run) {
      const mark = run.found.length;
      const [now, next] = run.back ? [second, first] : [first, second];
      const result = now.run(value, run);
      if (run.found.some(({ code }, at) => at >= mark && code !== 'unrecognized_keys')) {
        run.halt = true;
        return result;
      }
      run.halt = false;
      return next.run(result, run);
    },
  };
}

function stopped(run: Run, mark: number): boolean {
  if (run.found.length > mark) run.halt = true;
  return run.found.length > mark;
}

/** A `boolean` that travels as a word. The first word for each value is the one that is sent. */
export function stringbool(
  truthy: readonly string[],
  falsy: readonly string[],
  caseSensitive?: true,
): Schema {
  const word = (text: string) => (caseSensitive ? text : text.toLowerCase());
  return codec(
    [string(), boolean()],
    (text: string, run) => {
      if (truthy.includes(word(text))) return true;
      if (falsy.includes(word(text))) return false;
      notOneOf(run, [...new Set(truthy), ...new Set(falsy)]).soft = false;
      return text;
    },
    (value: boolean) => (value ? truthy[0] || 'true' : falsy[0] || 'false'),
  );
}
