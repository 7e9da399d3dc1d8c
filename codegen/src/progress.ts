/** A progress line on the terminal. */
export interface Progress {
  /** Shows the current step; replaces the previous one. */
  show(text: string): void;
  /** Removes the line. */
  clear(): void;
}

export interface ProgressOptions {
  /** Output stream; nothing is shown unless it is a terminal. */
  readonly stream: { readonly isTTY?: boolean; write(text: string): unknown };
  /** Milliseconds before anything is shown. Default: 500. */
  readonly delay?: number;
  /** Milliseconds. Default: the monotonic clock. */
  readonly now?: () => number;
}

/** Creates a progress line; the delay starts now. */
export function createProgress({
  stream,
  delay = 500,
  now = () => performance.now(),
}: ProgressOptions): Progress {
  const start = now();
  let text = '';
  let shown = false;
  let timer: NodeJS.Timeout | undefined;
  const print = (): void => {
    stream.write(`\r\x1b[2K${text}`);
    shown = true;
  };
  return {
    show(next) {
      if (stream.isTTY !== true) return;
      text = next;
      // Running a contract blocks the thread, and thus the timer; the next step then prints by itself.
      if (now() - start >= delay) print();
      else timer ??= setTimeout(print, delay - (now() - start)).unref();
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      if (shown) stream.write('\r\x1b[2K');
      shown = false;
    },
  };
}
