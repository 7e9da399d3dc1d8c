import {
  ContractError,
  errorBody,
  failure,
  roomName,
  success,
  type ErrorBody,
  type EventEntry,
} from '@sockeye/contract/wire';
import type { EventHub, Handler, Listen } from './event-hub.ts';
import { isRecord } from './reply.ts';
import type { Room } from './room.ts';
import type { Runtime } from './runtime.ts';
import type { EventMeta } from './surface.ts';

/** What comes from the server: its events to those who listen, its questions to the one who answers. */
export interface Inbound {
  readonly receive: (event: string, ...args: unknown[]) => void;
  /** Registers the one who answers a question. @throws ContractError CONFLICT when there is one already. */
  readonly answer: Listen;
  readonly clear: () => void;
}

/** Where events go, and which connection they came by. */
export interface InboundOptions {
  readonly hub: EventHub;
  /** Where the client's own projections listen. */
  readonly followers: EventHub;
  readonly room: (name: string) => Room | undefined;
  /** Tells one connection from the next; undefined while there is none. */
  readonly session: () => number | undefined;
}

type Acknowledge = (...args: unknown[]) => void;

/** Makes the receiving end of one client. */
export function createInbound(
  { table, boundary, report }: Runtime,
  { hub, followers, room: findRoom, session }: InboundOptions,
): Inbound {
  const answers = new Map<string, { readonly handler: Handler }>();

  /** Asks the one who answers, and sends what comes of it. */
  async function respond(
    question: { readonly event: string; readonly entry: EventEntry; readonly ack: Acknowledge },
    payload: unknown,
    meta: EventMeta,
  ): Promise<void> {
    const { event, entry, ack } = question;
    if (!entry.ack) return ack(success(undefined));
    const asked = answers.get(event);
    if (!asked) return refuse(entry, ack, errorBody('UNAVAILABLE'));
    try {
      const wire = boundary.encode(event, entry.ack, await asked.handler(payload as never, meta));
      if (!wire.ok) refuse(entry, ack, errorBody('INTERNAL'));
      else if (entry.rawAck) ack(...(entry.rawAck === 'args' ? (wire.data as unknown[]) : [wire.data]));
      else ack(wire);
    } catch (error) {
      const told = error instanceof ContractError;
      if (!told) report(error);
      refuse(entry, ack, told ? error.body : errorBody('INTERNAL'));
    }
  }

  return {
    receive: (event, ...args) => {
      const entry = Object.hasOwn(table.serverToClient, event) ? table.serverToClient[event] : undefined;
      const ack = typeof args.at(-1) === 'function' ? (args.pop() as Acknowledge) : undefined;
      // Acknowledgements are numbered anew by every connection: a late one would answer another question.
      const asked = session();
      const reply: Acknowledge | undefined = ack && ((...answer) => session() === asked && ack(...answer));
      if (!entry) return reply?.(failure(errorBody('UNKNOWN_EVENT')));
      const [wire, told] = entry.args ? [args] : args;
      const name = roomOf(wire, told, entry);
      const room = name === undefined ? undefined : findRoom(name);
      // State first, so that who listens sees it as the event leaves it.
      const hubs = [followers, room?.followers, hub, room?.hub];
      if (!reply && !hubs.some((each) => each?.has(event))) return;
      const checked = boundary.decode(event, entry.payload, wire);
      if (!checked.ok) {
        if (reply) refuse(entry, reply, errorBody('INVALID_PAYLOAD', { issues: checked.error }));
        return;
      }
      const meta: EventMeta = name === undefined ? {} : { room: name };
      for (const each of hubs) each?.call(event, checked.data, meta);
      if (reply) void respond({ event, entry, ack: reply }, checked.data, meta);
    },
    answer: (event, handler, { signal } = {}) => {
      if (answers.has(event)) {
        throw new ContractError('CONFLICT', { message: `"${event}" has a handler that answers it already.` });
      }
      const entry = { handler };
      const end = (): void => {
        signal?.removeEventListener('abort', end);
        if (answers.get(event) === entry) answers.delete(event);
      };
      signal?.addEventListener('abort', end);
      if (!signal?.aborted) answers.set(event, entry);
      return end;
    },
    clear: () => answers.clear(),
  };

  /** Name of the room that an event was sent to, as its metadata or its payload tells. */
  function roomOf(wire: unknown, meta: unknown, entry: EventEntry): string | undefined {
    if (isRecord(meta) && typeof meta.room === 'string') return meta.room;
    const room = entry.room !== undefined && entry.roomInPayload ? table.rooms[entry.room] : undefined;
    return room && isRecord(wire) ? roomName(entry.room!, room.params, wire) : undefined;
  }
}

/** Answers a failure in the envelope, or as the existing wire has it; not at all where that has no way. */
function refuse({ rawAck, rawFailure }: EventEntry, ack: Acknowledge, error: ErrorBody): void {
  if (!rawAck) return ack(failure(error));
  const told = rawFailure?.(error);
  if (rawFailure) ack(...(rawAck === 'args' ? [told].flat() : [told]));
}
