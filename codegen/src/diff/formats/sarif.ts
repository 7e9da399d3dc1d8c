import type { Finding } from '../judge.ts';
import { ruleOf } from '../rules.ts';
import { fingerprint, proofText, type DiffReport } from './report.ts';

const sarifLevels = { breaking: 'error', dangerous: 'warning', safe: 'note' } as const;

/** SARIF 2.1.0 (OASIS), for code scanning. */
export function formatSarif(report: DiffReport): string {
  const ids = [...new Set(report.findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sockeye', rules: ids.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => resultOf(finding, report, ids)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorOf(id: string) {
  const { purpose, hint, category } = ruleOf(id);
  return { id, shortDescription: { text: purpose }, help: { text: hint }, properties: { tags: [category] } };
}

function resultOf(finding: Finding, { contract, locate }: DiffReport, ids: readonly string[]) {
  const place = locate?.(finding);
  const physical = place && {
    artifactLocation: { uri: encodeURI(place.file) },
    region: { startLine: place.line, ...(place.column === undefined ? {} : { startColumn: place.column }) },
  };
  return {
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: sarifLevels[finding.level],
    message: { text: `${finding.message} ${proofText(finding)} ${finding.hint}` },
    locations: [
      {
        ...(physical ? { physicalLocation: physical } : {}),
        logicalLocations: [{ fullyQualifiedName: `${contract}.${finding.path}` }],
      },
    ],
    partialFingerprints: { 'sockeye/v1': fingerprint(contract, finding) },
    properties: {
      affected: finding.affected,
      clients: finding.clients,
      servers: finding.servers,
      ...(finding.proof.witness ? { witness: finding.proof.witness } : {}),
    },
  };
}
