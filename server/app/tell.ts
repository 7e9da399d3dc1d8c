import type { Logger } from 'pino';

/** Tells clients something, whatever becomes of it. */
export type Tell = (send: () => void) => void;

/**
 * Makes a function that tells clients what is written already. What fails is logged as `message` and not thrown: the
 * write stands, so whoever asked for it must not hear that it failed.
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
