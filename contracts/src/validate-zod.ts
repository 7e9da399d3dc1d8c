/**
 * Validators that leave a schema to Zod. Only generated clients whose configuration says `uncompiled: 'import'` use
 * it; Zod is then part of their bundle.
 *
 * @module validate-zod
 */
export { fromZod, type ZodSource } from './check/from-zod.ts';
