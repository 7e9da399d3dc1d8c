/**
 * Reports in the forms that people, pull requests and CI systems read. Each is a row: a pure function from a report to
 * its text.
 *
 * @module formats
 */
import type { FormatName } from '../format-names.ts';
import type { Report } from '../finding.ts';
import { renderGithub } from './github.ts';
import { renderGitlab } from './gitlab.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';

/** By name. Every text ends in a line feed. */
export const formats = {
  text: renderText,
  json: renderJson,
  markdown: renderMarkdown,
  github: renderGithub,
  gitlab: renderGitlab,
  sarif: renderSarif,
  junit: renderJunit,
} as const satisfies Record<FormatName, (report: Report) => string>;
