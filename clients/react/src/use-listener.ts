import type { EventMeta, Unsubscribe } from '@sockeye/client';
import { useEffect, useInsertionEffect, useRef } from 'react';

/** A listener. Generated code adds the payload's type. */
export type Handler = (payload: never, meta: EventMeta) => unknown;

/**
 * Calls the handler of the latest render. Registers once while the component is mounted.
 *
 * @param listen Registers the handler, again whenever the function changes. `undefined`: listen to nothing.
 */
export function useListener(listen: ((handler: Handler) => Unsubscribe) | undefined, handler: Handler): void {
  const latest = useRef(handler);
  useInsertionEffect(() => {
    latest.current = handler;
  });
  useEffect(() => listen?.((payload, meta) => latest.current(payload, meta)), [listen]);
}
