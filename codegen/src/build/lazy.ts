import type { TypeNode } from '../model.ts';
import type { Site } from './site.ts';
import { isSchema, type ZodSchema } from './zod.ts';

/** `z.lazy(() => ...)` is what it returns; `z.json()`, which is made of it, is any value that JSON can say. */
export function lazyNode(schema: ZodSchema, site: Site): TypeNode {
  const inner = schema._zod.innerType;
  return isJson(schema, inner) ? { kind: 'any' } : site.node(inner, '');
}

/** `z.json()` is a union of all JSON kinds, two of which lead back to it. */
function isJson(schema: ZodSchema, inner: unknown): boolean {
  if (!isSchema(inner) || inner._zod.def.type !== 'union') return false;
  const options = inner._zod.def['options'] as readonly ZodSchema[];
  if (options.map((option) => option._zod.def.type).join() !== 'string,number,boolean,null,array,record')
    return false;
  const isBack = (back: unknown): boolean =>
    isSchema(back) && back._zod.def['getter'] === schema._zod.def['getter'];
  return isBack(options[4]?._zod.def['element']) && isBack(options[5]?._zod.def['valueType']);
}
