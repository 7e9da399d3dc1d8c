import { stat } from 'node:fs/promises';

/** When files were last written, in milliseconds since 1970; `undefined` for a file that is not there. */
export type Times = ReadonlyMap<string, number | undefined>;

/** Looks at the times of files. */
export async function timesOf(files: readonly string[]): Promise<Times> {
  const times = files.map(
    async (file) => [file, (await stat(file).catch(() => undefined))?.mtimeMs] as const,
  );
  return new Map(await Promise.all(times));
}

/** What was known when a run began. */
export interface RunStart {
  /** Times of the files that the run was known to need. */
  readonly before: Times;
  /** Milliseconds since 1970. */
  readonly start: number;
}

/** Whether a run may have read a file before its last change: the file was written, made or removed since it began. */
export async function isStale(files: readonly string[], { before, start }: RunStart): Promise<boolean> {
  const now = [...(await timesOf(files))];
  return now.some(([file, time]) => (before.has(file) ? before.get(file) !== time : (time ?? 0) > start));
}
