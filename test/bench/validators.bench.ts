import * as z from 'zod';
import * as mini from 'zod/mini';
import { compileSchemas } from '../differential/compile.ts';
import { table } from './statistics.ts';
import * as hand from './validators/by-hand.ts';
import { measure, type Contender } from './validators/measure.ts';
import { peers, skipped } from './validators/peers.ts';
import { Large, Medium, miniSchemas, payloads, Small } from './validators/schemas.ts';
import { printSizes } from './validators/sizes.ts';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 9);

/** Cost and size of generated validators beside Zod in its three forms, other libraries, and the best hand-written code. */
export async function run(): Promise<void> {
  const [small, medium, large] = await compileSchemas([Small, Medium, Large]);
  if (!small || !medium || !large) throw new Error('A schema of the benchmark was not compiled.');
  const kinds = { small: [small, Small], medium: [medium, Medium], large: [large, Large] } as const;
  console.log(
    `CPU time per message; medians of ${rounds} interleaved rounds; in brackets: times the best hand-written code.\n`,
  );
  const columns = new Map<string, ReadonlyMap<string, number>>();
  for (const kind of ['small', 'medium', 'large'] as const) {
    const [validator, schema] = kinds[kind];
    const compiled = z.compile(schema);
    const contenders: Contender[] = [
      { name: 'by hand', run: hand[kind] },
      { name: 'generated', run: (value) => validator.decode(value) },
      { name: 'z.compile', run: (value) => compiled.safeParse(value).data },
      { name: 'zod', run: (value) => schema.safeParse(value).data },
      { name: 'zod/mini', run: (value) => mini.safeParse(miniSchemas[kind], value).data },
      ...peers(kind).map(({ name, copy }) => ({ name, run: copy })),
    ];
    const values = payloads(kind);
    assertSame(contenders, values);
    columns.set(kind, measure(contenders, values, { rounds, milliseconds: 120 }));
    const texts = values.map((value) => JSON.stringify(value));
    columns.set(
      `${kind} JSON.parse`,
      measure([{ name: 'JSON.parse', run: (text) => JSON.parse(text as string) as unknown }], texts, {
        rounds: 5,
        milliseconds: 80,
      }),
    );
  }
  printValid(columns);
  printInvalid(medium, z.compile(Medium));
  console.log(`\n${skipped}`);
  await printSizes();
}

function printValid(columns: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
  const kinds = ['small', 'medium', 'large'] as const;
  const best = kinds.map((kind) => columns.get(kind)?.get('by hand') ?? Number.NaN);
  const rows = [...(columns.get('small')?.keys() ?? [])].map((name) => [
    name,
    ...kinds.map((kind, i) => cell(columns.get(kind)?.get(name) ?? Number.NaN, best[i] as number)),
  ]);
  rows.push([
    'JSON.parse',
    ...kinds.map((kind, i) =>
      cell(columns.get(`${kind} JSON.parse`)?.get('JSON.parse') ?? Number.NaN, best[i] as number),
    ),
  ]);
  console.log(table(['valid: a stripped copy', ...kinds], rows));
}

function printInvalid(
  medium: { decode: (value: unknown, issues?: never[]) => unknown },
  compiled: typeof Medium,
): void {
  const values = payloads('invalid');
  const verdicts = measure(
    [
      { name: 'by hand', run: hand.medium },
      { name: 'generated', run: (value) => medium.decode(value) },
      { name: 'z.compile', run: (value) => z.validate(compiled, value) },
      { name: 'zod', run: (value) => Medium.safeParse(value).success },
      { name: 'zod/mini', run: (value) => mini.safeParse(miniSchemas.medium, value).success },
      ...peers('medium').map(({ name, test }) => ({ name, run: test })),
    ],
    values,
    { rounds, milliseconds: 80 },
  );
  const lists = measure(
    [
      { name: 'generated', run: (value) => listed((issues) => medium.decode(value, issues as never[])) },
      { name: 'z.compile', run: (value) => compiled.safeParse(value).error?.issues },
      { name: 'zod', run: (value) => Medium.safeParse(value).error?.issues },
      { name: 'zod/mini', run: (value) => mini.safeParse(miniSchemas.medium, value).error?.issues },
      ...peers('medium').map(({ name, issues }) => ({ name, run: issues })),
    ],
    values,
    { rounds, milliseconds: 80 },
  );
  const rows = [...verdicts].map(([name, time]) => [
    name,
    nanoseconds(time),
    lists.has(name) ? nanoseconds(lists.get(name) as number) : '',
  ]);
  console.log(`\n${table(['invalid medium', 'verdict', 'all issues'], rows)}`);
}

function listed(fill: (issues: unknown[]) => unknown): unknown[] {
  const issues: unknown[] = [];
  fill(issues);
  return issues;
}

function assertSame(contenders: readonly Contender[], values: readonly unknown[]): void {
  for (const value of values) {
    const [first, ...others] = contenders.map(({ run }) => JSON.stringify(run(value)));
    const odd = others.findIndex((other) => other !== first);
    if (first === undefined || odd !== -1)
      throw new Error(`${contenders[odd + 1]?.name} gives another result.`);
  }
}

function cell(time: number, best: number): string {
  return `${nanoseconds(time)} (${(time / best).toFixed(2)})`;
}

function nanoseconds(time: number): string {
  return time >= 10_000 ? `${(time / 1_000).toFixed(0)} us` : `${time.toFixed(0)} ns`;
}
