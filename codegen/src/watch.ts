import { createBell } from './bell.ts';
import { createGenerator, type GenerateResult } from './command-generate.ts';
import type { ProjectOptions } from './load-project.ts';
import { createObserver } from './observe.ts';
import { isStale, timesOf } from './stale.ts';
import { nothingWatched, watchSet } from './watch-set.ts';

/** Options of {@link watch}. */
export interface WatchOptions extends ProjectOptions {
  /** Ends watching. */
  readonly signal: AbortSignal;
  /** Told of every run, the first included, and how many seconds it took. */
  readonly onResult: (result: GenerateResult, seconds: number) => void | Promise<void>;
  /** Told once, when changes are noticed from then on. */
  readonly onReady?: (() => void) | undefined;
  /**
   * Milliseconds of silence after a change before anything is written or told: editors save in several steps, and what
   * was made of the first of them is forgotten. Default: 10.
   */
  readonly quiet?: number | undefined;
}

/**
 * Generates, and again whenever a contract, a module that it imports or the configuration changes, until the signal.
 * A run that fails is reported and leaves the last good output; the next change tries again. Without a configuration
 * there is nothing to watch, and it ends at once.
 *
 * @returns what the last run came to; `failed` where changes could not be watched any more.
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
        // What was made of files that are being written is forgotten.
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

/** For so many milliseconds after a change chokidar does not tell of another one of the same file. */
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
