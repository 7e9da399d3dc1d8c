import type { TypeNode } from '../model.ts';
import type { Builder, Finding, Site } from './site.ts';
import { isApp, isNamed } from './site.ts';
import { fromBag, type ZodSchema } from './zod.ts';

/** A builder that always refuses its kind. */
export function refused(what: string, hint: string): Builder {
  return (_schema, site) =>
    site.refuse({ id: 'not-on-the-wire', message: `${what} cannot travel as JSON.`, hint });
}

/** The finding for a transform, which can decode but not encode. */
export const oneWay: Finding = {
  id: 'one-way-transform',
  message: 'A transform works in one direction only: the sender cannot encode what the receiver decodes.',
  hint: "Use a codec: date(), bigint(), map(), set(), url() or bytes() from '@sockeye/contract', or namedCodec('name@1', z.codec(wire, app, { decode, encode })).",
};

/** `z.success(...)`. */
export function successNode(_schema: ZodSchema, site: Site): TypeNode {
  return site.refuse({
    id: 'one-way-transform',
    message: 'z.success() works in one direction only.',
    hint: 'Use z.boolean(), and let the sender compute it.',
  });
}

/** `z.custom()` and `z.instanceof()`: only Zod can check them, and only a codec can encode them. */
export function customNode(schema: ZodSchema, site: Site): TypeNode {
  const Class = fromBag(schema, 'Class') as { readonly name?: unknown } | undefined;
  const name = typeof Class?.name === 'string' ? Class.name : undefined;
  if (name === undefined)
    return isNamed(site.side) ? { kind: 'any' } : site.refuse(customFinding(isApp(site.side)));
  if (!isApp(site.side)) return site.refuse(instanceFinding(name));
  if ((globalThis as Record<string, unknown>)[name] === Class) return { kind: 'instance', className: name };
  site.report({
    id: 'class-not-global',
    level: 'warning',
    message: `The class ${name} is not global, so generated code types its instances as unknown.`,
    hint: 'Decode to a plain object, or to an instance of a global class.',
  });
  return { kind: 'any' };
}

function customFinding(inCodec: boolean): Finding {
  return {
    id: 'custom-type',
    message: 'Only Zod can check z.custom(), so no validator can be generated for it.',
    hint: inCodec
      ? "Name the codec: namedCodec('name@1', z.codec(...))."
      : "Describe the value, for example with z.object(), or wrap it: namedCodec('name@1', z.codec(wire, z.custom(), { decode, encode })).",
  };
}

const codecOf: Readonly<Record<string, string>> = {
  ArrayBuffer: 'bytes()',
  Buffer: 'bytes()',
  Date: 'date()',
  Map: 'map(key, value)',
  Set: 'set(value)',
  URL: 'url()',
  Uint8Array: 'bytes()',
};

function instanceFinding(name: string): Finding {
  const codec = Object.hasOwn(codecOf, name) ? codecOf[name] : undefined;
  return {
    id: 'needs-codec',
    message: `An instance of ${name} cannot travel as JSON.`,
    hint:
      codec === undefined
        ? `Write a codec: namedCodec('${name.toLowerCase()}@1', z.codec(wire, z.instanceof(${name}), { decode, encode })).`
        : `Use ${codec} from '@sockeye/contract'.`,
  };
}
