import type * as z from 'zod';
import { compare } from '../../codegen/src/diff/compare.ts';
import { judge, type Finding } from '../../codegen/src/diff/judge.ts';
import type { ContractModel } from '../../codegen/src/model.ts';
import { ruleOf } from '../../codegen/src/diff/rules.ts';
import { inboundModel, UnusableContract } from './models.ts';
import { chooserOf } from './chooser.ts';
import { valueOf } from './schema-values.ts';
import { safely, toZod, type Ast } from './schema-ast.ts';

const valuesPerPair = 24;

/** What the sender hands to the transport for a value, after JSON; `undefined` where it refuses the value itself. */
export function sent(schema: z.ZodType, wire: unknown): { readonly encoded: unknown } | undefined {
  const app = safely(() => schema.safeDecode(wire as never));
  if (!app?.success) return undefined;
  const encoded = safely(() => schema.safeEncode(app.data as never));
  if (!encoded?.success) return undefined;
  const travelled =
    encoded.data === undefined ? undefined : (JSON.parse(JSON.stringify(encoded.data)) as unknown);
  return accepts(schema, travelled) ? { encoded: travelled } : undefined;
}

export function accepts(schema: z.ZodType, wire: unknown): boolean {
  return safely(() => schema.safeDecode(wire as never))?.success === true;
}

export interface Pair {
  readonly before: Ast;
  readonly after: Ast;
}

/** Everything that compare said wrong about a pair, in words. */
export function disagreements({ before, after }: Pair, valueSeed: number): readonly string[] {
  const [old, fresh] = [toZod(before), toZod(after)];
  const models = usableModels(old, fresh);
  if (!models || throws(old, fresh, [before, after], valueSeed)) return [];
  const findings = judge(compare(...models), 'full');
  return [
    ...missed(old, fresh, { findings, victim: 'clients', asts: [before, after], valueSeed }),
    ...missed(fresh, old, { findings, victim: 'servers', asts: [before, after], valueSeed: valueSeed + 1 }),
    ...findings.flatMap((finding) => unfounded(finding, old, fresh)),
  ];
}

/**
 * Whether Zod throws instead of refusing: it does so for an intersection whose sides make different values of one
 * (4.6), and takes down a union around it. Nothing can be said of such schemas.
 */
function throws(old: z.ZodType, fresh: z.ZodType, sources: readonly Ast[], valueSeed: number): boolean {
  if (!JSON.stringify(sources).includes('"both"')) return false;
  const choose = chooserOf(valueSeed);
  const values = Array.from({ length: 200 }, () => valueOf(choose.one(sources), choose));
  return [old, fresh].some((schema) =>
    values.some((value) => !safely(() => [schema.safeDecode(value as never)])),
  );
}

/** Nothing where either schema is one that generation refuses, such as two types of one name. */
function usableModels(old: z.ZodType, fresh: z.ZodType): readonly [ContractModel, ContractModel] | undefined {
  try {
    return [inboundModel(old), inboundModel(fresh)];
  } catch (error) {
    if (error instanceof UnusableContract) return undefined;
    throw error;
  }
}

interface Claim {
  readonly findings: readonly Finding[];
  readonly victim: 'clients' | 'servers';
  readonly asts: readonly Ast[];
  readonly valueSeed: number;
}

function missed(
  sender: z.ZodType,
  reader: z.ZodType,
  { findings, victim, asts: sources, valueSeed }: Claim,
): readonly string[] {
  if (findings.some((finding) => finding[victim] !== 'safe')) return [];
  const choose = chooserOf(valueSeed);
  for (let round = 0; round < valuesPerPair; round++) {
    const wire = valueOf(choose.one(sources), choose);
    const message = sent(sender, wire);
    if (message && !accepts(reader, message.encoded))
      return [`${victim}: ${JSON.stringify(message.encoded)} is refused, but nothing was said`];
    if (message && keepsKeys(wire, message.encoded) && !accepts(reader, wire))
      return [`${victim}: raw ${JSON.stringify(wire)} is refused, but nothing was said`];
  }
  return [];
}

/** A break must be shown by a payload that real Zod agrees about, or the rule must say why it is one. */
function unfounded(finding: Finding, old: z.ZodType, fresh: z.ZodType): readonly string[] {
  if (finding.proof.kind === 'declared') {
    const excused = ruleOf(finding.rule).declared !== undefined || finding.proof.witness?.unsure === true;
    return finding.clients === 'breaking' && !excused ? [`${finding.rule}: breaking without proof`] : [];
  }
  const { witness, sender } = finding.proof;
  const [from, to] = sender.startsWith('old') ? [old, fresh] : [fresh, old];
  const claim = `${finding.rule}: ${sender} sends ${JSON.stringify(witness.payload)}`;
  // Zod throws here, see above.
  if ([from, to].some((schema) => !safely(() => [schema.safeDecode(witness.payload as never)]))) return [];
  if (!accepts(from, witness.payload)) return [`${claim}, which its own schema refuses`];
  const written = encodings(from, witness.payload);
  if (!witness.raw && written.length > 0 && !written.some((one) => one === text(witness.payload))) {
    return [`${claim}, which its encoder writes as ${written.join(' or ')}`];
  }
  const read = accepts(to, witness.payload);
  return read === (witness.verdict === 'rejects')
    ? [`${claim}: said "${witness.verdict}", but the reader ${read ? 'accepts' : 'refuses'} it`]
    : [];
}

/**
 * What the encoder may write for a payload: for its decoded value, and for itself, since a value that a default would
 * fill in may also be left out. Empty where Zod refuses to encode what it decoded: it does so for an exclusive union
 * inside a container with checks, whose first pass runs without any checks (4.6).
 */
function encodings(schema: z.ZodType, payload: unknown): readonly string[] {
  const decoded = safely(() => schema.safeDecode(payload as never));
  const values = decoded?.success ? [decoded.data, withoutFilled(decoded.data, payload)] : [];
  const written = values.map((value) => safely(() => schema.safeEncode(value as never)));
  return written.flatMap((one) => (one?.success ? [text(one.data)] : []));
}

/** A decoded value without the properties that a default filled in: an optional default may as well be left out. */
function withoutFilled(decoded: unknown, payload: unknown): unknown {
  if (Array.isArray(decoded) && Array.isArray(payload))
    return payload.map((item, index) => withoutFilled(decoded[index], item));
  if (payload === undefined) return undefined;
  if (!isPlain(decoded) || !isPlain(payload)) return decoded;
  const kept = Object.entries(decoded).filter(([key]) => Object.hasOwn(payload, key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutFilled(value, payload[key])]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function text(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'nothing';
}

/** Whether the encoder keeps every property of a value: a sender does not make up properties that nobody declared. */
function keepsKeys(wire: unknown, encoded: unknown): boolean {
  if (typeof wire !== 'object' || wire === null) return true;
  if (typeof encoded !== 'object' || encoded === null) return false;
  return Object.entries(wire).every(
    ([key, value]) =>
      Object.hasOwn(encoded, key) && keepsKeys(value, (encoded as Record<string, unknown>)[key]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
