import type { StringCheck } from '../model.ts';

/** The function of `.overwrite(...)`. */
export type Overwrite = (text: string) => unknown;

/**
 * Names what `.trim()`, `.toLowerCase()`, `.toUpperCase()` and `.normalize()` put into a schema: a function without a
 * name, known by its text. Anything else is left to Zod.
 */
export function overwriteOf(tx: Overwrite): StringCheck | undefined {
  const method = methodOf(tx);
  if (method !== 'normalize') return method && { check: methods[method] };
  const form = forms.find((each) => normalizes(tx, each));
  return form === undefined ? undefined : { check: 'normalize', form };
}

const methods = { trim: 'trim', toLowerCase: 'lower-case', toUpperCase: 'upper-case' } as const;

const forms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** No two of the forms make the same of it: composed, decomposed, and a ligature. */
const probe = '\u00c9 e\u0301 \uFB01';

function normalizes(tx: Overwrite, form: string): boolean {
  try {
    return tx(probe) === probe.normalize(form);
  } catch {
    return false;
  }
}

/** `trim` of `(input) => input.trim()`, however a bundler renamed it. */
function methodOf(tx: Overwrite): keyof typeof methods | 'normalize' | undefined {
  const text = Function.prototype.toString.call(tx).replaceAll(/\s+/g, '');
  const match = /^\(?([\w$]+)\)?=>\1\.(trim|toLowerCase|toUpperCase|normalize)\([\w$]*\)$/.exec(text);
  return match?.[2] as ReturnType<typeof methodOf>;
}
