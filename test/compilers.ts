import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The repository's root. */
export const root = path.join(import.meta.dirname, '..');

/** TypeScript versions that generated code must compile with: the packages that bring their compilers. */
export const compilers = ['typescript', 'typescript-6', 'typescript-7'] as const;

/** One of {@link compilers}. */
export type Compiler = (typeof compilers)[number];

/** One thing that a compiler found. */
export interface CompilerError {
  /** Relative to {@link root}, with forward slashes. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** `TS2345`. */
  readonly code: string;
  readonly message: string;
}

/** Output of a compiler's command line, whatever its exit code. Arguments are those of `tsc`. */
export function runCompiler(compiler: Compiler, args: readonly string[]): Promise<string> {
  const bin = path.join(
    path.dirname(createRequire(import.meta.url).resolve(`${compiler}/package.json`)),
    'bin/tsc',
  );
  return new Promise((resolve, reject) => {
    const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [bin, '--pretty', 'false', ...args], options, (error, stdout, stderr) => {
      if (error && stdout === '') reject(new Error(`${compiler}: ${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}

/** Errors of a whole project, in the compiler's order. */
export async function compilerErrors(compiler: Compiler, project: string): Promise<CompilerError[]> {
  const output = await runCompiler(compiler, ['-p', project]);
  return [...output.matchAll(/^(\S[^\n(]*)\((\d+),\d+\): error (TS\d+): (.*)$/gm)].map(
    ([, file = '', line, code = '', message = '']) => ({ file, line: Number(line), code, message }),
  );
}
