import { createRequire } from 'node:module';
import type { Finding, Site } from './site.ts';
import type { TypeNode } from '../model.ts';
import { jsonSchemaNode, type JsonSchema } from './json-schema.ts';

/** The parts of a Zod 3 definition that are read. */
interface Definition {
  readonly typeName: string;
  readonly [key: string]: unknown;
}

/** Zod 3 kinds that convert in one direction only or contain what JSON cannot, and their names in messages. */
const refusedKinds: Readonly<Record<string, string>> = {
  ZodBigInt: 'A bigint',
  ZodCatch: 'A catch',
  ZodDate: 'A date',
  ZodFunction: 'A function',
  ZodLazy: 'A recursive schema',
  ZodMap: 'A Map',
  ZodNaN: 'NaN',
  ZodPipeline: 'A pipeline',
  ZodPromise: 'A promise',
  ZodSet: 'A Set',
  ZodSymbol: 'A symbol',
};

/**
 * The node of a Zod 3 schema, converted by `zod-to-json-schema`, which supports Zod 3 only: of a Zod 4 schema it
 * silently makes an empty one. The schema itself checks what JSON Schema cannot express, so the node has a refinement.
 */
export function zod3Node(schema: unknown, site: Site): TypeNode {
  if (definitionOf(schema) === undefined) return site.refuse(notZod3);
  const refused = firstRefused(schema, new Set());
  if (refused !== undefined) return site.refuse(oneWay(refused));
  const convert = loaded();
  // JSON Schema cannot tell keys that are dropped from keys that are refused or kept: two readings together can.
  const [dropsKeys, keepsKeys] = (['passthrough', 'strict'] as const).map((strategy) =>
    convert(schema, {
      $refStrategy: 'none',
      effectStrategy: 'input',
      target: 'jsonSchema7',
      removeAdditionalStrategy: strategy,
    }),
  ) as [JsonSchema, JsonSchema];
  const node = jsonSchemaNode(dropsKeys, keepsKeys);
  return { ...node, refinements: [{ id: 'zod3' }] } as TypeNode;
}

const notZod3: Finding = {
  id: 'not-a-schema',
  message: 'The argument of zod3() is not a Zod 3 schema.',
  hint: 'Use a Zod 4 schema directly, without zod3().',
};

function oneWay(what: string): Finding {
  return {
    id: 'one-way-transform',
    message: `${what} in a Zod 3 schema cannot be decoded and encoded, or cannot travel as JSON.`,
    hint: 'Write this schema in Zod 4, with a codec such as date() from @sockeye/contract.',
  };
}

type Convert = (schema: unknown, options: object) => JsonSchema;

let convert: Convert | undefined;

/** Loads the converter for the first Zod 3 schema only, because it loads all of Zod 3. */
function loaded(): Convert {
  convert ??= (createRequire(import.meta.url)('zod-to-json-schema') as { zodToJsonSchema: Convert })
    .zodToJsonSchema;
  return convert;
}

function definitionOf(schema: unknown): Definition | undefined {
  if (typeof schema !== 'object' || schema === null || '_zod' in schema) return undefined;
  const { _def: definition } = schema as { _def?: Definition };
  return typeof definition?.typeName === 'string' ? definition : undefined;
}

/** The first thing inside that cannot be converted, in words. */
function firstRefused(value: unknown, seen: Set<unknown>): string | undefined {
  if (seen.has(value)) return undefined;
  seen.add(value);
  const definition = definitionOf(value);
  if (definition === undefined) return undefined;
  const { typeName, effect, coerce } = definition;
  if (coerce === true) return 'A coercion';
  const effectType = (effect as { readonly type?: string } | undefined)?.type;
  if (effectType === 'transform' || effectType === 'preprocess') return `A ${effectType}`;
  if (refusedKinds[typeName] !== undefined) return refusedKinds[typeName];
  for (const inner of innerOf(definition)) {
    const found = firstRefused(inner, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The schemas inside a definition, whatever the kind. */
function innerOf({ shape, ...definition }: Definition): readonly unknown[] {
  const fields = typeof shape === 'function' ? Object.values((shape as () => Record<string, unknown>)()) : [];
  const others = Object.values(definition).flatMap((value): unknown[] => {
    if (Array.isArray(value)) return value as unknown[];
    return value instanceof Map ? [...(value as Map<unknown, unknown>).values()] : [value];
  });
  return [...fields, ...others].filter((each) => definitionOf(each) !== undefined);
}
