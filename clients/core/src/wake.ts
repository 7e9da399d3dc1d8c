/** What a page tells when it may have been asleep or without a network. */
const signs = ['online', 'pageshow', 'visibilitychange'];

/**
 * Calls `check` when the page comes back to life: from another tab, from the back/forward cache, from the loss of its
 * network. Does nothing where there is no page. Returns the way to stop.
 */
export function onWake(check: () => void): () => void {
  const page = globalThis as Partial<Pick<Window, 'addEventListener' | 'removeEventListener' | 'document'>>;
  const run = (): void => {
    if (!page.document?.hidden) check();
  };
  for (const sign of signs) page.addEventListener?.(sign, run);
  return () => {
    for (const sign of signs) page.removeEventListener?.(sign, run);
  };
}
