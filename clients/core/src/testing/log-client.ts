import type { ContractTable } from '@sockeye/contract/wire';
import { answers } from '../answers.ts';
import { batches } from '../batches.ts';
import { once } from '../commands.ts';
import { defineClient } from '../define-client.ts';
import { durable } from '../durable/logs.ts';
import type { ClientOptions } from '../options.ts';
import type { CollectionStore } from '../projections/collection-store.ts';
import { collection } from '../projections/collection.ts';
import { expiring, type ExpiringStore } from '../projections/expiring.ts';
import { presence, type PresenceStore } from '../projections/presence.ts';
import { projections } from '../projections/projection.ts';
import { rooms } from '../rooms.ts';
import type { ClientStorage } from '../storage.ts';
import type { BoardClient, BoardRoom } from './board-client.ts';
import { boardTable, object } from './board-table.ts';
import { turn, type FakeClock } from './fake-clock.ts';
import { harness, type Harness } from './harness.ts';

const log = { history: 'full', keep: 100, maxAgeMs: 1_000_000 } as const;
const note = object({ id: 'string' });

/** The board contract with logs for boards and users, and a command. */
export const logTable: ContractTable = {
  ...boardTable,
  rooms: {
    ...boardTable.rooms,
    board: { ...boardTable.rooms['board']!, log },
    user: { ...boardTable.rooms['user']!, log },
  },
  clientToServer: {
    ...boardTable.clientToServer,
    buy: { name: 'buy', payload: object({ what: 'string' }), ack: object({ total: 'number' }), once: true },
    'board:rename': {
      name: 'boardRename',
      payload: object({ boardId: 'string' }),
      ack: object({}),
      within: 'board',
      once: true,
    },
    'till:open': { name: 'tillOpen', ack: object({}), once: true },
  },
  serverToClient: {
    ...boardTable.serverToClient,
    noted: { name: 'noted', payload: note, room: 'board', durable: true },
    alert: { name: 'alert', payload: note, room: 'user', durable: true },
  },
  projections: {
    notes: collection({ room: 'board', key: 'id', upsert: { noted: true } }),
    mixed: collection({ room: 'board', key: 'id', upsert: { noted: true, 'card:added': 'card' } }),
    alerts: collection({ key: 'id', upsert: { alert: true } }),
    people: presence({ room: 'board', key: 'id', of: note }),
    typing: expiring({ room: 'board', event: 'cursor:move', key: 'x', ttlMs: 4_000 }),
  },
};

interface Row {
  readonly id: string;
}

/** A board with a log. */
export interface LogRoom extends BoardRoom {
  readonly notes: CollectionStore<Row, string>;
  readonly mixed: CollectionStore<Row, string>;
  readonly people: PresenceStore<Row>;
  readonly typing: ExpiringStore<{ readonly boardId: string; readonly x: number }>;
}

/** A client that follows logs. */
export interface LogClient extends BoardClient {
  readonly board: (params: { boardId: string }) => LogRoom;
  readonly alerts: CollectionStore<Row, string>;
}

/** Makes a client of the board contract with logs. */
export const createLogClient = defineClient<ClientOptions, LogClient>(logTable, {
  answers,
  batches,
  durable,
  once,
  projections,
  rooms,
});

/** Where entry `offset` of the log of a board stands. */
export function at(offset: number, epoch = 'e1') {
  return { epoch, offset, id: offset ? `${epoch}-${offset}` : '' };
}

/** A {@link Harness} whose server keeps logs. */
export interface LogHarness extends Harness {
  readonly client: LogClient;
  /** Begins the log of a room. */
  readonly start: (cursor: object, told?: { head?: number; recovered?: boolean; room?: string }) => void;
  /** Sends entries of the log of board `b1`. */
  readonly entries: (...offsets: number[]) => void;
  /** Joins board `b1`; `begin` is called between the join and its answer, with what the join said. */
  readonly enter: (begin: (since: unknown) => void) => Promise<LogRoom>;
}

/** Makes a {@link LogHarness}; the client is not connected. */
export function logHarness(options: ClientOptions = {}, clock?: FakeClock): LogHarness {
  const made = harness(options, { create: createLogClient, clock });
  const { server } = made;
  const client = made.client as LogClient;
  return {
    ...made,
    client,
    start: (cursor, told) =>
      server.push('sockeye:log', { room: 'board:b1', head: 0, recovered: false, ...cursor, ...told }),
    entries: (...offsets) => {
      for (const offset of offsets) {
        server.push('noted', { id: `n${offset}` }, { room: 'board:b1', ...at(offset) });
      }
    },
    enter: async (begin) => {
      const room = client.board({ boardId: 'b1' });
      const { ready } = room.join();
      await turn();
      answer(begin);
      await ready;
      return room;
    },
  };

  function answer(begin: (since: unknown) => void): void {
    const join = server.take('board:join');
    begin((join.args[1] as { since?: unknown } | undefined)?.since);
    join.ack({ ok: true, data: { title: 'B' } });
  }
}

/** Storage in memory, with what was done to it. */
export function memoryStorage<Value>(
  slow = false,
): ClientStorage<Value> & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  const answer = <T>(value: T) => (slow ? Promise.resolve(value) : value);
  return {
    kept,
    get: (key) => answer(structuredClone(kept.get(key))),
    set: (key, value) => answer(void kept.set(key, structuredClone(value))),
    remove: (key) => answer(void kept.delete(key)),
  };
}
