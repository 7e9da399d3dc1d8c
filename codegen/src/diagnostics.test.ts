import { describe, expect, test } from 'vitest';
import { renderDiagnostics, renderDiagnosticsJson, sortDiagnostics, type Diagnostic } from './diagnostics.ts';

const stale: Diagnostic = {
  id: 'stale-output',
  level: 'error',
  message: 'Out of date.',
  hint: 'Run sockeye generate.',
  file: 'b.ts',
};
const late: Diagnostic = {
  id: 'needs-codec',
  level: 'error',
  message: 'No Date.',
  file: 'a.ts',
  line: 10,
  column: 3,
};
const early: Diagnostic = {
  id: 'codec-without-name',
  level: 'warning',
  message: 'Name it.',
  file: 'a.ts',
  line: 9,
  column: 20,
};
const twin: Diagnostic = { ...late, id: 'coercion', level: 'warning' };
const placeless: Diagnostic = {
  id: 'coercion',
  level: 'error',
  message: 'Anything.',
  contract: 'c',
  path: ['clientToServer', 'e'],
};
const bare: Diagnostic = { id: 'no-contract', level: 'info', message: 'Nothing here.' };

describe('order', () => {
  test('is by file, line and column as numbers, then by level', () => {
    const sorted = sortDiagnostics([stale, twin, late, early, placeless, bare]);
    expect(sorted).toEqual([bare, placeless, early, late, twin, stale]);
  });

  test('leaves the list itself alone', () => {
    const given = Object.freeze([stale, late]);
    expect(sortDiagnostics(given)).not.toBe(given);
    expect(given).toEqual([stale, late]);
  });
});

test('text has one line for a finding and one for its hint', () => {
  expect(renderDiagnostics([stale, late, placeless, bare])).toBe(
    'info  no-contract  Nothing here.\n' +
      'c › clientToServer › e  error  coercion  Anything.\n' +
      'a.ts:10:3  error  needs-codec  No Date.\n' +
      'b.ts  error  stale-output  Out of date.\n' +
      '    Run sockeye generate.\n',
  );
  expect(renderDiagnostics([])).toBe('');
});

test('JSON has the same findings, keys in a fixed order', () => {
  const text = renderDiagnosticsJson([late, { message: 'm', level: 'info', id: 'x' }]);
  expect(JSON.parse(text)).toEqual([{ id: 'x', level: 'info', message: 'm' }, late]);
  expect(text.split('\n')[1]).toBe('{"id":"x","level":"info","message":"m"},');
  expect(renderDiagnosticsJson([])).toBe('[]\n');
});
