import { stat } from 'node:fs/promises';

/** When files were last written, in milliseconds since 1970; `undefined` for a missing file. */
export type Times = ReadonlyMap<string, number | undefined>;

/** Reads the modification times of files. */
export async function timesOf(files: readonly string[]): Promise<Times> {
  const times = files.map(
    async (file) => [file, (await stat(file).catch(() => undefined))?.mtimeMs] as const,
  );
  return new Map(await Promise.all(times));
}

/** What was known at the start of a run. */
export interface RunStart {
  /** Modification times of the files that the run was known to need. */
  readonly before: Times;
  /** Milliseconds since 1970. */
  readonly start: number;
}

/** Whether a run may have read an outdated file: one that was written, created or removed since the run began. */
export async function isStale(files: readonly string[], { before, start }: RunStart): Promise<boolean> {
  const now = [...(await timesOf(files))];
  return now.some(([file, time]) => (before.has(file) ? before.get(file) !== time : (time ?? 0) > start));
}
