import type { Provider } from '@angular/core';

/** What a `withX()` adds to a client that is provided. */
export interface Feature {
  /** Run in an injection context, and again whenever a signal changes that it reads. */
  readonly connectWhile?: (() => boolean) | undefined;
  readonly providers?: readonly Provider[] | undefined;
}

/**
 * Keeps the client connected only as long as `condition` is true, such as while somebody is signed in. It is run in an
 * injection context and followed like a `computed`. Without this feature the client is connected from the moment that it
 * is first injected.
 */
export function withConnectWhile(condition: () => boolean): Feature {
  return { connectWhile: condition };
}
