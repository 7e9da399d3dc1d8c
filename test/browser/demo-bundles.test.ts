import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { buildDemo, demoNames } from '../../server/app/demo-build.ts';
import { patienceMs } from './people.ts';

/** Words of Zod's own code and messages that survive minification. */
const zodWords = /_zod|ZodError|ZodType|invalid_union|unrecognized_keys|z\.string|\$ZodCheck/;

/** Words that say that code is made from text, which the page's policy forbids. */
const evalWords = /\beval\(|new Function\(/;

test('the words that tell Zod are words of Zod', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import * as z from 'zod'; console.log(z.object({ a: z.string() }))",
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
  });
  expect(outputFiles[0]?.text).toMatch(zodWords);
});

describe.each(demoNames)('the %s application', (name) => {
  test(
    'has neither Zod nor code made from text in it, and a size',
    async () => {
      const files = await buildDemo(name, AbortSignal.timeout(patienceMs));
      const scripts = [...files].filter(([path]) => path.endsWith('.js'));
      const text = scripts.map(([, body]) => body.toString()).join('\n');
      expect(text).not.toMatch(zodWords);
      expect(text).not.toMatch(evalWords);
      const kB = (bytes: number) => (bytes / 1_000).toFixed(1);
      const gzip = scripts.reduce((sum, [, body]) => sum + gzipSync(body).length, 0);
      // eslint-disable-next-line no-console -- the size is what one wants to read.
      console.info(`${name}: ${kB(Buffer.byteLength(text))} kB of scripts, ${kB(gzip)} kB gzip`);
      expect(gzip).toBeLessThan(150_000);
    },
    patienceMs,
  );
});
