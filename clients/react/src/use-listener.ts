import type { EventMeta, Unsubscribe } from '@sockeye/client';
import { useEffect, useInsertionEffect, useRef } from 'react';

/** What listens; generated code knows the payload's type. */
export type Handler = (payload: never, meta: EventMeta) => unknown;

/**
 * Calls the handler of the latest render, registered once for as long as the component is mounted.
 *
 * @param listen Registers; `undefined` where there is nothing to listen to. Called anew when it is another function.
 */
export function useListener(listen: ((handler: Handler) => Unsubscribe) | undefined, handler: Handler): void {
  const latest = useRef(handler);
  useInsertionEffect(() => {
    latest.current = handler;
  });
  useEffect(() => listen?.((payload, meta) => latest.current(payload, meta)), [listen]);
}
