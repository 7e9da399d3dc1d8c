import { createBell } from './bell.ts';
import { createGenerator, type GenerateResult } from './command-generate.ts';
import type { ProjectOptions } from './load-project.ts';
import { createObserver } from './observe.ts';
import { isStale, timesOf } from './stale.ts';
import { nothingWatched, watchSet } from './watch-set.ts';

/** Options of {@link watch}. */
export interface WatchOptions extends ProjectOptions {
  /** Stops watching. */
  readonly signal: AbortSignal;
  /** Called after every run, including the first, with its duration in seconds. */
  readonly onResult: (result: GenerateResult, seconds: number) => void | Promise<void>;
  /** Called once, when changes are being watched. */
  readonly onReady?: (() => void) | undefined;
  /**
   * Milliseconds without changes before anything is written or reported: editors save in several steps, and results of
   * the earlier ones are discarded. Default: 10.
   */
  readonly quiet?: number | undefined;
}

/**
 * Generates, and regenerates whenever a contract, a module that it imports or the configuration changes, until the
 * signal. A run that fails is reported and keeps the last good output; the next change tries again. Without a
 * configuration there is nothing to watch, and it returns at once.
 *
 * @returns the result of the last run; `failed` if changes could no longer be watched.
 */
export async function watch(options: WatchOptions): Promise<GenerateResult> {
  const { signal, onResult, quiet = 10 } = options;
  const generator = await createGenerator({ ...options, remembers: true });
  let watched = nothingWatched;
  const bell = createBell(quiet);
  const stop = (): void => bell.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const observer = createObserver({
    onEvent: (event, file) => watched.concerns(event, file) && bell.ring(),
    ignores: (file) => watched.ignores(file),
    onReady: options.onReady ?? (() => undefined),
    onError: (error) => {
      failure = error;
      bell.stop();
    },
  });
  let check: NodeJS.Timeout | undefined;
  let failure: Error | undefined;

  try {
    for (;;) {
      const start = Date.now();
      const before = await timesOf(watched.files);
      const prepared = await generator.prepare();
      watched = watchSet(prepared, watched);
      const isSettled = await bell.settled();
      if (!isSettled || (!signal.aborted && (await isStale(watched.files, { before, start })))) {
        // Results from files that are still being written are discarded.
        if (!isSettled) await bell.next();
        continue;
      }
      const result = await prepared.finish();
      await onResult(result, (Date.now() - start) / 1_000);
      if (result.inputs.files.length === 0) return result;
      await observer.add(watched.folders);
      check = setTimeout(() => {
        void isStale(watched.files, { before, start }).then((stale) => stale && bell.ring());
      }, unnoticed);
      if (!(await bell.next())) {
        if (failure === undefined) return result;
        await onResult(cannotWatch(result, failure), 0);
        return cannotWatch(result, failure);
      }
      clearTimeout(check);
    }
  } finally {
    clearTimeout(check);
    signal.removeEventListener('abort', stop);
    await Promise.all([observer.close(), generator.dispose()]);
  }
}

/** For this many milliseconds after a change, chokidar does not report another change of the same file. */
const unnoticed = 60;

function cannotWatch(result: GenerateResult, { message }: Error): GenerateResult {
  const hint = 'Raise the limit of watched files, or set CHOKIDAR_USEPOLLING=1.';
  return {
    ...result,
    outcome: 'failed',
    files: [],
    diagnostics: [
      { id: 'cannot-watch', level: 'error', message: `Could not watch for changes: ${message}.`, hint },
    ],
  };
}
