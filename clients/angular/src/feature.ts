import type { Provider } from '@angular/core';

/** A feature of a provided client, returned by `withX()`. */
export interface Feature {
  /** Runs in an injection context, and again whenever a signal that it reads changes. */
  readonly connectWhile?: (() => boolean) | undefined;
  readonly providers?: readonly Provider[] | undefined;
}

/**
 * Keeps the client connected only while `condition` is true, for example while a user is signed in. `condition` runs in
 * an injection context and is tracked like a `computed`. Without this feature, the client connects when it is first
 * injected.
 */
export function withConnectWhile(condition: () => boolean): Feature {
  return { connectWhile: condition };
}
