import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { table } from '../statistics.ts';
import { openWriter, textFrame } from './frame-writer.ts';

const [hands, readers, perSecond] = [50, 50, 30];
const seconds = Number(process.env['BENCH_POINTER_SECONDS'] ?? 3);
const stamp = { contract: 'pointers', version: '1.0.0', hash: 'abc', batches: true };

/** What 50 hands at 30 moves a second cost 50 readers, with and without batches: in turn, three rounds each. */
export async function pointers(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const tickMs of round % 2 === 0 ? [0, 33] : [33, 0]) rows.push(await measure(tickMs));
  }
  rows.sort(([a], [b]) => Number(a) - Number(b));
  const head = ['volatileTickMs', 'frames/s a reader', 'delivered', 'server CPU, share of a core'];
  console.log(`pointers: ${hands} hands, ${perSecond} moves/s each, ${readers} readers, ${seconds} s\n`);
  console.log(`${table(head, rows)}\n`);
}

async function measure(tickMs: number): Promise<(string | number)[]> {
  const child = fork(path.join(import.meta.dirname, 'pointers-server.ts'), [String(tickMs)], {
    execArgv: process.execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const cpu = async (): Promise<number> => {
      child.send('cpu');
      return ((await once(child, 'message')) as [{ cpuUs: number }])[0].cpuUs;
    };
    const open = (auth: object) => openWriter(port, { ...auth, sockeye: stamp });
    const moving = await Promise.all(Array.from({ length: hands }, () => open({})));
    const reading = await Promise.all(Array.from({ length: readers }, () => open({ reads: true })));
    let [frames, events] = [0, 0];
    for (const reader of reading) {
      reader.onText = (text) => {
        frames += 1;
        events += text.toString('latin1').split('"moved"').length - 1;
      };
    }
    const moves = moving.map((_, hand) => textFrame(`42["move",{"x":0.5,"hand":${hand}}]`));
    await cpu();
    const begun = performance.now();
    // Hands move one after the other, as people do, and not all in the same instant.
    let sent = 0;
    for (; sent < hands * perSecond * seconds;) {
      const due = ((performance.now() - begun) / 1_000) * hands * perSecond;
      for (; sent < due; sent += 1) void moving[sent % hands]!.write(moves[sent % hands]!);
      await after(1);
    }
    const spent = await cpu();
    const wall = performance.now() - begun;
    // What is collected goes with the next tick.
    await after(100);
    for (const writer of [...moving, ...reading]) writer.close();
    return [
      tickMs,
      (frames / readers / (wall / 1_000)).toFixed(0),
      `${((events / (sent * readers)) * 100).toFixed(1)} %`,
      `${(spent / 10 / wall).toFixed(0)} %`,
    ];
  } finally {
    child.kill();
  }
}
