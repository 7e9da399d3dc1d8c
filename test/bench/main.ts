import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** `npm run bench` runs every `*.bench.ts` of this folder; `npm run bench -- socket codegen` only those. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort();

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
for (const name of wanted.length > 0 ? wanted : names) {
  const file = path.join(import.meta.dirname, `${name}.bench.ts`);
  if (!existsSync(file)) {
    console.error(`There is no benchmark "${name}". There are: ${names.join(', ')}.`);
    process.exitCode = 2;
    break;
  }
  console.log(`\n## ${name}\n`);
  const bench = (await import(pathToFileURL(file).href)) as { run: () => Promise<void> };
  await bench.run();
}
