import type { Logger } from 'pino';

/** Sends something to clients; never throws. */
export type Tell = (send: () => void) => void;

/**
 * Creates a function that notifies clients of a committed write. Errors are logged as `message` and not thrown: the
 * write has succeeded, so its caller must not receive an error.
 */
export function createTell(log: Logger, message: string): Tell {
  return (send) => {
    try {
      send();
    } catch (error) {
      log.error({ err: error }, message);
    }
  };
}
