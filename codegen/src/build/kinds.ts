import type { TypeNode } from '../model.ts';
import { pipeNode } from './codecs.ts';
import { arrayNode, mapNode, objectNode, recordNode, setNode, tupleNode } from './collections.ts';
import { lazyNode } from './lazy.ts';
import { bigIntNode, dateNode, numberNode } from './numbers.ts';
import { customNode, oneWay, refused, successNode } from './refused.ts';
import { enumNode, literalNode } from './scalars.ts';
import type { Builder } from './site.ts';
import { stringNode, templateNode } from './strings.ts';
import {
  catchNode,
  defaultNode,
  intersectionNode,
  nonOptionalNode,
  nullableNode,
  optionalNode,
  prefaultNode,
  readonlyNode,
  unionNode,
} from './wrappers.ts';

/** The builder for each kind of Zod schema (`_zod.def.type`); other kinds are refused as unknown. */
export const kinds: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ['any', leaf({ kind: 'any' })],
  ['array', arrayNode],
  ['bigint', bigIntNode],
  ['boolean', leaf({ kind: 'boolean' })],
  ['catch', catchNode],
  ['custom', customNode],
  ['date', dateNode],
  ['default', defaultNode],
  ['enum', enumNode],
  [
    'file',
    refused(
      'A File',
      "Use bytes() from '@sockeye/contract' for its content, and fields for its name and type.",
    ),
  ],
  ['function', refused('A function', 'Declare an event with an ack instead.')],
  ['int', numberNode],
  ['intersection', intersectionNode],
  ['lazy', lazyNode],
  ['literal', literalNode],
  ['map', mapNode],
  ['nan', refused('NaN', 'Use null for a missing number: z.number().nullable().')],
  ['never', leaf({ kind: 'never' })],
  ['nonoptional', nonOptionalNode],
  ['null', leaf({ kind: 'null' })],
  ['nullable', nullableNode],
  ['number', numberNode],
  ['object', objectNode],
  ['optional', optionalNode],
  ['pipe', pipeNode],
  ['prefault', prefaultNode],
  ['promise', refused('A promise', 'Use the schema of the resolved value; handlers can be async.')],
  ['readonly', readonlyNode],
  ['record', recordNode],
  ['set', setNode],
  ['string', stringNode],
  ['success', successNode],
  ['symbol', refused('A symbol', 'Use z.literal() or z.enum() with strings.')],
  ['template_literal', templateNode],
  ['transform', (_schema, site) => site.refuse(oneWay)],
  ['tuple', tupleNode],
  ['undefined', leaf({ kind: 'undefined' })],
  ['union', unionNode],
  ['unknown', leaf({ kind: 'any' })],
  ['void', leaf({ kind: 'undefined' })],
]);

function leaf(node: TypeNode): Builder {
  return () => node;
}
