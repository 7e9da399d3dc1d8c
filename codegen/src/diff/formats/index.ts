import { formatGithub } from './github.ts';
import { formatGitlab } from './gitlab.ts';
import { formatJson } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import type { DiffReport } from './report.ts';
import { formatSarif } from './sarif.ts';
import { formatText } from './text.ts';

/** Every format by the name that `--format` takes. Each gives a whole document that ends with a newline. */
export const formats = {
  text: formatText,
  json: formatJson,
  markdown: formatMarkdown,
  github: formatGithub,
  gitlab: formatGitlab,
  sarif: formatSarif,
  junit: formatJunit,
} as const satisfies Readonly<Record<string, (report: DiffReport) => string>>;

/** The name of a format. */
export type FormatName = keyof typeof formats;
