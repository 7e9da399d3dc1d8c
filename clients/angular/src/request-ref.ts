import { computed, signal, type Signal } from '@angular/core';
import type { ErrorBody, RequestOptions, RequestState, Result, SendArguments } from '@sockeye/client';
import type { ClientSite } from './site.ts';

/** A request as signals: the whole state, a union by `status`, and its parts. */
export interface RequestRef<Payload, Data, Error = ErrorBody> {
  readonly state: Signal<RequestState<Data, Error>>;
  readonly status: Signal<RequestState<Data, Error>['status']>;
  readonly isPending: Signal<boolean>;
  readonly data: Signal<Data | undefined>;
  readonly error: Signal<Error | undefined>;
  /**
   * Sends the event. Never rejects. The state is that of the latest call. The promise settles even after the component
   * is destroyed.
   */
  readonly send: (...args: SendArguments<Payload>) => Promise<Result<Data, Error>>;
  /** Resets the state to `idle`; pending requests still settle for their callers. */
  readonly reset: () => void;
}

type State = RequestState<unknown>;
type Ask = (event: string, payload?: unknown, options?: RequestOptions) => Promise<Result<unknown>>;

const idle: State = { status: 'idle', isPending: false };

/** Keeps the state of the requests that its site sends. Generated code defines `View`. */
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
