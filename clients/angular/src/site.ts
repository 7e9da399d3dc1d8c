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

/** Options of inject functions. */
export interface InjectOptions {
  /** Required outside of an injection context; the result lives as long as it. Default: the context's injector. */
  readonly injector?: Injector | undefined;
}

/** Shared by all sites of one application. */
export interface Host {
  /** Whether this is a browser. A server never connects, joins or listens. */
  readonly live: boolean;
  readonly deliver: Deliver;
  /** Runs a function outside of Angular's zone. */
  readonly outside: <Value>(run: () => Value) => Value;
}

/** Where something was injected. It is destroyed with this place. */
export interface Site extends Host {
  readonly injector: Injector;
  readonly destroyRef: DestroyRef;
}

/** Options of a call besides its injector. */
export interface CallOptions extends InjectOptions {
  /** The value returned by a room's function, or a signal of it. */
  readonly room?: unknown;
  /** Whether two values are equal. */
  readonly isEqual?: ((a: never, b: never) => boolean) | undefined;
}

/** A site with its client and the options of the call. */
export interface ClientSite<Client> extends Site {
  readonly client: Client;
  readonly options?: CallOptions | undefined;
}

/** The running application. */
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

/** Any function; only its name is used. */
export type Caller = (...args: never[]) => unknown;

/**
 * The site of a call.
 *
 * @throws NG0203, with the name of `caller`, outside of an injection context if no injector is passed.
 */
export function siteOf(caller: Caller, { injector }: InjectOptions = {}): Site {
  if (!injector) assertInInjectionContext(caller);
  const at = injector ?? inject(Injector);
  return { ...at.get(HOST), injector: at, destroyRef: at.get(DestroyRef) };
}
