import { createSubscribers, type Subscribers } from './subscribers.ts';
import type { EventMeta, ListenOptions, Unsubscribe } from './surface.ts';

/** A listener. Generated code adds the payload's type. */
export type Handler = (payload: never, meta: EventMeta) => unknown;

/** Adds a listener. Every call is a separate registration, even for the same function. */
export type Listen = (event: string, handler: Handler, options?: ListenOptions) => Unsubscribe;

/** Listeners by event. */
export interface EventHub {
  readonly on: Listen;
  readonly call: (event: string, payload: unknown, meta: EventMeta) => void;
  readonly has: (event: string) => boolean;
  readonly used: () => boolean;
  readonly clear: () => void;
}

/** @param changed Called after a listener was added or removed. */
export function createEventHub(report: (error: unknown) => void, changed?: () => void): EventHub {
  const events = new Map<string, Subscribers<[never, EventMeta]>>();
  return {
    on: (event, handler, { signal } = {}) => {
      let subscribers = events.get(event);
      if (!subscribers) {
        const made = createSubscribers<[never, EventMeta]>(report, () => {
          if (!made.size()) events.delete(event);
          changed?.();
        });
        events.set(event, (subscribers = made));
      }
      return subscribers.add(handler, signal);
    },
    call: (event, payload, meta) => events.get(event)?.call(payload as never, meta),
    has: (event) => events.has(event),
    used: () => events.size > 0,
    clear: () => {
      for (const subscribers of [...events.values()]) subscribers.clear();
    },
  };
}
