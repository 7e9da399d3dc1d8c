import { checkEvent } from './check-event.ts';
import { checkProjections } from './check-projections.ts';
import { checkRooms, checkRoomTraffic } from './check-rooms.ts';
import type { ContractSpec } from './define.ts';
import type { DefinitionIssue } from './definition-error.ts';
import { isObjectSchema, isPlainObject, isSchema, schemaHint } from './inspect-schema.ts';
import { checkKeys, quote, type Report } from './report.ts';

const contractKeys = [
  'name',
  'version',
  'namespace',
  'summary',
  'auth',
  'identity',
  'rooms',
  'errors',
  'clientToServer',
  'serverToClient',
  'projections',
];

/** Checks what the type system cannot, and what plain JavaScript callers got wrong. Never throws. */
export function checkDefinition(spec: ContractSpec): readonly DefinitionIssue[] {
  const issues: DefinitionIssue[] = [];
  const report: Report = (path, message, hint) => issues.push({ path, message, hint });
  if (!isPlainObject(spec)) {
    report(
      [],
      'The argument of defineContract is not an object.',
      'Write defineContract({ name, version, ... }).',
    );
    return issues;
  }
  checkKeys(spec, { known: contractKeys, path: [], report });
  checkHead(spec, report);
  checkErrors(spec, report);
  checkRooms(spec, report);
  for (const direction of ['clientToServer', 'serverToClient'] as const) {
    const events: unknown = spec[direction];
    if (!isPlainObject(events)) {
      report([direction], `${direction} is missing.`, `Add ${direction}: {} if there are no such events.`);
      continue;
    }
    for (const name of Object.keys(events)) checkEvent({ spec, direction, name, report });
  }
  checkRoomTraffic(spec, report);
  checkProjections(spec, report);
  return issues;
}

function checkHead(spec: ContractSpec, report: Report): void {
  if (typeof spec.name !== 'string' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(spec.name)) {
    report(
      ['name'],
      `${quote(spec.name)} is not a valid contract name.`,
      'Use lower-case words with hyphens: "team-chat".',
    );
  }
  if (typeof spec.version !== 'string' || !/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(spec.version)) {
    report(
      ['version'],
      `${quote(spec.version)} is not a semantic version.`,
      'Use major.minor.patch: "1.0.0".',
    );
  }
  const { namespace } = spec;
  if (namespace !== undefined && !(typeof namespace === 'string' && /^\/[^\s,?#]*$/.test(namespace))) {
    report(
      ['namespace'],
      `${quote(namespace)} is not a valid namespace.`,
      'Start with a slash, and do not use spaces, commas, "?" or "#".',
    );
  }
  for (const field of ['auth', 'identity'] as const) {
    const schema: unknown = spec[field];
    if (schema === undefined) continue;
    if (!isSchema(schema)) report([field], `${field} is not a Zod 4 schema.`, schemaHint(schema));
    else if (!isObjectSchema(schema))
      report([field], `${field} is not an object schema.`, 'Use z.object({ ... }).');
  }
}

function checkErrors(spec: ContractSpec, report: Report): void {
  if (spec.errors === undefined) return;
  if (!isPlainObject(spec.errors))
    return report(['errors'], 'errors is not an object.', 'Write { CODE: errorOf(...) }.');
  for (const [code, error] of Object.entries(spec.errors)) {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code)) {
      report(
        ['errors', code],
        `"${code}" is not a valid error code.`,
        'Use upper-case words with underscores: "QUOTA_EXCEEDED".',
      );
    }
    if (!isPlainObject(error) || error.kind !== 'error') {
      report(['errors', code], 'This is not an error definition.', 'Write errorOf(z.object({ ... })).');
    } else if (error.details !== undefined && !isSchema(error.details)) {
      report(['errors', code], 'The details are not a Zod 4 schema.', schemaHint(error.details));
    }
  }
}
