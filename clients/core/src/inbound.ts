import { failure, roomName, success, type EventEntry } from '@sockeye/contract/wire';
import type { Acknowledge, Answers } from './answers.ts';
import type { Link } from './connection.ts';
import type { Logs } from './durable/logs.ts';
import type { EventHub } from './event-hub.ts';
import { errorOf } from './errors.ts';
import { isRecord, own } from './record.ts';
import type { Room } from './room.ts';
import type { Runtime } from './runtime.ts';
import type { EventMeta } from './surface.ts';

/** Receivers of events, and the connection that they arrive on. */
export interface InboundOptions {
  readonly hub: EventHub;
  /** The client's own projections listen here. */
  readonly followers: EventHub | undefined;
  readonly answers: Answers | undefined;
  readonly logs: Logs | undefined;
  readonly room: (name: string) => Room | undefined;
  readonly session: Link['session'];
}

/** Creates the receiving side of one client: passes events to listeners, and events with an ack to their handler. */
export function createInbound(
  { table, boundary }: Runtime,
  { hub, followers, answers, logs, room: findRoom, session }: InboundOptions,
): (event: string, ...args: unknown[]) => void {
  return (event, ...args) => {
    const entry = own(table.serverToClient, event);
    const ack = typeof args.at(-1) === 'function' ? (args.pop() as Acknowledge) : undefined;
    // Every connection numbers acks from 0 again: a late one would answer another event.
    const asked = session();
    const reply: Acknowledge | undefined = ack && ((...answer) => session() === asked && ack(...answer));
    const [wire, told] = entry?.args ? [args] : args;
    const deliver = (meta: EventMeta): void => {
      if (!entry) return reply?.(failure(errorOf('UNKNOWN_EVENT')));
      const room = meta.room === undefined ? undefined : findRoom(meta.room);
      // Projections first, so that listeners see the state after the event.
      const hubs = [followers, room?.followers, hub, room?.hub];
      if (!reply && !hubs.some((each) => each?.has(event))) return;
      const checked = boundary.decode(event, entry.payload, wire);
      const question = reply && { event, entry, ack: reply };
      if (!checked.ok) {
        const error = errorOf('INVALID_PAYLOAD', { issues: checked.error });
        if (answers && question) answers.refuse(question, error);
        else reply?.(failure(error));
        return;
      }
      for (const each of hubs) each?.call(event, checked.data, meta);
      if (answers && question) void answers.respond(question, checked.data, meta);
      else reply?.(success(undefined));
    };
    if (logs?.receive(told, deliver)) return;
    const name = entry && roomOf(wire, told, entry);
    deliver({ ...(name !== undefined && { room: name }), replayed: false });
  };

  /** Name of the room that an event was sent to, from its metadata or payload. */
  function roomOf(wire: unknown, meta: unknown, entry: EventEntry): string | undefined {
    if (isRecord(meta) && typeof meta.room === 'string') return meta.room;
    const room = entry.room !== undefined && entry.roomInPayload ? table.rooms[entry.room] : undefined;
    return room && isRecord(wire) ? roomName(entry.room!, room.params, wire) : undefined;
  }
}
