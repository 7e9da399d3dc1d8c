import type { InvalidPayload } from '@sockeye/client';
import { describe, expect, it } from 'vitest';
import { fakeClock, turn } from '../../clients/core/src/testing/fake-clock.ts';
import { scriptedServer } from '../../clients/core/src/testing/scripted-server.ts';
import type { Driver } from './driver.ts';
import { scenarios } from './scenarios.ts';

/** Holds a binding to what every binding has to do. */
export function conformance({ name, open }: Driver): void {
  describe(`${name} conforms`, () => {
    it.for(Object.entries(scenarios))('%s', async ([, run]) => {
      const server = scriptedServer();
      const clock = fakeClock();
      const errors: unknown[] = [];
      const invalid: InvalidPayload[] = [];
      const stage = open({
        auth: ({ reason }) => ({ token: reason }),
        io: server.io,
        clock,
        frame: (draw) => clock.after(16, draw),
        onError: (error) => errors.push(error),
        onInvalid: (report) => invalid.push(report),
      });
      await run({
        ...stage,
        server,
        clock,
        errors,
        invalid,
        connect: async () => {
          stage.client.connect();
          await stage.settle(turn);
          await stage.settle(server.accept);
        },
        admit: (title = 'B') =>
          stage.settle(() => server.take('board:join').ack({ ok: true, data: { title } })),
        names: () => server.sent.map(({ event }) => event),
      });
      expect(errors).toEqual([]);
    });
  });
}
