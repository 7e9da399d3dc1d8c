/** Limits attempts to guess passwords. */
export interface SignInLimit {
  /** Milliseconds until the next attempt is allowed; 0 if it is allowed now. */
  readonly waitMs: (key: string) => number;
  readonly failed: (key: string) => void;
  readonly succeeded: (key: string) => void;
}

/** Options of {@link createSignInLimit}. */
export interface SignInLimitOptions {
  /** Failures before attempts are limited. Default: 10. */
  readonly failures?: number;
  /** Time after which failures are forgotten, in ms. Default: 60,000. */
  readonly windowMs?: number;
  /** Maximum number of keys; beyond that, the oldest are dropped. Default: 10,000. */
  readonly keys?: number;
  readonly now?: () => number;
}

/** Creates a {@link SignInLimit} for one process. */
export function createSignInLimit(options: SignInLimitOptions = {}): SignInLimit {
  const { failures = 10, windowMs = 60_000, keys = 10_000, now = Date.now } = options;
  const windows = new Map<string, { count: number; endsAt: number }>();

  return {
    waitMs: (key) => {
      const window = windows.get(key);
      return window && window.count >= failures ? Math.max(0, window.endsAt - now()) : 0;
    },
    failed: (key) => {
      const window = windows.get(key);
      if (window && window.endsAt > now()) {
        window.count += 1;
        return;
      }
      windows.delete(key);
      windows.set(key, { count: 1, endsAt: now() + windowMs });
      if (windows.size > keys) windows.delete(windows.keys().next().value as string);
    },
    succeeded: (key) => void windows.delete(key),
  };
}
