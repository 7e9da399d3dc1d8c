import { effect, untracked } from '@angular/core';
import type { EventMeta, Unsubscribe } from '@sockeye/client';
import { Observable } from 'rxjs';
import { roomIn, type GivenRoom } from './room-ref.ts';
import type { ClientSite, InjectOptions } from './site.ts';

/** What listens; generated code knows the payload's type. */
export type Handler = (payload: never, meta: EventMeta) => unknown;

/** Where to listen. */
export interface InRoom<Room> extends InjectOptions {
  /** What the room's function returned, or a signal of it. Default: every room that the client is in. */
  readonly room?: GivenRoom<Room> | undefined;
}

/** A room, as far as it can be listened to; it says nothing about which event is meant. */
export interface Listens<E, Payload> {
  on(event: NoInfer<E>, handler: (payload: NoInfer<Payload>, meta: EventMeta) => void): Unsubscribe;
}

type On = (event: string, handler: Handler) => Unsubscribe;

/** Calls `handler` with every such event until its site ends; with a room, follows which one that is. */
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

/** Answers the server's questions until its site ends. */
export function answer(site: ClientSite<object>, event: string, handler: Handler): void {
  if (!site.live) return;
  const { answer: register } = site.client as { readonly answer: On };
  site.destroyRef.onDestroy(register(event, (payload, meta) => site.deliver(() => handler(payload, meta))));
}

/** Payloads of an event; every subscriber listens by itself. Completes when its site ends, and on a server at once. */
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
