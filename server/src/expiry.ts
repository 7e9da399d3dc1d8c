import type { Session } from './session.ts';

/** Longest delay that a timer takes, in milliseconds: about 25 days. */
const maxDelay = 2 ** 31 - 1;

/**
 * Marks a session as expired when its credentials expire, and disconnects it `graceMs` later.
 *
 * @returns a function that cancels this.
 */
export function watchExpiry(session: Session, graceMs: number, clock: () => number = Date.now): () => void {
  let timer: NodeJS.Timeout | undefined;
  const wait = (until: number, then: () => void): void => {
    const delay = until - clock();
    timer = delay > maxDelay ? setTimeout(wait, maxDelay, until, then) : setTimeout(then, Math.max(0, delay));
  };
  if (session.expiresAt !== Number.POSITIVE_INFINITY) {
    wait(session.expiresAt, () => {
      session.expired = true;
      wait(session.expiresAt + graceMs, () => session.socket.disconnect());
    });
  }
  return () => clearTimeout(timer);
}
