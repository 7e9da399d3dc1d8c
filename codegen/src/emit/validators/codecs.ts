import type { CodecNode } from '../../model.ts';
import { quote } from '../literal.ts';
import { any, equals, fails, holds } from './condition.ts';
import { dateChecks } from './conditions.ts';
import { isPlain } from './facts.ts';
import { call, convert, demand, hold, refuse, word } from './convert.ts';
import type { Place } from './place.ts';
import { textConditions } from './text-checks.ts';
import { dateConstant } from './text-schema.ts';

/** How a codec converts a variable, and what the result is called. */
interface Conversion {
  readonly decode: (given: string) => string;
  readonly encode: (given: string) => string;
  readonly names: readonly [decoded: string, encoded: string];
}

/** Codecs of which each direction is one expression. */
const conversions: Readonly<Record<string, Conversion>> = {
  date: {
    decode: (given) => `new Date(${given} as string)`,
    encode: (given) => `${given}.toISOString()`,
    names: ['date', 'text'],
  },
  bigint: {
    decode: (given) => `BigInt(${given} as string)`,
    encode: (given) => `String(${given})`,
    names: ['number', 'text'],
  },
  url: {
    decode: (given) => `new URL(${given} as string)`,
    encode: (given) => `${given}.href`,
    names: ['address', 'text'],
  },
  map: {
    decode: (given) => `new Map(${given} as never)`,
    encode: (given) => `[...(${given} as Map<unknown, unknown>)]`,
    names: ['map', 'items'],
  },
  set: {
    decode: (given) => `new Set(${given} as never)`,
    encode: (given) => `[...(${given} as Set<unknown>)]`,
    names: ['set', 'items'],
  },
};

/**
 * Statements of a codec, and the expression of its result. A custom codec keeps its wire form: only Zod can convert it,
 * and a diagnostic reports that.
 */
export function convertCodec(node: CodecNode, value: string, place: Place): string {
  const decode = place.direction === 'decode';
  if (node.codec === 'stringbool') return convertStringbool(node, value, place);
  if (node.codec === 'bytes') return convertBytes(node, value, place);
  const conversion = Object.hasOwn(conversions, node.codec ?? '') ? conversions[node.codec ?? ''] : undefined;
  if (conversion === undefined) return convert(node.wire, value, place);
  const known = decode ? dateConstant(node, place.module, place.wanted) : undefined;
  if (known !== undefined) return call(known, value, [place, node]);
  const given = hold(convert(decode ? node.wire : node.app, value, place), place, `${word(place)} given`);
  const text = decode ? conversion.decode(given) : conversion.encode(given);
  // The application form of a map or a set is not checked: its items were converted in wire form.
  if (decode && (node.codec === 'map' || node.codec === 'set')) return text;
  const result = hold(text, place, `${word(place)} ${conversion.names[decode ? 0 : 1]}`);
  const made = decode ? node.app : node.wire;
  // The result of a conversion has its type: only the checks remain.
  if (made.kind === 'date' && decode) demand(dateChecks(made, result), place);
  else if (made.kind === 'string' && isPlain(made, place.module.types, place.direction))
    demand(textConditions(made, result, place), place);
  else return convert(made, result, place);
  return result;
}

function convertBytes({ wire, app }: CodecNode, value: string, place: Place): string {
  if (place.direction === 'decode') {
    const given = convert(wire, value, place);
    return `${given} instanceof Uint8Array ? ${given} : new Uint8Array(${given} as ArrayBuffer)`;
  }
  const given = convert(app, value, place);
  if (wire.kind === 'binary' && wire.max !== undefined) refuse(`${given}.byteLength > ${wire.max}`, place);
  return given;
}

function convertStringbool(node: CodecNode, value: string, place: Place): string {
  const given = convert(place.direction === 'decode' ? node.wire : node.app, value, place);
  const truthy = node.truthy ?? [];
  const falsy = node.falsy ?? [];
  if (place.direction === 'encode')
    return `${given} ? ${quote(truthy[0] || 'true')} : ${quote(falsy[0] || 'false')}`;
  const text = node.caseSensitive ? given : hold(`${given}.toLowerCase()`, place, `${word(place)} word`);
  const yes = any(...truthy.map((each) => equals(text, quote(each))));
  const no = any(...falsy.map((each) => equals(text, quote(each))));
  const result = place.locals.name(`${word(place)} flag`);
  place.lines.push(`const ${result} = ${holds(yes)};`);
  refuse(`!${result} && ${wrapped(fails(no))}`, place);
  return result;
}

function wrapped(text: string): string {
  return / \|\| /.test(text) ? `(${text})` : text;
}
