/**
 * The lock: what a contract says, committed and reviewed beside it, and the baseline that later versions are compared
 * with. JSON, sorted by code unit, one fact to a line, so that a review shows what changed and nothing else.
 *
 * @module lock
 */
import { canonicalModel, modelHash, namedKeys } from './canonical.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { ContractModel } from './model.ts';
import { modelFormat } from './model.ts';

/** A lock, read: its model, or what is wrong with it. */
export type LockResult =
  | { readonly ok: true; readonly model: ContractModel; readonly hash: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Widest line that holds a fact with details of its own. */
const widest = 130;

/** The text of a contract's lock, ending with a newline. Equal contracts give equal bytes, whatever their source. */
export function writeLock(model: ContractModel): string {
  const { format, name, version, ...rest } = canonicalModel(model);
  const facts = { format, hash: modelHash(model), name, version, ...rest };
  return `${write(withoutProse(facts, 'facts'), '', 'facts')}\n`;
}

/**
 * The model in a lock. It never throws: damage, merge conflicts, a hash that does not fit and a format of another
 * version of Sockeye are findings.
 */
export function parseLock(text: string, file?: string): LockResult {
  const fail = (finding: Omit<Diagnostic, 'level' | 'file'>): LockResult => ({
    ok: false,
    diagnostics: [{ ...finding, level: 'error', ...(file === undefined ? {} : { file }) }],
  });
  const conflict = text.split('\n').findIndex((line) => /^(?:<{7}|={7}|>{7})(?: |$)/.test(line));
  if (conflict >= 0) {
    return fail({
      id: 'lock-conflict',
      message: 'The lock has merge conflict markers.',
      hint: 'Mend the contract first, then run: npx sockeye generate',
      line: conflict + 1,
    });
  }
  const parsed = parseJson(text);
  if (!isRecord(parsed)) {
    return fail({
      id: 'lock-damaged',
      message: 'The lock is no JSON object.',
      hint: 'Run: npx sockeye generate',
    });
  }
  if (parsed['format'] !== modelFormat) {
    return fail({
      id: 'lock-format',
      message: `The lock has format ${JSON.stringify(parsed['format']) ?? 'none'}; this version of Sockeye reads ${modelFormat}.`,
      hint: 'Write it anew with the version of Sockeye that the project uses: npx sockeye generate',
    });
  }
  const missing = required.filter((key) => !isOfKind(parsed[key], key));
  if (missing.length > 0) {
    return fail({
      id: 'lock-damaged',
      message: `The lock lacks ${missing.join(', ')}, or has something else there.`,
      hint: 'Run: npx sockeye generate',
    });
  }
  const { hash, ...facts } = parsed;
  const model = facts as unknown as ContractModel;
  const actual = hashOf(model);
  if (actual === undefined || hash !== actual) {
    return fail({
      id: 'lock-hash',
      message: 'The lock was changed by hand: its hash does not fit its content.',
      hint: 'Change the contract instead, and run: npx sockeye generate',
    });
  }
  return { ok: true, model, hash: actual };
}

const required = [
  'name',
  'version',
  'namespace',
  'rooms',
  'errors',
  'clientToServer',
  'serverToClient',
  'types',
] as const;

function isOfKind(value: unknown, key: (typeof required)[number]): boolean {
  return key === 'name' || key === 'version' || key === 'namespace'
    ? typeof value === 'string'
    : isRecord(value);
}

function hashOf(model: ContractModel): string | undefined {
  try {
    return modelHash(model);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What stands under a key: names of the contract's own, facts of the model, or plain data. */
type Content = 'names' | 'facts' | 'data';

/** Long texts and samples, which a review of the contract's source shows better. Summaries and deprecations stay. */
const prose = new Set(['description', 'examples', 'title']);

function contentOf(record: Readonly<Record<string, unknown>>, key: string, content: Content): Content {
  if (content === 'data') return 'data';
  if (content === 'names') return 'facts';
  if (key === 'options' || (key === 'value' && (record['kind'] === 'default' || record['kind'] === 'catch')))
    return 'data';
  return namedKeys.has(key) ? 'names' : 'facts';
}

function withoutProse(value: unknown, content: Content): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item, content));
  if (!isRecord(value) || content === 'data') return value;
  const kept = Object.entries(value).filter(([key]) => content === 'names' || !prose.has(key));
  return Object.fromEntries(
    kept.map(([key, item]) => [key, withoutProse(item, contentOf(value, key, content))]),
  );
}

/** Short facts stay on one line, names of the contract's own never do; what kind a fact is of comes first. */
function write(value: unknown, indent: string, content: Content): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const short = inline(value, content);
  if (short !== undefined && indent.length + short.length <= widest) return short;
  const deeper = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${deeper}${write(item, deeper, content)}`)
    : entriesOf(value as Facts).map(
        ([key, item]) =>
          `${deeper}${JSON.stringify(key)}: ${write(item, deeper, contentOf(value as Facts, key, content))}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

type Facts = Readonly<Record<string, unknown>>;

const inlined = new WeakMap<object, string | false>();

/** A value on one line; `undefined` where it is too long for one or has names in it. Worked out once for each. */
function inline(value: unknown, content: Content): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = inlined.get(value);
  if (known !== undefined) return known === false ? undefined : known;
  const text = Array.isArray(value) ? inlineItems(value, content) : inlineFacts(value as Facts, content);
  const fits = text !== undefined && text.length <= widest;
  inlined.set(value, fits ? text : false);
  return fits ? text : undefined;
}

function inlineItems(items: readonly unknown[], content: Content): string | undefined {
  const texts = items.map((item) => inline(item, content));
  return texts.includes(undefined) ? undefined : `[${texts.join(', ')}]`;
}

function inlineFacts(facts: Facts, content: Content): string | undefined {
  const entries = entriesOf(facts);
  if (entries.length === 0) return '{}';
  if (content === 'names') return undefined;
  const texts = entries.map(([key, item]) => {
    const text = inline(item, contentOf(facts, key, content));
    return text === undefined ? undefined : `${JSON.stringify(key)}: ${text}`;
  });
  return texts.includes(undefined) ? undefined : `{ ${texts.join(', ')} }`;
}

function entriesOf(facts: Facts): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(facts);
  const at = entries.findIndex(
    ([key, item]) => (key === 'kind' || key === 'check') && typeof item === 'string',
  );
  return at <= 0 ? entries : [entries[at] as [string, unknown], ...entries.toSpliced(at, 1)];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
