import { INVALID } from '../validator.ts';
import { like, type Schema } from './schema.ts';
import { anyDate, boolean, string } from './simple.ts';
import type { Text } from './text.ts';
import { back, found, halt, keep, report } from './walk.ts';

/** A two-way conversion between what travels and what the application sees. */
export function codec(
  [wire, app]: readonly [wire: Schema, app: Schema],
  decode: (value: never) => unknown,
  encode: (value: never) => unknown,
): Schema {
  return like(around(wire, app), (value) => {
    const mark = found.length;
    keep();
    const stopped = () => found.length > mark && halt(true);
    const [first, second, convert] = back ? [app, wire, encode] : [wire, app, decode];
    const given = first(value, true);
    if (stopped()) return given;
    const converted = convert(given as never);
    return stopped() ? given : second(converted, true);
  });
}

/** Two schemas, one after the other; encoding runs them the other way round. */
export function pipe(first: Schema, second: Schema): Schema {
  return like(around(first, second), (value) => {
    const mark = found.length;
    keep();
    const [now, next] = back ? [second, first] : [first, second];
    const result = now(value, true);
    const stops = found.slice(mark).some(({ issue }) => issue.code !== 'unrecognized_keys');
    return halt(stops) ? result : next(result, true);
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
    [string, boolean],
    (text: string) => {
      if (truthy.includes(word(text))) return true;
      if (falsy.includes(word(text))) return false;
      report('invalid_value', [...truthy, ...falsy].join(' | '), 2);
      return text;
    },
    (value: boolean) => (value ? truthy[0] || 'true' : falsy[0] || 'false'),
  );
}

/** A `Date` that travels as a text in ISO 8601. Where it is not to explain: the date of a text, or `INVALID`. */
export function isoDate(wire: Text): Schema {
  return (value, explains) => {
    if (!explains) {
      const date = wire(value) && new Date(value as string);
      return date && !Number.isNaN(+date) ? date : INVALID;
    }
    const mark = found.length;
    const given: unknown = (back ? anyDate : wire)(value, true);
    if (halt(found.length > mark)) return given;
    return back ? wire((given as Date).toISOString(), true) : anyDate(new Date(given as string));
  };
}

function around(first: Schema, last: Schema): number {
  return ((first.absent ?? 0) & 3) | ((last.absent ?? 0) & 4);
}
