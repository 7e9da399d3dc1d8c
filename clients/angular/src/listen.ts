import { effect, untracked } from '@angular/core';
import type { EventMeta, Unsubscribe } from '@sockeye/client';
import { Observable } from 'rxjs';
import { roomIn, type GivenRoom } from './room-ref.ts';
import type { ClientSite, InjectOptions } from './site.ts';

/** A listener. Generated code adds the payload's type. */
export type Handler = (payload: never, meta: EventMeta) => unknown;

/** Options of a function that listens. */
export interface InRoom<Room> extends InjectOptions {
  /** The value returned by the room's function, or a signal of it. Default: every room that the client is in. */
  readonly room?: GivenRoom<Room> | undefined;
}

/** The part of a room that a listener needs. It does not influence the inference of the event. */
export interface Listens<E, Payload> {
  on(event: NoInfer<E>, handler: (payload: NoInfer<Payload>, meta: EventMeta) => void): Unsubscribe;
}

type On = (event: string, handler: Handler) => Unsubscribe;

/** Calls `handler` for every such event until its site is destroyed. With `room`, switches when that changes. */
export function listen(site: ClientSite<object>, event: string, handler: Handler): void {
  if (!site.live) return;
  let isOver = false;
  const stop = follow(site, event, (payload, meta) =>
    site.deliver(() => (isOver ? undefined : handler(payload, meta))),
  );
  site.destroyRef.onDestroy(() => {
    isOver = true;
    stop();
  });
}

/** Answers an event until its site is destroyed. */
export function answer(site: ClientSite<object>, event: string, handler: Handler): void {
  if (!site.live) return;
  const { answer: register } = site.client as { readonly answer: On };
  site.destroyRef.onDestroy(register(event, (payload, meta) => site.deliver(() => handler(payload, meta))));
}

/** Payloads of an event, with a listener per subscriber. Completes when its site is destroyed; on a server at once. */
export function observe<Payload>(site: ClientSite<object>, event: string): Observable<Payload> {
  const { live, destroyRef, deliver } = site;
  return new Observable((subscriber) => {
    if (!live || destroyRef.destroyed) return subscriber.complete();
    const stop = follow(site, event, (payload) => deliver(() => subscriber.next(payload)));
    const forget = destroyRef.onDestroy(() => subscriber.complete());
    return () => {
      forget();
      stop();
    };
  });
}

function follow({ client, injector, options }: ClientSite<object>, event: string, run: Handler): Unsubscribe {
  const room = options?.room as GivenRoom<unknown> | undefined;
  if (!room) return (client as { readonly on: On }).on(event, run);
  const following = untracked(() =>
    effect(
      (onCleanup) => {
        const at = roomIn(room) as { readonly on: On } | undefined;
        if (at) onCleanup(untracked(() => at.on(event, run)));
      },
      { injector },
    ),
  );
  return () => following.destroy();
}
