import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { openWriter, textFrame, type FrameWriter } from './socket/frame-writer.ts';
import { medium, small } from './socket/payloads.ts';
import { pointers } from './socket/pointers.ts';
import type { Command, Report } from './socket/server.ts';
import { generateLoad } from './socket/generate-load.ts';
import { median, percentile, table } from './statistics.ts';

const variants = ['bare', 'sockeye', 'validators', 'compiled', 'zod'] as const;
type Variant = (typeof variants)[number];
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);

/** A server process and the way to talk to it. */
interface Subject {
  readonly variant: Variant;
  readonly child: ChildProcess;
  readonly port: number;
  readonly next: () => Promise<Report>;
}

/** Server CPU time per event, per acknowledgement and per delivery, beside bare Socket.IO doing the same unvalidated work. */
export async function run(): Promise<void> {
  await generateLoad();
  const subjects = await Promise.all(variants.map(open));
  try {
    console.log(`Server CPU time, µs; medians of ${rounds} interleaved rounds; ratio = bare / variant.\n`);
    await oneWay(subjects);
    await acks(subjects);
    await fanOut(subjects);
  } finally {
    for (const subject of subjects) subject.child.kill();
  }
  await pointers();
}

async function oneWay(subjects: readonly Subject[]): Promise<void> {
  for (const [event, payload, events] of [
    ['small', small, 120_000],
    ['medium', medium, 60_000],
  ] as const) {
    const frames = Array.from({ length: 64 }, (_, index) =>
      textFrame(`42${JSON.stringify([event, payload(index)])}`),
    );
    const chunk = Buffer.concat(frames);
    const costs = await interleaved(subjects, async (subject, warm) => {
      const chunks = Math.ceil((warm ? events / 4 : events) / frames.length);
      const writer = await openWriter(subject.port);
      const done = await expect(subject, chunks * frames.length);
      for (let sent = 0; sent < chunks; sent += 1) await writer.write(chunk);
      const report = await done();
      writer.close();
      return report.cpuUs / (chunks * frames.length);
    });
    show(`client to server, ${event} (${JSON.stringify(payload(0)).length} B)`, costs);
  }
}

async function acks(subjects: readonly Subject[]): Promise<void> {
  for (const [event, payload, inFlight, total] of [
    ['small:ask', small, 1, 6_000],
    ['small:ask', small, 64, 60_000],
    ['medium:ask', medium, 64, 30_000],
  ] as const) {
    const latencies = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
    const rates = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
    const costs = await interleaved(subjects, async (subject, warm) => {
      const events = warm ? total / 4 : total;
      const writer = await openWriter(subject.port);
      const done = await expect(subject, events);
      const start = performance.now();
      const trips = await roundTrips(writer, { event, payload, inFlight, events });
      const report = await done();
      if (!warm) {
        latencies.get(subject.variant)?.push(...trips);
        rates.get(subject.variant)?.push(events / ((performance.now() - start) / 1_000));
      }
      writer.close();
      return report.cpuUs / events;
    });
    const extra = (variant: Variant) => [
      Math.round(median(rates.get(variant) ?? [])),
      Math.round(percentile(latencies.get(variant) ?? [], 0.5)),
      Math.round(percentile(latencies.get(variant) ?? [], 0.99)),
    ];
    show(`acknowledgements, ${event}, ${inFlight} in flight`, costs, {
      head: ['trips/s', 'p50 µs', 'p99 µs'],
      row: extra,
    });
  }
}

/** What a burst of acknowledged events is made of. */
interface Trips {
  readonly event: string;
  readonly payload: (index: number) => object;
  readonly inFlight: number;
  readonly events: number;
}

/** Keeps `inFlight` events under way; returns each one's round trip in µs. */
function roundTrips(writer: FrameWriter, trips: Trips): Promise<readonly number[]> {
  const bodies = Array.from({ length: 64 }, (_, index) =>
    JSON.stringify([trips.event, trips.payload(index)]),
  );
  const sentAt = new Float64Array(trips.events);
  const times: number[] = [];
  let sent = 0;
  return new Promise((resolve) => {
    const ask = () => {
      sentAt[sent] = performance.now();
      void writer.write(textFrame(`42${sent}${bodies[sent % bodies.length] ?? ''}`));
      sent += 1;
    };
    writer.onText = (text) => {
      // `43<id>[...]`: Engine.IO message, Socket.IO ack.
      const id = Number(text.toString('latin1', 2, text.indexOf(0x5b)));
      times.push((performance.now() - (sentAt[id] ?? 0)) * 1_000);
      if (times.length === trips.events) resolve(times);
      else if (sent < trips.events) ask();
    };
    for (let index = 0; index < trips.inFlight; index += 1) ask();
  });
}

async function fanOut(subjects: readonly Subject[]): Promise<void> {
  for (const [event, sockets, times] of [
    ['small:sent', 100, 1_000],
    ['medium:sent', 100, 1_000],
    ['small:sent', 1_000, 80],
    ['medium:sent', 1_000, 80],
  ] as const) {
    const costs = await interleaved(subjects, async (subject, warm) => {
      const broadcasts = warm ? Math.ceil(times / 4) : times;
      const writers = await Promise.all(Array.from({ length: sockets }, () => openWriter(subject.port)));
      let arrived = 0;
      const all = new Promise<void>((resolve) => {
        for (const writer of writers) {
          writer.onText = () => {
            arrived += 1;
            if (arrived === sockets * broadcasts) resolve();
          };
        }
      });
      tell(subject, { do: 'broadcast', event, times: broadcasts });
      const report = cost(await subject.next());
      await all;
      for (const writer of writers) writer.close();
      return report.cpuUs / (sockets * broadcasts);
    });
    show(`fan-out, ${event} to ${sockets} sockets`, costs);
  }
}

/** One warm-up and `rounds` measured rounds, every variant once a round, in turn. */
async function interleaved(
  subjects: readonly Subject[],
  measure: (subject: Subject, warm: boolean) => Promise<number>,
): Promise<ReadonlyMap<Variant, readonly number[]>> {
  const costs = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
  for (const subject of subjects) await measure(subject, true);
  for (let round = 0; round < rounds; round += 1) {
    const order = subjects
      .map((_, index) => subjects[(index + round) % subjects.length])
      .filter((subject) => !!subject);
    for (const subject of order) costs.get(subject.variant)?.push(await measure(subject, false));
  }
  return costs;
}

/** Columns that only some tables have. */
interface Extra {
  readonly head: readonly string[];
  readonly row: (variant: Variant) => readonly number[];
}

function show(title: string, costs: ReadonlyMap<Variant, readonly number[]>, extra?: Extra): void {
  const bare = costs.get('bare') ?? [];
  const rows = variants.map((variant) => {
    const own = costs.get(variant) ?? [];
    // The ratio is taken round by round, since what disturbs a round disturbs its neighbours alike.
    const ratio = median(own.map((value, round) => (bare[round] ?? Number.NaN) / value));
    return [variant, median(own).toFixed(2), ratio.toFixed(2), ...(extra?.row(variant) ?? [])];
  });
  console.log(`${title}\n${table(['variant', 'CPU µs', 'ratio', ...(extra?.head ?? [])], rows)}\n`);
}

async function open(variant: Variant): Promise<Subject> {
  const child = fork(path.join(import.meta.dirname, 'socket/server.ts'), [variant], {
    execArgv: process.execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const queue: Report[] = [];
  let wake: () => void = () => undefined;
  child.on('message', (report: Report) => {
    queue.push(report);
    wake();
  });
  const gone = new Promise<never>((_, reject) =>
    child.once('exit', (code) => reject(new Error(`${variant} ended with ${code}`))),
  );
  gone.catch(() => undefined);
  const next = async (): Promise<Report> => {
    while (queue.length === 0) await Promise.race([gone, new Promise<void>((resolve) => (wake = resolve))]);
    const [first] = queue.splice(0, 1);
    if (!first) throw new Error('No report.');
    return first;
  };
  const ready = await next();
  if (!('port' in ready)) throw new Error(`${variant} did not tell its port.`);
  return { variant, child, port: ready.port, next };
}

/** Tells a server how many events to count; resolves once it is ready, with the way to wait for the last one. */
async function expect(subject: Subject, events: number): Promise<() => Promise<{ readonly cpuUs: number }>> {
  tell(subject, { do: 'expect', events });
  await subject.next();
  return async () => cost(await subject.next());
}

function cost(report: Report): { readonly cpuUs: number } {
  if ('port' in report) throw new Error('Expected a cost.');
  return report;
}

function tell(subject: Subject, command: Command): void {
  subject.child.send(command);
}
