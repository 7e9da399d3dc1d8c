import fc from 'fast-check';
import { expect, it } from 'vitest';
import { turn } from '../testing/fake-clock.ts';
import { at, logHarness } from '../testing/log-client.ts';

/** What happens between server and client, one after another. */
const happening = fc.oneof(
  { weight: 8, arbitrary: fc.constant('append' as const) },
  { weight: 6, arbitrary: fc.constant('deliver' as const) },
  { weight: 2, arbitrary: fc.constant('lose' as const) },
  { weight: 2, arbitrary: fc.constant('repeat' as const) },
  { weight: 2, arbitrary: fc.constant('swap' as const) },
  { weight: 1, arbitrary: fc.constant('cut' as const) },
  { weight: 1, arbitrary: fc.constant('wait' as const) },
);

/**
 * A server that keeps a log, behind a link that loses, repeats and swaps frames. It promises no more than the wire
 * says: it begins a log where the client asks it to.
 */
async function run(happenings: readonly string[]) {
  const { client, server, clock, connect } = logHarness();
  const heard: number[] = [];
  client.on('noted', (_, { offset }) => heard.push(offset!));
  let head = 0;
  /** Entries that are on their way. */
  let link: number[] = [];

  const begin = (since: { offset: number } | null): void => {
    const from = since?.offset ?? 0;
    // The very first entry is there before anybody asks: nobody begins at the end of the log.
    server.push('sockeye:log', { room: 'board:b1', ...at(from), head, recovered: since !== null });
    link = Array.from({ length: head - from }, (_, n) => from + 1 + n);
  };
  /** Answers whatever the client has asked. */
  const serve = (): void => {
    while (server.sent.length > 0) {
      const { event, args, ack } = server.take();
      if (event === 'board:join') begin((args[1] as { since: { offset: number } | null }).since);
      if (event === 'sockeye:sync') begin((args[0] as { since: { offset: number } | null }).since);
      ack({ ok: true, data: { title: 'B' } });
    }
  };
  const deliver = (): void => {
    const offset = link.shift();
    if (offset !== undefined) server.push('noted', { id: `n${offset}` }, { room: 'board:b1', ...at(offset) });
    serve();
  };
  const deeds: Readonly<Record<string, () => unknown>> = {
    append: () => link.push(++head),
    deliver,
    lose: () => link.shift(),
    repeat: () => link.length > 0 && link.unshift(link[0]!),
    swap: () => link.length > 1 && link.unshift(...link.splice(1, 1)),
    wait: () => clock.advance(20_000),
    cut: async () => {
      server.cut();
      link = [];
      await clock.advance(20_000);
      server.accept();
    },
  };

  const room = client.board({ boardId: 'b1' });
  room.join();
  await connect();
  serve();
  for (const each of happenings) {
    await deeds[each]!();
    serve();
  }
  // One more entry, and a link that does as it should.
  link.push(++head);
  for (let round = 0; round < 50 && (heard.at(-1) !== head || link.length > 0); round++) {
    while (link.length > 0) deliver();
    await clock.advance(20_000);
    serve();
  }
  await turn();
  const { recovering } = room.status.getSnapshot();
  client.close();
  return { heard, head, recovering, timers: clock.timers() };
}

it('whatever a link does, every entry is handed out once, in order, and the room settles', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 60 }), async (happenings) => {
      const { heard, head, recovering, timers } = await run(happenings);
      expect(heard).toEqual(Array.from({ length: head }, (_, n) => n + 1));
      expect([recovering, timers]).toEqual([false, 0]);
    }),
    { numRuns: 150 },
  );
}, 30_000);
