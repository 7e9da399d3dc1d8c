import type { Docs } from '../model.ts';
import { lineWidth, type DocComment } from './layout.ts';

/** The parts of a doc comment. */
export interface DocParts extends Docs {
  /** The first paragraph. */
  readonly summary?: string | undefined;
  /** The text after `@throws`. */
  readonly throws?: string;
  /** The text after `@event`. */
  readonly event?: string;
}

/**
 * A doc comment: summary, title and description as paragraphs, then `@deprecated`, `@example` and `@event`. On one
 * line if it fits. `undefined` if all parts are absent.
 */
export function docComment(parts: DocParts): DocComment | undefined {
  if (isSilent(parts)) return undefined;
  const text = lines(
    [parts.summary, parts.title, parts.description].filter(isText).filter(isFirst).join('\n\n'),
  );
  const tags = [
    ...(parts.deprecated === undefined
      ? []
      : lines(`@deprecated${parts.deprecated === true ? '' : ` ${parts.deprecated}`}`)),
    ...(parts.examples ?? []).map((example) => `@example ${escaped(JSON.stringify(example))}`),
    ...(parts.throws === undefined ? [] : [`@throws ${parts.throws}`]),
    ...(parts.event === undefined ? [] : [`@event ${escaped(oneLine(parts.event))}`]),
  ];
  const all = text.length > 0 && tags.length > 0 ? [...text, '', ...tags] : [...text, ...tags];
  if (all.length === 0) return undefined;
  return (indent) => {
    const only = all.length === 1 ? `${indent}/** ${all[0]} */` : undefined;
    if (only !== undefined && only.length <= lineWidth) return `${only}\n`;
    return `${indent}/**\n${all.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
  };
}

/** Most properties have no documentation at all. */
function isSilent({ summary, title, description, deprecated, examples, throws, event }: DocParts): boolean {
  const texts = summary ?? title ?? description ?? throws ?? event;
  return texts === undefined && deprecated === undefined && examples === undefined;
}

/** Docs of a place, completed by those of its schema. */
export function joinDocs(place: DocParts, schema: Docs): DocParts {
  const description = [place.description, schema.title, schema.description].filter(isText).join('\n\n');
  return { ...schema, ...place, ...(description === '' ? {} : { description }) };
}

/** A name in running text: in back quotes, on one line. */
export function codeName(name: string): string {
  return `\`${oneLine(name)}\``;
}

function lines(text: string): string[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  return escaped(trimmed)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trimEnd());
}

/** Text of a contract must not end the comment that contains it. */
function escaped(text: string): string {
  return text.replaceAll('*/', '*\\/');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function isText(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== '';
}

function isFirst(value: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(value) === index;
}
