import type { ClientOptions, InvalidPayload } from '../options.ts';
import { createBoardClient, type BoardClient, type BoardRoom } from './board-client.ts';
import { fakeClock, turn, type FakeClock } from './fake-clock.ts';
import { scriptedServer, type ScriptedServer } from './scripted-server.ts';

/** A client of the board contract with everything around it under control. */
export interface Harness {
  readonly client: BoardClient;
  readonly server: ScriptedServer;
  readonly clock: FakeClock;
  readonly errors: unknown[];
  readonly invalid: InvalidPayload[];
  readonly phase: () => string;
  /** Takes a lease and lets the server accept. */
  readonly connect: () => Promise<void>;
  /** Loses the connection, waits for the next attempt and lets the server accept it. */
  readonly reconnect: () => Promise<void>;
  /** Joins a board and lets the server accept. */
  readonly join: (boardId: string) => Promise<BoardRoom>;
}

/** What a {@link Harness} is made of. */
export interface HarnessSetup {
  readonly create?: ((options: ClientOptions) => BoardClient) | undefined;
  /** That of another harness, for what one page leaves to the next. */
  readonly clock?: FakeClock | undefined;
}

/** Makes a {@link Harness}; the client is not connected. */
export function harness(
  options: ClientOptions = {},
  { create = createBoardClient, clock = fakeClock() }: HarnessSetup = {},
): Harness {
  const server = scriptedServer();
  const errors: unknown[] = [];
  const invalid: InvalidPayload[] = [];
  const client = create({
    auth: () => ({ token: 't1' }),
    io: server.io,
    clock,
    onError: (error) => errors.push(error),
    onInvalid: (report) => invalid.push(report),
    ...options,
  });
  return {
    client,
    server,
    clock,
    errors,
    invalid,
    phase: () => client.connection.getSnapshot().phase,
    connect: async () => {
      client.connect();
      await turn();
      server.accept();
    },
    reconnect: async () => {
      server.cut();
      await clock.advance(500);
      server.accept();
    },
    join: async (boardId) => {
      const room = client.board({ boardId });
      const { ready } = room.join();
      server.take('board:join').ack({ ok: true, data: { title: boardId } });
      await ready;
      return room;
    },
  };
}
