import type { Observation } from './options.ts';
import type { ResolvedOptions } from './resolve-options.ts';

/** Tells the observer, whose own errors, thrown or rejected, break nothing. */
export function observe(options: ResolvedOptions, observation: Observation): void {
  quietly(() => options.observe?.(observation));
}

/** Writes an error to the log, whose own errors break nothing. */
export function logError(options: ResolvedOptions, fields: object, message: string): void {
  quietly(() => options.log.error(fields, message));
}

/** Writes a warning to the log, whose own errors break nothing. */
export function logWarning(options: ResolvedOptions, fields: object, message: string): void {
  quietly(() => options.log.warn(fields, message));
}

function quietly(run: () => unknown): void {
  try {
    const result = run();
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // A broken observer must not break what it observes.
  }
}
