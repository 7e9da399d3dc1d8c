import type { TypeNode } from '../model.ts';
import { readConstant } from './constant.ts';
import type { Site } from './site.ts';
import { hasTrait, isSchema, type ZodSchema } from './zod.ts';

/** `z.nullable(...)`. */
export function nullableNode(schema: ZodSchema, site: Site): TypeNode {
  return { kind: 'nullable', inner: innerOf(schema, site) };
}

/** `z.optional(...)` and `z.exactOptional(...)`. */
export function optionalNode(schema: ZodSchema, site: Site): TypeNode {
  const inner = innerOf(schema, site);
  return hasTrait(schema, '$ZodExactOptional')
    ? { kind: 'optional', inner, exact: true }
    : { kind: 'optional', inner };
}

/** `z.nonoptional(...)`. */
export function nonOptionalNode(schema: ZodSchema, site: Site): TypeNode {
  return { kind: 'nonoptional', inner: innerOf(schema, site) };
}

/** `z.readonly(...)`. */
export function readonlyNode(schema: ZodSchema, site: Site): TypeNode {
  return { kind: 'readonly', inner: innerOf(schema, site) };
}

/** `.default(...)`. */
export function defaultNode(schema: ZodSchema, site: Site): TypeNode {
  return {
    kind: 'default',
    inner: innerOf(schema, site),
    ...readConstant(() => schema._zod.def['defaultValue']),
  };
}

/** `.prefault(...)`. */
export function prefaultNode(schema: ZodSchema, site: Site): TypeNode {
  return {
    kind: 'default',
    inner: innerOf(schema, site),
    ...readConstant(() => schema._zod.def['defaultValue']),
    prefault: true,
  };
}

/** `.catch(...)`. A function that uses the caught value is a factory. */
export function catchNode(schema: ZodSchema, site: Site): TypeNode {
  const inner = innerOf(schema, site);
  const read = schema._zod.def['catchValue'] as (context: object) => unknown;
  if (read.length > 0) return { kind: 'catch', inner, factory: true };
  return {
    kind: 'catch',
    inner,
    ...readConstant(() => read({ value: undefined, issues: [], error: { issues: [] } })),
  };
}

/** `z.union(...)`, `z.xor(...)` and `z.discriminatedUnion(...)`. */
export function unionNode(schema: ZodSchema, site: Site): TypeNode {
  const { options, discriminator, unionFallback } = schema._zod.def as {
    readonly options?: readonly unknown[];
    readonly discriminator?: string;
    readonly unionFallback?: boolean;
  };
  const members = (options ?? []).map((option, index) => site.node(option, `|${index}`));
  if (hasTrait(schema, '$ZodXor')) return { kind: 'union', members, exclusive: true };
  if (discriminator === undefined) return { kind: 'union', members };
  if (unionFallback === true) return { kind: 'union', members, asksFirst: discriminator };
  checkTags(options ?? [], discriminator, site);
  return { kind: 'union', members, discriminator };
}

/** `z.intersection(...)`. */
export function intersectionNode(schema: ZodSchema, site: Site): TypeNode {
  const { left, right } = schema._zod.def;
  return { kind: 'intersection', left: site.node(left, '&0'), right: site.node(right, '&1') };
}

function innerOf(schema: ZodSchema, site: Site): TypeNode {
  return site.node(schema._zod.def['innerType'], '');
}

/** Reports what Zod would only report when the first message arrives. */
function checkTags(options: readonly unknown[], discriminator: string, site: Site): void {
  const taken = new Set<unknown>();
  for (const [index, option] of options.entries()) {
    const tags = isSchema(option) ? (option._zod.propValues?.[discriminator] ?? new Set()) : new Set();
    const twice = [...tags].find((tag) => tag !== undefined && taken.has(tag));
    if (tags.size > 0 && twice === undefined) {
      for (const tag of tags) taken.add(tag);
      continue;
    }
    site.report({
      id: 'discriminator',
      message:
        tags.size === 0
          ? `Member ${index} of the union has no literal "${discriminator}".`
          : `Two members of the union have "${discriminator}" ${JSON.stringify(twice)}.`,
      hint: `Give every member its own z.literal() as "${discriminator}", or use z.union().`,
    });
  }
}
