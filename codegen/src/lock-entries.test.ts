import { describe, expect, test } from 'vitest';
import { parseEntries } from './lock-entries.ts';

const text = `{
  "format": 1,
  "types": {},
  "events": {
    "a:b": { "kind": "x" },
    "\\"c\\": ": {
      "list": [
        1
      ]
    },
    "__proto__": [
      2
    ]
  },
  "last": "}"
}
`;

const none = () => undefined;

test('reads what JSON reads', () => {
  expect(parseEntries(text, none)).toEqual(JSON.parse(text));
  expect(Object.keys(parseEntries(text, none) as object)).toEqual(Object.keys(JSON.parse(text) as object));
});

test('takes what is known under the same keys and in the same words', () => {
  const value = { taken: true };
  const asked: string[] = [];
  const read = parseEntries(text, (section, name) => {
    asked.push(`${section} ${name}`);
    return name === 'a:b' ? { text: '{ "kind": "x" }', value } : { text: '{ "kind"', value };
  }) as { events: Record<string, unknown> };
  expect(asked).toEqual(['events a:b', 'events "c": ', 'events __proto__']);
  expect(read.events['a:b']).toBe(value);
  expect(read.events['"c": ']).toEqual({ list: [1] });
});

describe('leaves what is laid out in another way to others', () => {
  test.each([
    ['compact', JSON.stringify(JSON.parse(text))],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['a comma too many', text.replace('"}"', '"}",')],
    ['a comma too few', text.replace('{},', '{}')],
    ['an end that is missing', text.slice(0, -3)],
    ['other indentation', text.replace('    "a:b"', '     "a:b"')],
    ['something at the end', `${text}}`],
    ['no value', text.replace('"}"', '')],
  ])('%s', (_, other) => {
    expect(parseEntries(other, none)).toBeUndefined();
  });
});
