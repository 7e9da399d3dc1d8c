/** Tells a person that something is still being done. */
export interface Progress {
  /** Says what is done now; replaces what was said before. */
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

export interface ProgressOptions {
  /** Where it is shown; nothing is shown where it is no terminal. */
  readonly stream: { readonly isTTY?: boolean; write(text: string): unknown };
  /** Milliseconds before anything is shown: what is quick needs no words. Default: 500. */
  readonly delay?: number;
  /** Milliseconds. Default: the monotonic clock. */
  readonly now?: () => number;
}

/** Makes a line of progress, counted from now. */
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
      // Running a contract holds the thread, and with it the timer; the next step then speaks up itself.
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
