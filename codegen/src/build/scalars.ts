import type { LiteralNode, TypeNode } from '../model.ts';
import type { Site } from './site.ts';
import type { ZodSchema } from './zod.ts';

/** `z.literal(...)`; the order of its values has no meaning. */
export function literalNode(schema: ZodSchema, site: Site): TypeNode {
  const values = schema._zod.def['values'] as readonly unknown[];
  const odd = values.find((value) => !isJsonScalar(value));
  if (values.some((value) => !isJsonScalar(value))) {
    return site.refuse({
      id: 'literal-not-json',
      message: `The literal ${describe(odd)} cannot travel as JSON.`,
      hint:
        odd === undefined
          ? 'Remove undefined from the values, and make the schema .optional().'
          : 'Use a string, a finite number, a boolean or null.',
    });
  }
  return { kind: 'literal', ...ordered(values as LiteralNode['values']) };
}

/** `z.enum(...)`, of a list or of a TypeScript enum. */
export function enumNode(schema: ZodSchema): TypeNode {
  const values = enumValues(schema._zod.def['entries'] as Readonly<Record<string, string | number>>);
  return values.length === 0 ? { kind: 'never' } : { kind: 'enum', ...ordered(values) };
}

/** Values of an enum. A numeric TypeScript enum also maps its numbers back to names, which are not values. */
export function enumValues(entries: Readonly<Record<string, string | number>>): (string | number)[] {
  const numbers = new Set(Object.values(entries).filter((value) => typeof value === 'number'));
  return Object.entries(entries)
    .filter(([key]) => !numbers.has(Number(key)))
    .map(([, value]) => value);
}

/** Distinct values in a fixed order, and in the source's own where that is another. */
function ordered<Value>(source: readonly Value[]): { values: readonly Value[]; order?: readonly Value[] } {
  const values = sortedSet(source);
  const order = [...new Set(source)];
  return values.every((value, index) => value === order[index]) ? { values } : { values, order };
}

/** Distinct values in a fixed order: by code unit of their JSON text. */
export function sortedSet<Value>(values: readonly Value[]): Value[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function isJsonScalar(value: unknown): boolean {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

function describe(value: unknown): string {
  return typeof value === 'bigint' ? `${value}n` : String(value);
}
