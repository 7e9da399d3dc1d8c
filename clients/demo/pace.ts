/** Something that is told no more often than a pace allows. */
export interface Paced<Value> {
  /** Tells `value` at once, or as soon as the pace allows unless a newer one has come by then. */
  readonly tell: (value: Value) => void;
  /** Forgets what is waiting. */
  readonly cancel: () => void;
}

/** Tells the newest value, at once and then at most every `everyMs` milliseconds; older ones are forgotten. */
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

/** Tells a value at once, and the same one again at most every `everyMs` milliseconds. */
export function sparingly<Value>(everyMs: number, send: (value: Value) => void): (value: Value) => void {
  let last: { readonly value: Value; readonly at: number } | undefined;
  return (value) => {
    const at = performance.now();
    if (last && Object.is(last.value, value) && at - last.at < everyMs) return;
    last = { value, at };
    send(value);
  };
}
