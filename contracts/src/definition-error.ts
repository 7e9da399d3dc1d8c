/** One thing that is wrong with a contract. */
export interface DefinitionIssue {
  /** Where: `['clientToServer', 'task:create', 'joins']`. */
  readonly path: readonly string[];
  /** What was found. */
  readonly message: string;
  /** The edit that mends it. */
  readonly hint: string;
}

/** Thrown by `defineContract`; lists everything that is wrong, not just the first thing. */
export class ContractDefinitionError extends Error {
  override readonly name = 'ContractDefinitionError';
  readonly contract: string;
  readonly issues: readonly DefinitionIssue[];

  constructor(contract: string, issues: readonly DefinitionIssue[]) {
    const lines = issues.map((issue) => `  ${issue.path.join(' › ')}: ${issue.message} ${issue.hint}`);
    super(`Contract "${contract}" cannot be used:\n${lines.join('\n')}`);
    this.contract = contract;
    this.issues = issues;
  }
}
