import type { StringCheck } from '../model.ts';

/** What `.overwrite(...)` was given. */
export type Overwrite = (text: string) => unknown;

/**
 * Names what `.trim()`, `.toLowerCase()`, `.toUpperCase()` and `.normalize()` put into a schema: a function without a
 * name. Its text must be Zod's and its results those of the method; anything else is left to Zod.
 */
export function overwriteOf(tx: Overwrite): StringCheck | undefined {
  const method = methodOf(tx);
  if (method === 'normalize') {
    const form = forms.find((each) => agrees(tx, (text) => text.normalize(each)));
    return form === undefined ? undefined : { check: 'normalize', form };
  }
  const row = methods[method ?? ''];
  return row !== undefined && agrees(tx, row.run) ? { check: row.check } : undefined;
}

const methods: Readonly<
  Record<
    string,
    { readonly check: 'trim' | 'lower-case' | 'upper-case'; readonly run: (text: string) => string }
  >
> = {
  trim: { check: 'trim', run: (text) => text.trim() },
  toLowerCase: { check: 'lower-case', run: (text) => text.toLowerCase() },
  toUpperCase: { check: 'upper-case', run: (text) => text.toUpperCase() },
};

const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** Texts on which no two of the methods and forms agree. */
const probes = ['', '  aB\u00c9\u0065\u0301 \uFB01 \u0130\u00df\t', 'plain'];

function agrees(tx: Overwrite, run: (text: string) => string): boolean {
  try {
    return probes.every((probe) => tx(probe) === run(probe));
  } catch {
    return false;
  }
}

/** `trim` of `(input) => input.trim()`, however a bundler renamed it. */
function methodOf(tx: Overwrite): string | undefined {
  const text = Function.prototype.toString.call(tx).replaceAll(/\s+/g, '');
  const match = /^\(?([\w$]+)\)?=>\1\.(trim|toLowerCase|toUpperCase|normalize)\([\w$]*\)$/.exec(text);
  return match?.[2];
}
