import { median } from '../statistics.ts';

/** One way of doing the same work. */
export interface Contender {
  readonly name: string;
  readonly run: (payload: unknown) => unknown;
}

let sink: unknown;

/** CPU time of one call, in nanoseconds: the median of interleaved rounds, after warming up. */
export function measure(
  contenders: readonly Contender[],
  payloads: readonly unknown[],
  { rounds, milliseconds }: { readonly rounds: number; readonly milliseconds: number },
): ReadonlyMap<string, number> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (const contender of contenders) spend(contender, payloads, milliseconds);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const contender = contenders[(i + round) % contenders.length] as Contender;
      times.get(contender.name)?.push(spend(contender, payloads, milliseconds));
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

function spend({ run }: Contender, payloads: readonly unknown[], milliseconds: number): number {
  let calls = 0;
  const start = process.cpuUsage();
  const end = performance.now() + milliseconds;
  do {
    for (let repeat = 0; repeat < 4; repeat++) for (const payload of payloads) sink = run(payload);
    calls += 4 * payloads.length;
  } while (performance.now() < end);
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * 1_000) / calls;
}

/** Keeps results alive. */
export function last(): unknown {
  return sink;
}
