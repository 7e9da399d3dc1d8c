/** What a page tells when it may have been asleep or without a network. */
const signs = ['online', 'pageshow', 'visibilitychange'];

/** What there is of a page; nothing outside of a browser. */
export const page = globalThis as Partial<
  Pick<Window, 'addEventListener' | 'removeEventListener' | 'document'>
>;

/** Calls `run` with each of these events of the page's. Does nothing where there is no page. Returns the way to stop. */
export function onPage(events: readonly string[], run: (event: Event) => void): () => void {
  for (const event of events) page.addEventListener?.(event, run);
  return () => {
    for (const event of events) page.removeEventListener?.(event, run);
  };
}

/**
 * Calls `check` when the page comes back to life: from another tab, from the back/forward cache, from the loss of its
 * network. Returns the way to stop.
 */
export function onWake(check: () => void): () => void {
  return onPage(signs, () => {
    if (!page.document?.hidden) check();
  });
}
