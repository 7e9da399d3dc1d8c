import type { ErrorBody, RequestOptions, RequestState, Result, SendArguments } from '@sockeye/client';
import { useCallback, useMemo, useState } from 'react';

/** The state of a component's latest request, with `send` and `reset`. */
export type RequestView<Payload, Data, Error = ErrorBody> = RequestState<Data, Error> & {
  /**
   * Sends the event. Never rejects. The state is that of the latest call. The promise settles even after the component
   * is unmounted.
   */
  readonly send: (...args: SendArguments<Payload>) => Promise<Result<Data, Error>>;
  /** Resets the state to `idle`; pending requests still settle for their callers. */
  readonly reset: () => void;
};

/** Sends one kind of request. */
export type Ask = (payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;

type State = RequestState<unknown>;

const idle: State = { status: 'idle', isPending: false };

/** Keeps the state of the requests that a component sends with `ask`. Resets it when `ask` changes. */
export function useAsk(ask: Ask): RequestView<unknown, unknown> {
  const [{ by, state }, show] = useState({ by: ask, state: idle });
  const send = useCallback<Ask>(
    async (payload, options) => {
      const pending: { by: Ask; state: State } = { by: ask, state: { status: 'pending', isPending: true } };
      show(pending);
      const result = await ask(payload, options);
      show((now) => (now === pending ? { by: ask, state: settled(result) } : now));
      return result;
    },
    [ask],
  );
  const reset = useCallback(() => show({ by: ask, state: idle }), [ask]);
  const current = by === ask ? state : idle;
  return useMemo(() => ({ ...current, send, reset }), [current, send, reset]);
}

function settled(result: Result<unknown>): State {
  return result.ok
    ? { status: 'success', isPending: false, data: result.data }
    : { status: 'error', isPending: false, error: result.error };
}
