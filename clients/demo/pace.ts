/** A rate-limited value. */
export interface Paced<Value> {
  /** Sends `value` at once or, if it is too early, later, unless a newer value replaces it. */
  readonly tell: (value: Value) => void;
  /** Drops the waiting value. */
  readonly cancel: () => void;
}

/** Sends the newest value at once, then at most every `everyMs` milliseconds; older values are dropped. */
export function newest<Value>(everyMs: number, send: (value: Value) => void): Paced<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { readonly value: Value } | undefined;

  const next = (): void => {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    timer = setTimeout(next, everyMs);
    send(value);
  };

  return {
    tell: (value) => {
      waiting = { value };
      if (timer === undefined) next();
    },
    cancel: () => {
      waiting = undefined;
    },
  };
}

/** Sends a value at once, and repeats of it at most every `everyMs` milliseconds. */
export function sparingly<Value>(everyMs: number, send: (value: Value) => void): (value: Value) => void {
  let last: { readonly value: Value; readonly at: number } | undefined;
  return (value) => {
    const at = performance.now();
    if (last && Object.is(last.value, value) && at - last.at < everyMs) return;
    last = { value, at };
    send(value);
  };
}
