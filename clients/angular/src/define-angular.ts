import {
  DestroyRef,
  effect,
  inject,
  Injector,
  makeEnvironmentProviders,
  runInInjectionContext,
  untracked,
  type AbstractType,
  type EnvironmentProviders,
} from '@angular/core';
import { systemClock, type ClientBase, type ClientOptions, type Clock } from '@sockeye/client';
import type { Feature } from './feature.ts';
import { HOST, siteOf, type Caller, type CallOptions, type ClientSite, type Host } from './site.ts';

/** Binding of one contract to Angular. */
export interface AngularBinding<Client, Options> {
  /** `options` can be a function, which runs in an injection context when the client is first injected. */
  readonly provide: (
    options: Options | (() => Options),
    features: readonly Feature[],
  ) => EnvironmentProviders;
  /**
   * The site of a call of `caller`.
   *
   * @throws NG0203 outside of an injection context; Error if no client is provided.
   */
  readonly at: (caller: Caller, options?: CallOptions) => ClientSite<Client>;
}

/**
 * Binds a contract to Angular.
 *
 * @param prefix Prefix of the generated names, for messages: `Board`.
 */
export function defineAngular<Client extends ClientBase, Options extends ClientOptions>(
  prefix: string,
  token: AbstractType<Client>,
  create: (options: Options) => Client,
): AngularBinding<Client, Options> {
  return {
    provide: (options, features) => {
      const make = (): Client => {
        const host = inject(HOST);
        const client = create(outside(typeof options === 'function' ? options() : options, host));
        inject(DestroyRef).onDestroy(client.close);
        if (host.live) hold(client, host, features);
        return client;
      };
      return makeEnvironmentProviders([
        { provide: token, useFactory: make },
        ...features.map(({ providers = [] }) => [...providers]),
      ]);
    },
    at: (caller, options) => {
      const site = siteOf(caller, options);
      const client = site.injector.get(token, null);
      if (!client) {
        throw new Error(
          `${prefix} is not provided. Add provide${prefix}(...) to the providers of the application or of a route.`,
        );
      }
      return { ...site, client, options };
    },
  };
}

/** Adapts the options so that Angular does not wait for the client's socket and timers. */
function outside<Options extends ClientOptions>(options: Options, host: Host): Options {
  const { after, ...clock } = options.clock ?? systemClock;
  const quiet: Clock = { ...clock, after: (ms, run) => host.outside(() => after(ms, run)) };
  return { ...options, clock: quiet, around: host.outside };
}

/** Keeps the client connected while every feature's condition is true. Ends with the client. */
function hold(client: ClientBase, host: Host, features: readonly Feature[]): void {
  const injector = inject(Injector);
  const connect = () => host.outside(() => client.connect());
  const conditions = features.flatMap(({ connectWhile }) => connectWhile ?? []);
  if (conditions.length === 0) return void connect();
  effect((onCleanup) => {
    if (!runInInjectionContext(injector, () => conditions.every((condition) => condition()))) return;
    const share = untracked(connect);
    onCleanup(() => host.outside(() => share.release()));
  });
}
