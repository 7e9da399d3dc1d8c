import type { Diagnostic } from './diagnostics.ts';
import { checkNames } from './emit/check-names.ts';
import { checkNamesAgain } from './emit/name-memory.ts';
import type { EmitContext, EmitOptions } from './emit/source-file.ts';
import { targets, type Target, type TargetName } from './emit/targets.ts';
import { validatorDiagnostics } from './emit/validators/index.ts';
import type { ContractModel } from './model.ts';

/** What the model does not contain. */
export interface GenerateOptions {
  /** What to generate; dependencies are added. */
  readonly targets: readonly TargetName[];
  /** Name under which the contract's module exports it. */
  readonly exportName: string;
  /** Specifier by which a generated file imports that module: `../chat.contract.js`. */
  readonly contractImport: string;
  /** Path of that module as the header shows it; relative, with forward slashes. */
  readonly source: string;
  /** Hash of the canonical model, for the handshake. */
  readonly hash: string;
  /** Command that the header shows. Default: `npx sockeye generate`. */
  readonly command?: string | undefined;
  /** Extension of imports between generated files. Default: `.js`. */
  readonly importExtension?: EmitOptions['importExtension'] | undefined;
  /** How servers validate: with generated validators, or with Zod at run time. Default: `generated`. */
  readonly validators?: EmitOptions['validators'] | undefined;
  /** Where client checks that need Zod are made: on the server, or in the client's bundle. Default: `server`. */
  readonly uncompiled?: EmitOptions['uncompiled'];
  /** Whether to cache the text of events between runs, until the model no longer has them. Default: false. */
  readonly remembers?: boolean | undefined;
}

/** One generated file; `path` is its name within the folder of its output. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** The result of {@link generate}. */
export interface Generated {
  /** Sorted by path; empty when there are errors. */
  readonly files: readonly GeneratedFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Prints the generated files of a contract. Pure: equal models give equal bytes. */
export function generate(model: ContractModel, options: GenerateOptions): Generated {
  const clients = options.targets.some((target) => target !== 'server' && target !== 'types');
  const diagnostics = [
    ...(options.remembers === true ? checkNamesAgain : checkNames)(model, options.targets),
    ...validatorDiagnostics(model, { clients, uncompiled: options.uncompiled }),
  ];
  if (diagnostics.some(({ level }) => level === 'error')) return { files: [], diagnostics };
  const resolved = resolveOptions(options);
  const chosen = withNeeds(options.targets, resolved);
  const context: EmitContext = {
    model,
    options: resolved,
    targets: new Set(chosen.map(({ name }) => name)),
    remembers: options.remembers,
  };
  const files = chosen.map((target) => ({
    path: target.fileName(model.name),
    text: textOf(target, context),
  }));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), diagnostics };
}

/** Text of a file, computed once for all outputs that share it. */
function textOf(target: Target, context: EmitContext): string {
  const { model, options, targets: chosen } = context;
  const alike = target.name === 'types' || (target.name === 'validators' && options.uncompiled === 'server');
  if (!alike) return target.emit(context);
  const { contractImport: _folder, ...rest } = options;
  const key = JSON.stringify([target.name, chosen.has('server'), chosen.has('client'), rest]);
  const known = texts.get(model) ?? new Map<string, string>();
  texts.set(model, known);
  const text = known.get(key) ?? target.emit(context);
  known.set(key, text);
  return text;
}

/** Cached texts by model and the options that they depend on. */
const texts = new WeakMap<ContractModel, Map<string, string>>();

function resolveOptions(options: GenerateOptions): EmitOptions {
  return {
    exportName: options.exportName,
    contractImport: options.contractImport,
    source: options.source,
    hash: options.hash,
    command: options.command ?? 'npx sockeye generate',
    importExtension: options.importExtension ?? '.js',
    validators: options.validators ?? 'generated',
    uncompiled: options.uncompiled ?? 'server',
  };
}

function withNeeds(names: readonly TargetName[], options: EmitOptions): readonly Target[] {
  const chosen = new Set<TargetName>();
  const add = (name: TargetName) => {
    if (chosen.has(name)) return;
    chosen.add(name);
    targets
      .find((target) => target.name === name)
      ?.needs(options)
      .forEach(add);
  };
  names.forEach(add);
  return targets.filter((target) => chosen.has(target.name));
}
