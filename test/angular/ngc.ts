import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Output of Angular's compiler, without its colours, on the project in `folder`: the compiler that is found from there. */
export async function runNgc(folder: string, project = 'tsconfig.json'): Promise<string> {
  const manifest = createRequire(path.join(folder, 'package.json')).resolve(
    '@angular/compiler-cli/package.json',
  );
  const ngc = path.join(path.dirname(manifest), 'bundles/src/bin/ngc.js');
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [ngc, '-p', project], options, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  return output.replaceAll(/\u001b\[\d+m/g, '');
}

/**
 * What Angular's compiler refuses, as `file:line: code`.
 *
 * @throws Error when it finds nothing: where it is asked, something wrong is planted.
 */
export async function ngcErrors(folder: string): Promise<readonly string[]> {
  const output = await runNgc(folder);
  const found = [...output.matchAll(/^(\S+):(\d+):\d+ - error ((?:TS|NG)-?\d+)/gm)];
  if (found.length === 0) throw new Error(`The compiler found nothing: ${output}`);
  return found.map(([, file = '', line, code]) => `${path.resolve(folder, file)}:${line}: ${code}`);
}

/** What a template says of itself that has to be refused, as {@link ngcErrors}. */
export function plantedErrors(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      const code = /expect: (TS\d+) -->$/.exec(line)?.[1];
      return code ? [`${file}:${index + 1}: ${code}`] : [];
    });
}
