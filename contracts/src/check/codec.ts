import { boolean, listed, notOneOf } from './simple.ts';
import { like, type Run, type Schema } from './schema.ts';
import { string } from './string.ts';

/** A two-way conversion between what travels and what the application sees. */
export function codec(
  [wire, app]: readonly [wire: Schema, app: Schema],
  decode: (value: never, run: Run) => unknown,
  encode: (value: never, run: Run) => unknown,
): Schema {
  return like({ absent: wire.absent, omit: app.omit }, (value, run) => {
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
  return like({ absent: first.absent, omit: second.omit }, (value, run) => {
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
    [string(), boolean()],
    (text: string, run) => {
      if (truthy.includes(word(text))) return true;
      if (falsy.includes(word(text))) return false;
      notOneOf(run, listed([...truthy, ...falsy])).soft = false;
      return text;
    },
    (value: boolean) => (value ? truthy[0] || 'true' : falsy[0] || 'false'),
  );
}
