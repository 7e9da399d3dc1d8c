import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isCatastrophic } from './ambiguity.ts';
import { isWholeAndPlain, optimized } from './optimize.ts';

test.each([
  ['fixed repeats are written out', '^[0-9a-f]{4}$', '', '^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]$'],
  ['a lower bound too', '^a{3,}$', '', '^aaa+$'],
  ['other bounds stay', '^a{2,3}b?c*d+$', '', '^a{2,3}b?c*d+$'],
  ['what more texts match comes first', '^(?:-02-29|\\d\\d)$', '', '^(?:\\d\\d|-02-29)$'],
  ['groups capture nothing', '^(a|b)(c)$', '', '^(?:a|b)c$'],
  ['repeated groups stay groups', '^(ab){2}$', '', '^(?:ab){2}$'],
  ['backreferences: as it is', '^(a)\\1{3}$', '', '^(a)\\1{3}$'],
  ['named groups: as it is', '^(?<x>a){3}$', '', '^(?<x>a){3}$'],
  ['the v flag: as it is', '^[a]{3}$', 'v', '^[a]{3}$'],
  ['braces that are text', '^a{,3}$', '', '^a{,3}$'],
  ['astral characters', '^😀{2}$', 'u', '^😀😀$'],
  ['halves of an astral character', '^😀{2}$', '', '^\ud83d\ude00\ude00$'],
  ['too long: as it is', `^${'[0-9A-Za-z_-]{40}'.repeat(5)}$`, '', `^${'[0-9A-Za-z_-]{40}'.repeat(5)}$`],
])('%s', (_name, source, flags, want) => {
  expect(optimized(source, flags)).toBe(want);
});

const formats = [
  z.email(), z.uuid(), z.guid(), z.nanoid(), z.cuid(), z.cuid2(), z.ulid(), z.xid(), z.ksuid(), z.iso.datetime(), z.iso.date(),
  z.iso.datetime({ offset: true, local: true }), z.iso.time(), z.iso.duration(), z.ipv4(), z.ipv6(), z.mac(), z.cidrv4(),
  z.cidrv6(), z.base64(), z.base64url(), z.e164(), z.emoji(), z.hostname(), z.hash('sha256'),
].map((schema) => schema._zod.def.pattern as RegExp); // prettier-ignore

const piece = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '[ab]',
    '[^a]',
    '\\d',
    '\\w',
    '.',
    '[0-9a-c]',
    '\\.',
    '-',
    'é',
    '\\u0061',
    '[\\s-]',
    '$',
    '^',
    '\\b',
  ),
  fc.constantFrom('(?:a|ab)', '(a)', '(?=a)', '(?!b)', '(?:|a)', '(?:(?:a))', '(?<=a)', '(?:-02-29|\\d\\d)'),
);
const repeated = fc
  .tuple(
    piece,
    fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{3}', '{1,2}', '{2,}', '+?', '{2}?', '{2,}?'),
  )
  .map(([part, quantifier]) => (/^(?:[$^]|\\b|\(\?<?[=!])/.test(part) ? part : part + quantifier));
const body = fc.array(
  fc.array(repeated, { maxLength: 4 }).map((parts) => parts.join('')),
  { minLength: 1, maxLength: 3 },
);
const expression = fc.tuple(body, fc.boolean(), fc.constantFrom('', 'i', 'u', 'm', 's', 'iu'));

describe('an optimized expression', () => {
  test('matches the same texts', () => {
    fc.assert(
      fc.property(
        expression,
        fc.array(
          fc.string({
            unit: fc.constantFrom('a', 'b', 'c', '0', '9', '-', '.', 'A', 'é', '\n', ' ', '😀', '2'),
          }),
          { minLength: 20, maxLength: 20 },
        ),
        ([alternatives, whole, flags], texts) => {
          const source = whole ? `^(?:${alternatives.join('|')})$` : alternatives.join('|');
          const [before, after] = [new RegExp(source, flags), new RegExp(optimized(source, flags), flags)];
          for (const text of texts)
            expect(after.test(text), `${before} became ${after}, ${JSON.stringify(text)}`).toBe(
              before.test(text),
            );
          if (isWholeAndPlain(source, flags)) {
            for (const text of texts) if (before.test(text)) expect([...text].length).toBe(text.length);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  // fast-check makes no texts for expressions that look around.
  test.each(
    formats
      .filter(({ source }) => !/\(\?<?[=!]/.test(source))
      .map((format) => [String(format).slice(0, 40), format] as const),
  )('matches what Zod does: %s', (_name, format) => {
    const after = new RegExp(optimized(format.source, format.flags), format.flags);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.stringMatching(format),
          fc.string(),
          fc.stringMatching(format).map((text) => text.slice(1)),
        ),
        (text) => {
          expect(after.test(text)).toBe(format.test(text));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['^(a+)+$', true],
  ['^(a|a)*$', true],
  ['^(a|ab|b)*c$', true],
  ['^(\\d+|\\w)*$', true],
  ['^(?:a*)*b$', true],
  ['^(?:[a-z]+\\s?)+$', true],
  ['^(?=(a+)+$)x', true],
  ['^(a+b)+$', false],
  ['^(?:[a-z]+\\s)+$', false],
  ['^a+a+$', false],
  ['^(?:a|b)*$', false],
  ['^(a?){20}$', false],
  ['^[A-Za-z0-9_-]+$', false],
])('whether %s is catastrophic: %s', (source, want) => {
  expect(isCatastrophic(source, '')).toBe(want);
});

test('none of the formats of Zod is catastrophic', () => {
  expect(formats.filter(({ source, flags }) => isCatastrophic(source, flags)).map(String)).toEqual([]);
});
