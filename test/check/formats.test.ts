// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import type { Report } from '../../codegen/src/check/finding.ts';
import { formats } from '../../codegen/src/check/formats/index.ts';

const report: Report = {
  command: 'check',
  outcome: 'findings',
  against: 'merge base with main (1f3a9c2)',
  versions: [
    { contract: 'note', before: '1.0.0', after: '1.0.0', suggested: '2.0.0' },
    { contract: 'old', before: '1.0.0' },
    { contract: 'young', after: '1.0.0' },
  ],
  summary: '',
  findings: [
    {
      id: 'approval-unused',
      level: 'warning',
      message: 'An approval, 100% unused: <x> & "y"\nnext',
      file: 'a,b:c.ts',
    },
    {
      id: 'length-tightened',
      level: 'error',
      message: 'note:add: text was tightened.',
      hint: 'Keep the old limit.',
      contract: 'note',
      path: ['clientToServer', 'note:add', 'payload', 'text'],
      file: 'src/my notes.contract.ts',
      line: 7,
      column: 5,
      excerpt: '`text`: z.string().max(50),',
      change: {
        level: 'breaking',
        affected: ['old clients with the new server'],
        at: 'clientToServer["note:add"].payload.text',
        also: ['clientToServer["note:edit"].payload.text'],
        proof: 'The old client sends it.',
        payload: { text: '\u0001]]>' },
      },
    },
    { id: 'no-place', level: 'info', message: 'Nowhere.' },
  ],
};

const nothing: Report = { command: 'lint', outcome: 'ok', findings: [], summary: 'All is well.' };

describe('formats', () => {
  test('text: worst first, with source, payload and mending', () => {
    expect(formats.text(report)).toBe(
      [
        'src/my notes.contract.ts:7:5  error  length-tightened  note:add: text was tightened.',
        '    7 | `text`: z.string().max(50),',
        '    At clientToServer["note:add"].payload.text, and 1 more.',
        '    Affected: old clients with the new server.',
        '    Payload: {"text":"\\u0001]]>"}',
        '    The old client sends it.',
        '    Keep the old limit.',
        'a,b:c.ts  warning  approval-unused  An approval, 100% unused: <x> & "y"\nnext',
        'info  no-place  Nowhere.',
        'sockeye check found 1 error, 1 warning, 1 note.',
        '',
      ].join('\n'),
    );
    expect(formats.text(nothing)).toBe('All is well.\n');
  });

  test('json', () => {
    const parsed = JSON.parse(formats.json(report));
    expect(parsed).toMatchObject({ command: 'check', outcome: 'findings', versions: report.versions });
    expect(parsed.findings).toHaveLength(3);
    expect(parsed.findings[0]).toEqual(report.findings[1]);
  });

  test('markdown: nothing of a finding becomes markup', () => {
    const text = formats.markdown(report);
    expect(text).toContain('- note 1.0.0 (needs 2.0.0)\n- old 1.0.0 (removed)\n- young 1.0.0 (new)\n');
    expect(text).toContain('Compared with merge base with main (1f3a9c2).');
    const diff: Report = {
      ...report,
      command: 'diff',
      outcome: 'ok',
      summary: 'Compared main with the working tree.',
    };
    expect(formats.markdown(diff).match(/Compared/g)).toHaveLength(1);
    expect(text).toContain('**length-tightened** `src/my notes.contract.ts:7:5`');
    expect(text).toContain('`` `text`: z.string().max(50), ``');
    expect(text).toContain('\\<x\\> & "y" next');
  });

  test('github: one command to a finding', () => {
    const lines = formats.github(report).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(
      /^::error file=src\/my notes\.contract\.ts,line=7,col=5,title=length-tightened::/,
    );
    expect(lines[1]).toBe(
      '::warning file=a%2Cb%3Ac.ts,title=approval-unused::An approval, 100%25 unused: <x> & "y"%0Anext',
    );
    expect(lines[2]).toBe('::notice title=no-place::Nowhere.');
  });

  test('gitlab: fingerprints that differ, and stay when lines move', () => {
    const rows = JSON.parse(formats.gitlab(report));
    expect(new Set(rows.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(3);
    expect(rows[0]).toMatchObject({
      check_name: 'length-tightened',
      severity: 'critical',
      location: { path: 'src/my notes.contract.ts', lines: { begin: 7 } },
    });
    const moved = { ...report, findings: report.findings.map((finding) => ({ ...finding, line: 99 })) };
    expect(JSON.parse(formats.gitlab(moved))[0].fingerprint).toBe(rows[0].fingerprint);
    const twice = JSON.parse(
      formats.gitlab({ ...report, findings: [report.findings[2]!, report.findings[2]!] }),
    );
    expect(twice[0].fingerprint).not.toBe(twice[1].fingerprint);
  });

  test('sarif', () => {
    const [run] = JSON.parse(formats.sarif(report)).runs;
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      'approval-unused',
      'length-tightened',
      'no-place',
    ]);
    expect(run.tool.driver.rules[1].shortDescription.text).toBeTypeOf('string');
    expect(run.results[0]).toMatchObject({ ruleId: 'length-tightened', ruleIndex: 1, level: 'error' });
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'src/my%20notes.contract.ts' },
      region: { startLine: 7, startColumn: 5 },
    });
    expect(run.results[2].locations).toEqual([]);
    expect(run.invocations).toEqual([{ executionSuccessful: true }]);
  });

  test('junit: well-formed, an error fails', () => {
    const parser = new DOMParser();
    const of = (given: Report) => parser.parseFromString(formats.junit(given), 'application/xml');
    const suite = of(report).querySelector('testsuite');
    expect(suite?.getAttribute('tests')).toBe('3');
    expect(suite?.getAttribute('failures')).toBe('1');
    expect(of(report).querySelectorAll('failure')).toHaveLength(1);
    expect(of(report).querySelector('failure')?.textContent).toContain('Keep the old limit.');
    expect(of(nothing).querySelectorAll('testcase')).toHaveLength(1);
  });
});
