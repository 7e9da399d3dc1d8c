import type { StringCheck, TypeNode } from '../model.ts';
import { namedFormat, patternOf } from './formats.ts';
import { overwriteOf, type Overwrite } from './overwrites.ts';
import type { Site } from './site.ts';
import type { CheckDef, ZodCheck, ZodSchema } from './zod.ts';

/** `z.string()` and every string format. */
export function stringNode(): TypeNode {
  return { kind: 'string' };
}

/** `z.templateLiteral([...])`. */
export function templateNode(schema: ZodSchema, site: Site): TypeNode {
  const parts: (string | TypeNode)[] = [];
  for (const [index, part] of (schema._zod.def['parts'] as readonly Part[]).entries()) {
    const last = parts.at(-1);
    if (typeof part === 'object' && part !== null) parts.push(site.node(part, `[${index}]`));
    else if (typeof last === 'string') parts[parts.length - 1] = last + String(part);
    else parts.push(String(part));
  }
  return { kind: 'template', parts, pattern: templatePattern(schema) };
}

type Part = ZodSchema | string | number | bigint | boolean | null | undefined;

/** Zod's expression for a template; "any text" is written in one way, where versions of Zod differ. */
function templatePattern(schema: ZodSchema): string {
  return (schema._zod.pattern?.source ?? '').replaceAll(String.raw`[\s\S]{0,}`, String.raw`[\s\S]*`);
}

/** The model's form of a string check, or `undefined` where only Zod can run it. */
export function stringCheck(def: CheckDef, check: ZodCheck): StringCheck | undefined {
  switch (def.check) {
    case 'min_length':
      return { check: 'min-length', value: def['minimum'] as number };
    case 'max_length':
      return { check: 'max-length', value: def['maximum'] as number };
    case 'length_equals':
      return { check: 'length', value: def['length'] as number };
    case 'overwrite':
      return overwriteOf(def['tx'] as Overwrite);
    case 'string_format':
      return formatCheck(def, check);
    default:
      return undefined;
  }
}

function formatCheck(def: CheckDef, check: ZodCheck): StringCheck {
  const format = String(def['format']);
  switch (format) {
    case 'regex':
      return { check: 'pattern', ...patternOf(def['pattern']) } as StringCheck;
    case 'starts_with':
      return { check: 'starts-with', value: def['prefix'] as string };
    case 'ends_with':
      return { check: 'ends-with', value: def['suffix'] as string };
    case 'includes':
      return {
        check: 'includes',
        value: def['includes'] as string,
        ...(typeof def['position'] === 'number' ? { position: def['position'] } : {}),
      };
    default:
      return namedFormat(format, def, check);
  }
}
