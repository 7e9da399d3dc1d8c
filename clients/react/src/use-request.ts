import type { ErrorBody, RequestOptions, Result } from '@sockeye/client';
import { useCallback, useMemo, useState } from 'react';

/**
 * Where the latest request of a component stands.
 *
 * - `idle`: nothing was sent since the component was mounted, or since `reset()`.
 * - `pending`: sent, or waiting to be.
 * - `success`, `error`: the answer is there.
 */
export type RequestState<Data, Error = ErrorBody> =
  | {
      readonly status: 'idle';
      readonly isPending: false;
      readonly data?: undefined;
      readonly error?: undefined;
    }
  | {
      readonly status: 'pending';
      readonly isPending: true;
      readonly data?: undefined;
      readonly error?: undefined;
    }
  | { readonly status: 'success'; readonly isPending: false; readonly data: Data; readonly error?: undefined }
  | { readonly status: 'error'; readonly isPending: false; readonly data?: undefined; readonly error: Error };

/** What `send` takes: the payload, which an event without one leaves out, and how to send it. */
export type SendArguments<Payload> = [Payload] extends [undefined]
  ? [payload?: undefined, options?: RequestOptions]
  : [payload: Payload, options?: RequestOptions];

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
