/** Events after which a page may have been asleep or offline. */
const signs = ['online', 'pageshow', 'visibilitychange'];

/** The page; empty outside of a browser. */
export const page = globalThis as Partial<
  Pick<Window, 'addEventListener' | 'removeEventListener' | 'document'>
>;

/** Calls `run` for these events of the page, if there is one. Returns a function that stops it. */
export function onPage(events: readonly string[], run: (event: Event) => void): () => void {
  for (const event of events) page.addEventListener?.(event, run);
  return () => {
    for (const event of events) page.removeEventListener?.(event, run);
  };
}

/**
 * Calls `check` when the page becomes active again: visible, restored from the back/forward cache, or back online.
 * Returns a function that stops it.
 */
export function onWake(check: () => void): () => void {
  return onPage(signs, () => {
    if (!page.document?.hidden) check();
  });
}
