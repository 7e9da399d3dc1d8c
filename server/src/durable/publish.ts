import type { Published, PublishOptions } from '../target.ts';
import type { Audience } from '../audience.ts';
import { encodedMessage, type Message } from '../broadcast.ts';
import { ownFault } from '../outgoing.ts';
import { observe } from '../report.ts';
import type { Runtime } from '../runtime.ts';
import type { NewEntry } from '../stores/log.ts';
import { pack } from './pack.ts';
import { unavailable, type Durable } from './serve.ts';

/**
 * Appends a durable event to the log of one room.
 *
 * @throws ContractError INVALID_PAYLOAD if it cannot go to this room or does not match the contract, UNAVAILABLE if the
 * log is not writable.
 */
export async function publish(
  audience: Audience,
  message: Message,
  { key }: PublishOptions = {},
): Promise<Published> {
  const { runtime } = audience;
  const startedAt = runtime.options.now();
  let outcome = 'INVALID_PAYLOAD';
  try {
    const { log } = durableOf(runtime);
    const entry = newEntry(audience, message, key);
    outcome = 'UNAVAILABLE';
    const { epoch, offset, id } = await log.append(entry).catch((error: unknown) => {
      throw unavailable(error);
    });
    outcome = 'ok';
    return { room: audience.rooms![0]!, epoch, offset, id };
  } finally {
    if (runtime.options.observe !== undefined) {
      observe(runtime.options, {
        event: message.event,
        direction: 'out',
        outcome,
        durationMs: runtime.options.now() - startedAt,
        ...(audience.rooms === undefined ? {} : { room: audience.rooms.join(' ') }),
      });
    }
  }
}

/**
 * The log entry of an event: checked, stripped and encoded.
 *
 * @throws ContractError INVALID_PAYLOAD if the event cannot go to this room, or does not match the contract.
 */
export function newEntry(audience: Audience, message: Message, key: string | undefined): NewEntry {
  const { runtime, rooms } = audience;
  const { event } = message;
  const entry = runtime.outgoing.get(event);
  if (entry?.durable !== true || entry.room === undefined)
    throw ownFault('INVALID_PAYLOAD', `"${event}" is not a durable event of the contract: emit it.`);
  const isWhole = audience.except.length === 0 && audience.only === undefined && !audience.volatile;
  if (rooms?.length !== 1 || !isWhole)
    throw ownFault(
      'INVALID_PAYLOAD',
      `The durable event "${event}" can only be published to one whole room.`,
    );
  const wire = encodedMessage(audience, message);
  const { keep, maxAgeMs } = runtime.table.rooms[entry.room]!.log!;
  const durable = durableOf(runtime);
  const ownKey = key === undefined ? undefined : durable.logName(key);
  return { room: durable.logName(rooms[0]!), event, body: pack(wire), keep, maxAgeMs, key: ownKey };
}

/**
 * Durable events of a runtime.
 *
 * @throws ContractError if the contract has none.
 */
export function durableOf({ durable, table }: Runtime): Durable {
  if (durable !== undefined) return durable;
  throw ownFault('INTERNAL', `"${table.contract.contract}" has no durable events.`);
}
