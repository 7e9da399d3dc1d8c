import { pathToFileURL } from 'node:url';
import { rules as changeRules } from '../../diff/rules.ts';
import { lintRules } from '../../lint/rules.ts';
import type { Report, ReportFinding } from '../finding.ts';
import { detailLines, ordered } from './wording.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0, as code scanning services read it. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function renderSarif(report: Report): string {
  const findings = ordered(report);
  const ids = [...new Set(findings.map(({ id }) => id))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sockeye', rules: ids.map(describe) } },
        invocations: [{ executionSuccessful: report.outcome !== 'failed' }],
        results: findings.map((finding) => resultOf(finding, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describe(id: string): object {
  const text =
    changeRules.find((rule) => rule.id === id)?.purpose ?? lintRules.find((rule) => rule.id === id)?.reason;
  return { id, ...(text === undefined ? {} : { shortDescription: { text } }) };
}

function resultOf(finding: ReportFinding, ids: readonly string[]): object {
  const { id, level, message, file, line, column, contract, change } = finding;
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column && { startColumn: column }) } };
  const physical =
    file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } };
  const logical =
    contract === undefined
      ? {}
      : { logicalLocations: [{ fullyQualifiedName: [contract, change?.at].filter(Boolean).join('.') }] };
  const locations =
    Object.keys({ ...physical, ...logical }).length === 0 ? [] : [{ ...physical, ...logical }];
  return {
    ruleId: id,
    ruleIndex: ids.indexOf(id),
    level: levels[level],
    message: { text: [message, ...detailLines(finding)].join('\n') },
    locations,
  };
}

/** A relative path as a URI reference. */
function uriOf(file: string): string {
  const base = pathToFileURL('/').href;
  return pathToFileURL(`/${file.replaceAll('\\', '/')}`).href.slice(base.length);
}
