// @vitest-environment node
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';

const folder = path.join(import.meta.dirname, 'strict');
const planted = path.join(import.meta.dirname, 'must-fail/templates.ts');

/** One compilation of two contracts' files, their runtimes and the components that use them. */
const timeoutMs = 120_000;

let errors: readonly string[];

beforeAll(async () => {
  errors = await strictErrors();
}, timeoutMs);

it("Angular's compiler refuses wrong templates, on the very line", () => {
  const wanted = readFileSync(planted, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const code = /expect: (TS\d+) -->$/.exec(line)?.[1];
      return code ? [`${planted}:${index + 1}: ${code}`] : [];
    });
  expect(wanted.length).toBeGreaterThan(5);
  expect(errors.filter((error) => error.startsWith(planted))).toEqual(wanted);
});

it('and nothing that is right, generated files included', () => {
  expect(errors.filter((error) => !error.startsWith(planted))).toEqual([]);
});

/** What `ngc` says with strict templates, as `file:line: code`. */
async function strictErrors(): Promise<readonly string[]> {
  const manifest = createRequire(import.meta.url).resolve('@angular/compiler-cli/package.json');
  const ngc = path.join(path.dirname(manifest), 'bundles/src/bin/ngc.js');
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [ngc, '-p', 'tsconfig.json'], options, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  // Without the compiler's colours.
  const plain = output.replaceAll(/\u001b\[\d+m/g, '');
  const found = [...plain.matchAll(/^(\S+):(\d+):\d+ - error ((?:TS|NG)-?\d+)/gm)];
  if (found.length === 0) throw new Error(`The compiler found nothing: ${plain}`);
  return found.map(([, file = '', line, code]) => `${path.resolve(folder, file)}:${line}: ${code}`);
}
