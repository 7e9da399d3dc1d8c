import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as z from 'zod';
import { collab } from '../../../contracts/collab/collab.contract.ts';
import { buildModel } from '../../../codegen/src/build-model.ts';
import { emitClient } from '../../../codegen/src/emit/client.ts';
import { emitValidators } from '../../../codegen/src/emit/validators/index.ts';
import { validatorsText } from '../../differential/compile.ts';
import { table } from '../statistics.ts';
import { Large, Medium, Small } from './schemas.ts';

/** Prints how many bytes of a browser's bundle validators take, minified and gzipped, with what they share. */
export async function printSizes(): Promise<void> {
  const four = validatorsText([Small, Medium, Large, Medium.pick({ id: true, status: true })]).source;
  const { model } = buildModel(collab);
  const options = {
    exportName: 'x',
    contractImport: './x.ts',
    source: 'x.ts',
    command: 'x',
    hash: 'x',
    importExtension: '.ts',
    validators: 'generated',
  } as const;
  const all = emitValidators({ model, options, targets: new Set(['types', 'validators']) });
  const client = emitValidators({ model, options, targets: new Set(['types', 'validators', 'client']) });
  const bindings = emitClient({ model, options, targets: new Set(['types', 'validators', 'client']) });
  const used = new Set([...bindings.matchAll(/\bv\.(\w+)/g)].map(([, name]) => name));
  const imported = `${client.replaceAll(/^export const/gm, 'const')}\nexport const table = [${[...used].join()}];`;
  const [hundred, thousand] = await Promise.all(
    [100, 1_000].map((count) => gzipped(validatorsText(Array.from({ length: count }, synthetic)).source)),
  );
  console.log(
    `\n${table(
      ['bundle, minified', 'bytes', 'gzip'],
      [
        ['first four schemas', ...(await gzipped(four))],
        ['all of collab, both directions', ...(await gzipped(all))],
        ['all of collab, every validator of a client folder', ...(await gzipped(client))],
        ['all of collab, as a client uses it', ...(await gzipped(imported))],
        ['100 events', ...(hundred ?? [])],
        ['1,000 events', ...(thousand ?? [])],
        [
          'each further event up to 1,000',
          '',
          (((thousand?.[1] ?? 0) - (hundred?.[1] ?? 0)) / 900).toFixed(1),
        ],
      ],
    )}`,
  );
}

async function gzipped(contents: string): Promise<[number, number]> {
  const result = await build({
    stdin: { contents, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['@sockeye/source'],
    external: ['*.types.gen.ts'],
    logLevel: 'silent',
  });
  const text = result.outputFiles[0]?.contents ?? new Uint8Array();
  return [text.length, gzipSync(text, { level: 9 }).length];
}

const words = ['task', 'board', 'user', 'note', 'file', 'label', 'card', 'team', 'chat', 'room'] as const;

/** A payload of about ten fields; no two events have the same. */
function synthetic(_: unknown, n: number): z.ZodType {
  const word = (shift: number) => words[(n * 7 + shift * 3 + Math.floor(n / 10)) % words.length] as string;
  const shape: Record<string, z.ZodType> = {
    id: z.uuid(),
    [`${word(1)}Id`]: z.string().regex(/^[0-9a-f]{24}$/),
    [`${word(2)}Name`]: z
      .string()
      .min(1)
      .max(40 + (n % 50)),
    kind: z.enum([word(3), `${word(4)}-${n % 7}`, 'other']),
    [`${word(5)}Count`]: z
      .int()
      .min(0)
      .max(10 + (n % 90)),
    note: z.string().max(500).optional(),
    done: z.boolean(),
    createdAt: z.iso.datetime(),
  };
  if (n % 2 === 0)
    shape[`${word(6)}s`] = z.array(z.object({ id: z.uuid(), [`${word(7)}`]: z.string().max(80) }));
  if (n % 3 === 0) shape['owner'] = z.object({ id: z.uuid(), name: z.string().max(80) }).nullable();
  return z.object(shape);
}
