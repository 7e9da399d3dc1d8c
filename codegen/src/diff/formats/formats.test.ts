import { describe, expect, test } from 'vitest';
import type { Finding } from '../judge.ts';
import { formats } from './index.ts';
import { fingerprint, type DiffReport } from './report.ts';

const breaking: Finding = {
  rule: 'property-added-required',
  category: 'property',
  level: 'breaking',
  clients: 'breaking',
  servers: 'safe',
  affected: ['old clients with the new server'],
  position: 'payload',
  direction: 'inbound',
  path: 'clientToServer["task:create"].payload.title',
  event: 'task:create',
  field: 'title',
  message: 'task:create: The required property title was added.',
  hint: 'Make it optional, or give it a default.',
  proof: {
    kind: 'proved',
    sender: 'old client',
    reader: 'new server',
    witness: {
      payload: { id: '<b>&"\u0001 100%, a\nb' },
      effect: 'is refused at title: required, but absent',
      verdict: 'rejects',
    },
  },
  bump: 'major',
};
const safe: Finding = {
  ...breaking,
  rule: 'event-added',
  level: 'safe',
  clients: 'safe',
  affected: [],
  path: 'clientToServer["x"]',
  message: 'x: The event was added.',
  bump: 'minor',
  proof: { kind: 'declared', reason: 'None.' },
};
const dangerous: Finding = {
  ...breaking,
  rule: 'refinement-added',
  level: 'dangerous',
  clients: 'dangerous',
  bump: 'minor',
  proof: { kind: 'declared', reason: 'Custom checks are code.' },
};

const report: DiffReport = {
  contract: 'collab',
  beforeVersion: '1.4.0',
  afterVersion: '1.5.0',
  baseline: 'main',
  policy: 'clients-lag',
  findings: [breaking, dangerous, safe],
  locate: (finding) =>
    finding === breaking
      ? {
          file: 'contracts/a b.ts',
          line: 12,
          column: 7,
          excerpt: { firstLine: 11, lines: ['z.object({', '  title: z.string(),', '})'] },
        }
      : undefined,
};

describe.each(Object.keys(formats) as (keyof typeof formats)[])('%s', (name) => {
  test('ends with a newline and names rule, event and payload', () => {
    const text = formats[name](report);
    expect(text.endsWith('\n')).toBe(true);
    for (const part of ['property-added-required', 'task:create', 'title', '100'])
      expect(text).toContain(part);
  });

  test('has something to say, or nothing wrong, about no findings', () => {
    const text = formats[name]({ ...report, findings: [] });
    expect(text).not.toMatch(/undefined|NaN/);
  });
});

test('text shows place, excerpt, victim, payload, mending and version', () => {
  const text = formats.text(report);
  expect(text).toContain(
    'contracts/a b.ts:12:7  breaking  property-added-required  task:create: The required property title was added.',
  );
  expect(text).toContain('  > 12 |   title: z.string(),');
  expect(text).toContain('  affects  old clients with the new server');
  expect(text).toContain('Old client sends {"id":');
  expect(text).toContain('Version: at least 2.0.0.');
});

test('json has counts, the suggested version and the witness', () => {
  const value = JSON.parse(formats.json(report)) as {
    counts: object;
    suggestedVersion: string;
    findings: { proof: object; line?: number }[];
  };
  expect(value.counts).toEqual({ breaking: 1, dangerous: 1, safe: 1 });
  expect(value.suggestedVersion).toBe('2.0.0');
  expect(value.findings[0]).toMatchObject({ line: 12, proof: { kind: 'proved' } });
});

test('github escapes what would end a command, and leaves safe changes out', () => {
  const lines = formats.github(report).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(
    /^::error file=contracts\/a b\.ts,line=12,col=7,title=breaking%3A property-added-required::/,
  );
  expect(lines[0]).toContain('100%25, a');
  expect(lines[1]).toMatch(/^::warning title=/);
});

test('gitlab has what its report format asks for', () => {
  const issues = JSON.parse(formats.gitlab(report)) as {
    fingerprint: string;
    severity: string;
    location: object;
  }[];
  expect(issues.map(({ severity }) => severity)).toEqual(['critical', 'minor', 'info']);
  expect(issues[0]?.location).toEqual({ path: 'contracts/a b.ts', lines: { begin: 12 } });
  expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(3);
});

test('sarif refers to its rules by index and encodes the file name', () => {
  const log = JSON.parse(formats.sarif(report)) as {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleId: string; ruleIndex: number; level: string; locations: object[] }[];
    }[];
  };
  const [run] = log.runs;
  expect(log.version).toBe('2.1.0');
  for (const result of run?.results ?? [])
    expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
  expect(run?.results.map(({ level }) => level)).toEqual(['error', 'warning', 'note']);
  expect(run?.results[0]?.locations[0]).toMatchObject({
    physicalLocation: {
      artifactLocation: { uri: 'contracts/a%20b.ts' },
      region: { startLine: 12, startColumn: 7 },
    },
  });
});

test('junit counts and escapes', () => {
  const xml = formats.junit(report);
  expect(xml).toContain('tests="3" failures="1"');
  expect(xml).toContain('&lt;b&gt;&amp;');
  expect(xml).not.toMatch(/[\u0000-\u0008]/);
  expect(formats.junit({ ...report, findings: [] })).toContain('name="compatible"');
});

test('markdown takes payloads for text', () => {
  const text = formats.markdown(report);
  expect(text).toContain('\\<b\\>');
  expect(text).toContain('<details><summary>Safe (1)</summary>');
});

test('a fingerprint follows rule, place and values, not the wording', () => {
  expect(fingerprint('collab', { ...breaking, message: 'other', hint: 'other' })).toBe(
    fingerprint('collab', breaking),
  );
  expect(fingerprint('collab', { ...breaking, path: 'other' })).not.toBe(fingerprint('collab', breaking));
});
