import { runInThisContext } from 'node:vm';

import type { Validator } from '@sockeye/contract/wire';
import { build } from 'esbuild';
import type * as z from 'zod';
import { buildModel } from '../../codegen/src/build-model.ts';
import { emitValidators } from '../../codegen/src/emit/validators/index.ts';

/** Whose folder the file is for: one side has code of its own for one direction, and leaves the other to the reference. */
export type Side = 'both' | 'client' | 'server';

/** What generated code makes of many schemas at once; `undefined` for one that a contract may not have. */
export async function compileSchemas(
  schemas: readonly z.ZodType[],
  side: Side = 'both',
): Promise<readonly (Validator | undefined)[]> {
  const text = validatorsText(schemas, side);
  const code = await bundle(text.source);
  const made = runInThisContext(`${code}\n;made`) as Readonly<Record<string, Validator>>;
  return schemas.map((_, index) => (text.refused.has(index) ? undefined : made[`Case${index}Event`]));
}

/** Text of the validators file of a contract that has an event for each schema. */
export function validatorsText(
  schemas: readonly z.ZodType[],
  side: Side = 'both',
): { source: string; refused: ReadonlySet<number> } {
  const refused = new Set<number>();
  const usable = new Map<string, unknown>();
  schemas.forEach((schema, index) => {
    const alone = modelOf({ [`case:${index}`]: event(schema) });
    if (alone.diagnostics.some(({ level }) => level === 'error')) refused.add(index);
    else usable.set(`case:${index}`, event(schema));
  });
  const { model } = modelOf(Object.fromEntries(usable));
  const options = {
    exportName: 'x',
    contractImport: './x.ts',
    source: 'x.ts',
    command: 'x',
    hash: 'x',
    importExtension: '.ts',
    validators: 'generated',
  } as const;
  const targets = new Set(['types', 'validators', ...(side === 'both' ? [] : [side])] as const);
  return { source: emitValidators({ model, options, targets }), refused };
}

/** The same as one script, with the runtime that it imports, that leaves its exports in `made`. */
async function bundle(source: string): Promise<string> {
  const result = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'made',
    target: 'es2022',
    conditions: ['@sockeye/source'],
    external: ['*.types.gen.ts'],
    logLevel: 'silent',
  });
  return result.outputFiles[0]?.text ?? '';
}

function event(payload: z.ZodType): unknown {
  return { kind: 'event', spec: { payload } };
}

function modelOf(serverToClient: Readonly<Record<string, unknown>>): ReturnType<typeof buildModel> {
  const spec = { name: 'x', version: '1.0.0', clientToServer: {}, serverToClient };
  return buildModel({ [Symbol.for('sockeye.contract')]: 1, spec } as never);
}
