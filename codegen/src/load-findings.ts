import path from 'node:path';
import type { BundleError } from './bundle.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { RunResult } from './run-bundle.ts';

/** Findings of a failed build, and the files whose change may fix it. */
export function broken(
  errors: readonly BundleError[],
  { root, entries }: { readonly root: string; readonly entries: readonly string[] },
): { readonly diagnostics: readonly Diagnostic[]; readonly inputs: readonly string[] } {
  return {
    diagnostics: errors.map(({ message, file, missing: _, ...place }) => ({
      id: 'module-broken',
      level: 'error',
      ...explain(message),
      ...(file !== undefined && { file: path.relative(root, file) }),
      ...place,
    })),
    inputs: [...entries, ...errors.flatMap(({ file, missing }) => [file ?? [], missing ?? []].flat())],
  };
}

const explanations: readonly (readonly [RegExp, string, string])[] = [
  [
    /^Top-level await/,
    'A contract or configuration cannot use top-level await.',
    'A contract must be the same on every machine: write the values as literals.',
  ],
  [
    /^Could not resolve "(\.[^"]*)"/,
    'Could not find the module "$1".',
    'Correct the path; it is relative to the folder of this file.',
  ],
  [
    /^Import "([^"]+)" will always be undefined because there is no matching export in "[^"]*\/node_modules\/((?:@[^/"]+\/)?[^/"]+)/,
    '"$1" is not exported by $2.',
    'Correct the name, or update the package: contracts use Zod 4.',
  ],
  [
    /^Duplicate key "([^"]+)" in object literal/,
    '"$1" is declared twice: the second would replace the first.',
    'Rename or remove one of them.',
  ],
  [/^Could not resolve "([^"]+)"/, 'Could not find the package "$1".', 'Install it, or correct its name.'],
  [
    /^The package "@esbuild\/[^"]+" could not be found/,
    'esbuild, which loads contracts, is not installed for this platform.',
    'Reinstall the dependencies, including optional ones.',
  ],
  [
    /^No matching export in "sockeye-package:(?:[^"]*\/node_modules\/)?((?:@[^/"]+\/)?[^/"]+)[^"]*" for import "([^"]+)"/,
    '"$2" is not exported by $1.',
    'Correct the name, or update the package.',
  ],
];

function explain(message: string): { readonly message: string; readonly hint: string } {
  for (const [pattern, text, hint] of explanations) {
    const match = pattern.exec(message);
    if (match)
      return { message: text.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? ''), hint };
  }
  return {
    message: `${message}.`.replace(/([.!?])\.$/, '$1'),
    hint: 'The module must compile before it can be loaded.',
  };
}

interface DefinitionError {
  readonly contract: string;
  readonly issues: readonly {
    readonly path: readonly string[];
    readonly message: string;
    readonly hint: string;
  }[];
}

/** Whether {@link threw} reports the source position of the error. */
export function hasPlace(error: unknown): boolean {
  return !(error instanceof Error && error.name === 'ContractDefinitionError');
}

/** Findings of a module that threw an error while running. */
export function threw(
  { error, place }: RunResult & { readonly ok: false },
  { root, file }: { readonly root: string; readonly file: string },
): readonly Diagnostic[] {
  if (!hasPlace(error)) {
    const { contract, issues } = error as DefinitionError;
    return issues.map((issue) => ({
      id: 'contract-invalid',
      level: 'error',
      ...issue,
      contract,
      file: path.relative(root, file),
    }));
  }
  const [line = ''] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split(
    '\n',
  );
  return [
    {
      id: 'module-threw',
      level: 'error',
      message: `The module threw an error: ${line}`,
      hint: 'Loading a contract runs its module; fix the code that throws.',
      file: path.relative(root, place?.file ?? file),
      ...(place && { line: place.line, column: place.column }),
    },
  ];
}
