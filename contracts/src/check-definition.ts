import type { ContractSpec } from './define.ts';
import type { DefinitionIssue } from './definition-error.ts';

export function checkDefinition(_spec: ContractSpec): readonly DefinitionIssue[] {
  return [];
}
