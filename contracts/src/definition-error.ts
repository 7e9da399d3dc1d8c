/** One problem of a contract. */
export interface DefinitionIssue {
  /** Where: `['clientToServer', 'task:create', 'joins']`. */
  readonly path: readonly string[];
  /** What was found. */
  readonly message: string;
  /** How to fix it. */
  readonly hint: string;
}

/** Thrown by `defineContract`; lists all problems, not only the first. */
export class ContractDefinitionError extends Error {
  override readonly name = 'ContractDefinitionError';
  readonly contract: string;
  readonly issues: readonly DefinitionIssue[];

  constructor(contract: string, issues: readonly DefinitionIssue[]) {
    const lines = issues.map((issue) => `  ${issue.path.join(' › ')}: ${issue.message} ${issue.hint}`);
    super(`Contract "${contract}" is invalid:\n${lines.join('\n')}`);
    this.contract = contract;
    this.issues = issues;
  }
}
