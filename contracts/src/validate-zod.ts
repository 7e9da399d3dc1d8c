/**
 * Validators that call Zod. Only clients generated with `uncompiled: 'import'` use this module; their bundle then
 * contains Zod.
 *
 * @module validate-zod
 */
export { fromZod, type ZodSource } from './check/from-zod.ts';
