import { isPlatformBrowser } from '@angular/common';
import {
  assertInInjectionContext,
  DestroyRef,
  inject,
  InjectionToken,
  Injector,
  NgZone,
  PLATFORM_ID,
} from '@angular/core';
import { createDelivery, type Deliver } from './delivery.ts';

/** Where a function injects from. */
export interface InjectOptions {
  /** Needed outside of an injection context; what is injected lives as long as it. Default: that of the context. */
  readonly injector?: Injector | undefined;
}

/** What all sites of one application share. */
export interface Host {
  /** In a browser; on a server nothing is joined, listened to or connected. */
  readonly live: boolean;
  readonly deliver: Deliver;
  /** Runs something where Angular does not watch for pending work. */
  readonly outside: <Value>(run: () => Value) => Value;
}

/** The place that something was injected at, and whose end is its end. */
export interface Site extends Host {
  readonly injector: Injector;
  readonly destroyRef: DestroyRef;
}

/** What the options of a call may say beside where it injects from. */
export interface CallOptions extends InjectOptions {
  /** What a room's function returned, or a signal of it. */
  readonly room?: unknown;
  /** When two values are the same. */
  readonly isEqual?: ((a: never, b: never) => boolean) | undefined;
}

/** A site with the client that is provided there, and the options of the call. */
export interface ClientSite<Client> extends Site {
  readonly client: Client;
  readonly options?: CallOptions | undefined;
}

/** The application that is running. */
export const HOST = /* @__PURE__ */ new InjectionToken<Host>('sockeye', {
  providedIn: 'root',
  factory: () => {
    const zone = inject(NgZone);
    return {
      live: isPlatformBrowser(inject(PLATFORM_ID)),
      deliver: createDelivery(zone),
      outside: (run) => zone.runOutsideAngular(run),
    };
  },
});

/** Any function, for its name alone. */
export type Caller = (...args: never[]) => unknown;

/**
 * The site of a call.
 *
 * @throws NG0203, with the name of `caller`, outside of an injection context when no injector is given.
 */
export function siteOf(caller: Caller, { injector }: InjectOptions = {}): Site {
  if (!injector) assertInInjectionContext(caller);
  const at = injector ?? inject(Injector);
  return { ...at.get(HOST), injector: at, destroyRef: at.get(DestroyRef) };
}
