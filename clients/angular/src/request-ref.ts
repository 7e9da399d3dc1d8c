import { computed, signal, type Signal } from '@angular/core';
import type { ErrorBody, RequestOptions, RequestState, Result, SendArguments } from '@sockeye/client';
import type { ClientSite } from './site.ts';

/** A request as signals: the whole state, which narrows by `status`, and its parts. */
export interface RequestRef<Payload, Data, Error = ErrorBody> {
  readonly state: Signal<RequestState<Data, Error>>;
  readonly status: Signal<RequestState<Data, Error>['status']>;
  readonly isPending: Signal<boolean>;
  readonly data: Signal<Data | undefined>;
  readonly error: Signal<Error | undefined>;
  /**
   * Sends the event; never rejects. The state follows the latest call alone. A request that outlives its component is
   * answered all the same, and shown nowhere.
   */
  readonly send: (...args: SendArguments<Payload>) => Promise<Result<Data, Error>>;
  /** Back to `idle`; the answer to a request under way goes to its caller alone. */
  readonly reset: () => void;
}

type State = RequestState<unknown>;
type Ask = (event: string, payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;

const idle: State = { status: 'idle', isPending: false };

/** Keeps the state of the requests of one kind that its site sends; generated code says what a `View` is. */
export function requestRef<View>(site: ClientSite<object>, event: string): View {
  const { request } = site.client as { readonly request: Ask };
  const state = signal(idle);
  let isOver = false;
  site.destroyRef.onDestroy(() => (isOver = true));
  const view: RequestRef<unknown, unknown> = {
    state: state.asReadonly(),
    status: computed(() => state().status),
    isPending: computed(() => state().isPending),
    data: computed(() => state().data),
    error: computed(() => state().error),
    send: async (payload?: unknown, options?: RequestOptions) => {
      const pending: State = { status: 'pending', isPending: true };
      if (!isOver) state.set(pending);
      const result = await site.outside(() => request(event, payload, options));
      await site.deliver(() => state.update((now) => (now === pending && !isOver ? settled(result) : now)));
      return result;
    },
    reset: () => state.set(idle),
  };
  return view as View;
}

function settled(result: Result<unknown>): State {
  return result.ok
    ? { status: 'success', isPending: false, data: result.data }
    : { status: 'error', isPending: false, error: result.error };
}
