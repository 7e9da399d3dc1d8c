import { roomName, type EarlierEntry, type EventEntry, type ServerMeta } from '@sockeye/contract/wire';
import { operatorOf, partsOf, type Audience, type Part } from './audience.ts';
import { lowered } from './earlier-forms.ts';
import { encodeOutgoing, ownFault } from './outgoing.ts';
import { logError, observe } from './report.ts';
import { askElsewhere, askMany, askOne, type Question } from './request.ts';
import type { RequestOptions } from './target.ts';
import { sharesOf } from './version-rooms.ts';

/** An event with its payload in application form. */
export interface Message {
  readonly event: string;
  readonly payload: unknown;
}

/**
 * Sends an event to an audience: validated, stripped and encoded once.
 *
 * @throws ContractError if the event cannot go to this audience, or the payload does not match the contract.
 */
export function emit(audience: Audience, message: Message): void {
  const { options } = audience.runtime;
  if (options.observe === undefined) return send(audience, message);
  const startedAt = options.now();
  let outcome = 'INVALID_PAYLOAD';
  try {
    send(audience, message);
    outcome = 'ok';
  } finally {
    observe(options, {
      event: message.event,
      direction: 'out',
      outcome,
      durationMs: options.now() - startedAt,
      ...(audience.only === undefined ? {} : { socketId: audience.only }),
      ...(audience.rooms === undefined ? {} : { room: audience.rooms.join(' ') }),
    });
  }
}

function send(audience: Audience, message: Message): void {
  const { event } = message;
  const entry = entryOf(audience, event);
  const wire = encoded(audience, message, entry);
  for (const delivery of deliveriesOf(audience, { event, entry, wire })) {
    const { part, rooms } = delivery;
    const { namespace } = audience.runtime;
    const local =
      rooms === undefined && part.only !== undefined ? namespace.sockets.get(part.only) : undefined;
    const sender = local ?? operatorOf(part, rooms);
    (entry.volatile || part.volatile ? sender.volatile : sender).emit(event, ...delivery.args);
  }
}

/** An event in the contract's own wire form. */
interface Encoded {
  readonly event: string;
  readonly entry: EventEntry;
  readonly wire: unknown;
}

/** One broadcast or one request, with its arguments. */
interface Delivery extends Part {
  readonly args: readonly unknown[];
  readonly form: EarlierEntry | undefined;
}

/**
 * What has to be sent: each version of clients gets its form, each room its name if the payload does not contain it.
 */
function deliveriesOf(audience: Audience, { event, entry, wire }: Encoded): readonly Delivery[] {
  if (entry.versions === undefined) return inForm(audience, { entry, wire, form: undefined });
  return sharesOf(audience, entry).flatMap(({ audience: share, form }) => {
    if (form === undefined) return inForm(share, { entry, wire, form });
    try {
      const subject = `event "${event}"`;
      const old =
        form.payload === undefined ? wire : lowered(form.payload, entry.payload!, { wire, subject });
      const { roomInPayload: _, ...told } = entry;
      return inForm(share, { entry: told, wire: old, form });
    } catch (error) {
      const { options } = audience.runtime;
      logError(
        options,
        { event, err: error },
        `the downcast of "${event}" failed; clients below ${form.until} do not receive it`,
      );
      return [];
    }
  });
}

function inForm(audience: Audience, { entry, wire, form }: Omit<Encoded, 'event'> & Pick<Delivery, 'form'>) {
  return partsOf(audience, entry).map((part): Delivery => ({
    ...part,
    args: argumentsOf(entry, wire, part.rooms?.[0]),
    form,
  }));
}

/**
 * Sends a request to an audience. Returns an array of results, or one result for a single socket.
 *
 * @throws ContractError (as a rejection) like {@link emit}.
 */
export async function ask(audience: Audience, message: Message, options: RequestOptions): Promise<unknown> {
  const questions = questionsOf(audience, message, options);
  if (audience.rooms === undefined && audience.only !== undefined)
    return questions.length === 1 ? askOne(questions[0]!, audience.only) : askElsewhere(questions);
  return (await Promise.all(questions.map(askMany))).flat();
}

function entryOf(audience: Audience, event: string): EventEntry {
  const entry = goingTo(audience, event);
  if (!entry.durable) return entry;
  throw ownFault('INVALID_PAYLOAD', `The event "${event}" is durable. Use publish instead of emit.`);
}

function goingTo(audience: Audience, event: string): EventEntry {
  const { runtime, room, only } = audience;
  const entry = runtime.outgoing.get(event);
  if (entry === undefined) throw ownFault('UNKNOWN_EVENT', `The contract has no server event "${event}".`);
  if (entry.room === room || (only !== undefined && room === undefined)) return entry;
  const there = entry.room === undefined ? 'everyone or to one socket' : `a room "${entry.room}"`;
  throw ownFault(
    'INVALID_PAYLOAD',
    `The event "${event}" can only be sent to ${there}, not to ${room === undefined ? 'everyone' : `a room "${room}"`}.`,
  );
}

/**
 * The payload of an event in wire form: validated, and stripped to the contract.
 *
 * @throws ContractError if the event cannot go to this audience, or the payload does not match the contract.
 */
export function encodedMessage(audience: Audience, message: Message): unknown {
  return encoded(audience, message, goingTo(audience, message.event));
}

function encoded(audience: Audience, { event, payload }: Message, entry: EventEntry): unknown {
  if (entry.payload === undefined) return undefined;
  const wire = encodeOutgoing(entry.payload, payload, `event "${event}"`);
  if (!entry.roomInPayload || audience.rooms === undefined) return wire;
  const { params } = audience.runtime.table.rooms[entry.room!]!;
  const told = roomName(entry.room!, params, wire as Readonly<Record<string, unknown>>);
  const other = audience.rooms.find((name) => name !== told);
  if (other === undefined) return wire;
  throw ownFault(
    'INVALID_PAYLOAD',
    `The payload of event "${event}" names the room "${told}", but the target is "${other}".`,
  );
}

function argumentsOf(entry: EventEntry, wire: unknown, room: string | undefined): readonly unknown[] {
  if (entry.args) return wire as readonly unknown[];
  if (room === undefined || entry.room === undefined || entry.roomInPayload)
    return entry.payload === undefined ? [] : [wire];
  return [entry.payload === undefined ? null : wire, { room } satisfies ServerMeta];
}

function questionsOf(audience: Audience, message: Message, options: RequestOptions): readonly Question[] {
  const { event } = message;
  const { runtime } = audience;
  const entry = entryOf(audience, event);
  if (entry.ack === undefined)
    throw ownFault('UNKNOWN_EVENT', `The event "${event}" has no ack. Use emit instead of request.`);
  const wire = encoded(audience, message, entry);
  const timeoutMs = options.timeoutMs ?? entry.timeoutMs ?? runtime.options.timeoutMs;
  return deliveriesOf(audience, { event, entry, wire }).map(({ part, rooms, args, form }) => ({
    runtime,
    event,
    entry,
    args,
    form,
    timeoutMs,
    operator: operatorOf(part, rooms),
  }));
}
