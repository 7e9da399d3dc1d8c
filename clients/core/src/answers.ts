import { failure, success, type ErrorBody, type EventEntry } from '@sockeye/contract/wire';
import { bodyOf, ContractError, errorOf } from './errors.ts';
import type { Handler, Listen } from './event-hub.ts';
import type { Runtime } from './runtime.ts';
import { whenAborted } from './subscribers.ts';
import type { EventMeta } from './surface.ts';

/** Handlers that answer server events with an ack. */
export interface Answers {
  /** Registers the handler of an event. @throws ContractError CONFLICT if the event already has one. */
  readonly answer: Listen;
  /** Calls the handler and sends its answer. */
  readonly respond: (question: Question, payload: unknown, meta: EventMeta) => Promise<void>;
  /** Answers with an error, in the envelope or as `raw` acks declare it; sends nothing if they declare no failure. */
  readonly refuse: (question: Question, error: ErrorBody) => void;
  readonly clear: () => void;
}

/** A call from the server. */
export interface Question {
  readonly event: string;
  readonly entry: EventEntry;
  readonly ack: Acknowledge;
}

/** Sends an answer. */
export type Acknowledge = (...args: unknown[]) => void;

/** Answers server events with an ack, for a generated client. */
export function answers({ boundary, report }: Runtime): Answers {
  const registered = new Map<string, { readonly handler: Handler }>();

  function refuse({ entry: { rawAck, rawFailure }, ack }: Question, error: ErrorBody): void {
    if (!rawAck) return ack(failure(error));
    const told = rawFailure?.(error);
    if (rawFailure) ack(...(rawAck === 'args' ? [told].flat() : [told]));
  }

  return {
    refuse,
    respond: async (question, payload, meta) => {
      const { event, entry, ack } = question;
      if (!entry.ack) return ack(success(undefined));
      const asked = registered.get(event);
      if (!asked) return refuse(question, errorOf('UNAVAILABLE'));
      try {
        const wire = boundary.encode(event, entry.ack, await asked.handler(payload as never, meta));
        if (!wire.ok) refuse(question, errorOf('INTERNAL'));
        else if (entry.rawAck) ack(...(entry.rawAck === 'args' ? (wire.data as unknown[]) : [wire.data]));
        else ack(wire);
      } catch (error) {
        const told = bodyOf(error);
        if (!told) report(error);
        refuse(question, told ?? errorOf('INTERNAL'));
      }
    },
    answer: (event, handler, { signal } = {}) => {
      if (registered.has(event)) {
        throw new ContractError('CONFLICT', { message: `"${event}" already has a handler.` });
      }
      const entry = { handler };
      let ignore = (): void => undefined;
      const end = (): void => {
        ignore();
        if (registered.get(event) === entry) registered.delete(event);
      };
      registered.set(event, entry);
      ignore = whenAborted(signal, end);
      return end;
    },
    clear: () => registered.clear(),
  };
}
