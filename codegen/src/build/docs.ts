import type { Docs, Json } from '../model.ts';
import { plainJson } from './constant.ts';
import type { Finding } from './site.ts';
import type { ZodSchema } from './zod.ts';

/** Metadata of a schema from `.meta()`, `.describe()` and `.register(z.globalRegistry)`. */
export type Meta = Readonly<Record<string, unknown>>;

/** Metadata of a schema, inherited facts included; `undefined` where neither it nor what it was cloned from has any. */
export function metaOf(schema: ZodSchema): Meta | undefined {
  const registry = globalRegistry();
  if (registry?.has !== undefined && !isRegistered(schema, registry)) return undefined;
  const meta = registry?.get?.(schema) ?? schema.meta?.();
  return typeof meta === 'object' && meta !== null ? (meta as Meta) : {};
}

interface Registry {
  readonly get?: (schema: ZodSchema) => unknown;
  readonly has?: (schema: ZodSchema) => boolean;
}

/** Zod keeps one registry for all its copies. */
function globalRegistry(): Registry | undefined {
  return (globalThis as { __zod_globalRegistry?: Registry }).__zod_globalRegistry;
}

/** Most schemas have no metadata; checking that is cheaper than merging what they inherit. */
function isRegistered(schema: ZodSchema, registry: Registry): boolean {
  for (let each: ZodSchema | undefined = schema; each; each = each._zod.parent) {
    if (registry.has?.(each) === true) return true;
  }
  return false;
}

/** Documentation from metadata, or from an event's specification. */
export function readDocs(meta: Meta, report: (finding: Finding) => void): Docs {
  const { title, description, deprecated, examples } = meta;
  const samples = Array.isArray(examples) ? readExamples(examples, report) : [];
  return {
    ...(isText(title) ? { title } : {}),
    ...(isText(description) ? { description } : {}),
    ...(deprecated === true || isText(deprecated) ? { deprecated } : {}),
    ...(samples.length === 0 ? {} : { examples: samples }),
  };
}

/** The facts of `docs` that are not in `known`. */
export function newDocs(docs: Docs, known: Docs): Docs {
  const entries = Object.entries(docs) as [keyof Docs, unknown][];
  return Object.fromEntries(
    entries.filter(([key, value]) => JSON.stringify(known[key]) !== JSON.stringify(value)),
  );
}

/** A non-empty string. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function readExamples(examples: readonly unknown[], report: (finding: Finding) => void): readonly Json[] {
  const samples: Json[] = [];
  for (const example of examples) {
    const sample = plainJson(example);
    if (sample !== undefined) samples.push(sample);
    else {
      report({
        id: 'example-not-json',
        level: 'warning',
        message: 'An example that is not JSON is omitted.',
        hint: "Write examples in wire form: '2026-11-21T08:00:00.000Z', not a Date.",
      });
    }
  }
  return samples;
}
