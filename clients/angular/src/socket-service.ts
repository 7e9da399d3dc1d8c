import type { AbstractType, Signal } from '@angular/core';
import type { ClientBase, Connection } from '@sockeye/client';
import { Observable } from 'rxjs';
import type { AngularBinding } from './define-angular.ts';
import type { Feature } from './feature.ts';
import { observe } from './listen.ts';
import type { ClientSite } from './site.ts';
import { storeSignal } from './store-signal.ts';

/** Members of every generated socket service besides `on`, `emit` and `request`. */
export interface SocketServiceBase<Client extends ClientBase> {
  /** The client itself: rooms, projections, a method for every event. */
  readonly client: Client;
  /** State of the connection. */
  readonly connection: Signal<Connection>;
  /** The same as an Observable: the current value, then every change. */
  readonly connection$: Observable<Connection>;
}

interface Untyped extends SocketServiceBase<ClientBase> {
  readonly on: (event: string, room?: object) => Observable<unknown>;
  readonly emit: (event: string, payload?: unknown, options?: object) => boolean;
  readonly request: (event: string, payload?: unknown, options?: object) => Promise<unknown>;
}

/** Provides the client as a service, with events as Observables. */
export function withService<Client extends ClientBase, Options>(
  { at }: AngularBinding<Client, Options>,
  token: AbstractType<SocketServiceBase<Client>>,
): Feature {
  return { providers: [{ provide: token, useFactory: () => socketService(at(withService)) }] };
}

function socketService<Client extends ClientBase>(site: ClientSite<Client>): Untyped {
  const { client, destroyRef } = site;
  const { connection } = client;
  const { emit, request } = client as unknown as Untyped;
  return {
    client,
    connection: storeSignal(site, () => connection),
    connection$: new Observable((subscriber) => {
      let last = connection.getSnapshot();
      subscriber.next(last);
      if (!site.live || destroyRef.destroyed) return subscriber.complete();
      const tell = (): void => {
        const now = connection.getSnapshot();
        if (now !== last) subscriber.next((last = now));
      };
      const stop = connection.subscribe(() => void site.deliver(tell));
      const forget = destroyRef.onDestroy(() => subscriber.complete());
      return () => {
        forget();
        stop();
      };
    }),
    on: (event, room) => observe({ ...site, client: room ?? client }, event),
    emit: (...args) => emit(...args),
    request: (...args) => site.outside(() => request(...args)).then((result) => site.deliver(() => result)),
  };
}
