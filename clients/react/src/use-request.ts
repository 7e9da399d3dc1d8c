import type { ErrorBody, RequestOptions, RequestState, Result, SendArguments } from '@sockeye/client';
import { useCallback, useMemo, useState } from 'react';

/** A request that a component sends, and where it stands. */
export type RequestView<Payload, Data, Error = ErrorBody> = RequestState<Data, Error> & {
  /**
   * Sends the event; never rejects. The state follows the latest call alone. A request that outlives its component is
   * answered all the same, and shown nowhere.
   */
  readonly send: (...args: SendArguments<Payload>) => Promise<Result<Data, Error>>;
  /** Back to `idle`; the answer to a request under way goes to its caller alone. */
  readonly reset: () => void;
};

/** Sends one kind of request. */
export type Ask = (payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;

type State = RequestState<unknown>;

const idle: State = { status: 'idle', isPending: false };

/** Keeps the state of the requests that one component sends by `ask`; begins anew when that is another function. */
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
