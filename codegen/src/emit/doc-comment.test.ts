import { describe, expect, it } from 'vitest';
import { docComment, type DocParts } from './doc-comment.ts';

describe('a doc comment', () => {
  it.each<[string, DocParts, string | undefined]>([
    ['nothing', {}, undefined],
    ['empty text', { summary: ' ', description: '' }, undefined],
    ['one line', { summary: 'One.' }, '  /** One. */\n'],
    [
      'paragraphs',
      { summary: 'One.', description: 'Two.\n\nThree.' },
      '  /**\n   * One.\n   *\n   * Two.\n   *\n   * Three.\n   */\n',
    ],
    ['the same thing twice', { summary: 'One.', description: 'One.' }, '  /** One. */\n'],
    [
      'tags',
      { summary: 'One.', deprecated: true, event: 'a' },
      '  /**\n   * One.\n   *\n   * @deprecated\n   * @event a\n   */\n',
    ],
    [
      'the end of a comment',
      { summary: 'a */ b', examples: ['*/'] },
      '  /**\n   * a *\\/ b\n   *\n   * @example "*\\/"\n   */\n',
    ],
    ['line ends of every kind', { summary: 'a\r\nb\u2028c' }, '  /**\n   * a\n   * b\n   * c\n   */\n'],
    ['an event on several lines', { event: 'a\nb' }, '  /** @event a b */\n'],
  ])('of %s', (_name, parts, wanted) => {
    expect(docComment(parts)?.('  ')).toBe(wanted);
  });
});
