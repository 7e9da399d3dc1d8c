import { failure, success, type ErrorBody, type EventEntry } from '@sockeye/contract/wire';
import { bodyOf, ContractError, errorOf } from './errors.ts';
import type { Handler, Listen } from './event-hub.ts';
import type { Runtime } from './runtime.ts';
import { whenAborted } from './subscribers.ts';
import type { EventMeta } from './surface.ts';

/** Those who answer the server's questions. */
export interface Answers {
  /** Registers the one who answers a question. @throws ContractError CONFLICT when there is one already. */
  readonly answer: Listen;
  /** Asks the one who answers, and sends what comes of it. */
  readonly respond: (question: Question, payload: unknown, meta: EventMeta) => Promise<void>;
  /** Answers a failure in the envelope, or as the existing wire has it; not at all where that has no way. */
  readonly refuse: (question: Question, error: ErrorBody) => void;
  readonly clear: () => void;
}

/** A call of the server's. */
export interface Question {
  readonly event: string;
  readonly entry: EventEntry;
  readonly ack: Acknowledge;
}

/** Sends an answer. */
export type Acknowledge = (...args: unknown[]) => void;

/** Answers the questions of a contract that has some, for a generated client. */
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
        throw new ContractError('CONFLICT', { message: `"${event}" has a handler that answers it already.` });
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
