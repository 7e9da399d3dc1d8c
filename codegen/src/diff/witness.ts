import type { Json, TypeNode } from '../model.ts';
import type { SchemaFact, Step, Verdict, Verdicts, Witness } from './fact.ts';
import { payloadsWith, type Sender } from './place.ts';
import { isRecord, read, type ReadIssue } from './read.ts';
import { sameValue } from './same.ts';
import { distinct } from './sample.ts';
import { isSendable } from './sendable.ts';

/** Both sides of a payload whose difference is to be proved. */
export interface Roots {
  readonly before: TypeNode;
  readonly after: TypeNode;
  readonly beforeSide: Sender;
  readonly afterSide: Sender;
}

/** A fact with its proofs; a payload that proves an unknown verdict replaces it. */
export interface ProvedFact extends Verdicts {
  readonly witness?: { readonly backward?: Witness; readonly forward?: Witness };
}

/** Looks for payloads that prove what a fact says of either direction. */
export function prove(fact: SchemaFact, roots: Roots): ProvedFact {
  const backward = search(fact, roots, 'backward');
  const forward = search(fact, roots, 'forward');
  const witness = { ...(backward && { backward }), ...(forward && { forward }) };
  return {
    backward: settled(fact.backward, backward),
    forward: settled(fact.forward, forward),
    rawBackward: settled(fact.rawBackward, backward),
    rawForward: settled(fact.rawForward, forward),
    ...(backward || forward ? { witness } : {}),
  };
}

/** A refusal settles an unknown verdict; a different value does not, since a refusal may have been missed. */
function settled(verdict: Verdict, witness: Witness | undefined): Verdict {
  return verdict === 'unknown' && witness?.verdict === 'rejects' && !witness.raw && !witness.unsure
    ? 'rejects'
    : verdict;
}

function search(fact: SchemaFact, roots: Roots, way: 'backward' | 'forward'): Witness | undefined {
  const encoded = fact[way];
  const raw = way === 'backward' ? fact.rawBackward : fact.rawForward;
  if (encoded === 'ok' && raw === 'ok') return undefined;
  const [sender, reader] =
    way === 'backward' ? (['before', 'after'] as const) : (['after', 'before'] as const);
  const from = roots[`${sender}Side`];
  const to = roots[`${reader}Side`];
  const own = fact.nodes?.[sender];
  const other = fact.nodes?.[reader];
  const values = distinct([
    ...(other ? to.sample(other) : []),
    ...(own ? from.sample(own) : []),
    ...(encoded === 'ok' ? junk : []),
  ]);
  const payloads = payloadsWith({ sender: from, values }, roots[sender], fact.steps);
  let second: Witness | undefined;
  for (const payload of payloads) {
    const sent = read(roots[sender], payload, from.types);
    if (!sent.ok) continue;
    const byEncoder = isSendable(roots[sender], payload, from.types);
    if (!byEncoder && encoded !== 'ok' && raw === encoded) continue;
    const got = read(roots[reader], payload, to.types);
    const facts = {
      payload: jsonOf(payload),
      ...(byEncoder ? {} : { raw: true as const }),
      ...(sent.certain ? {} : { unsure: true as const }),
    };
    if (!got.ok) {
      const issue =
        got.issues.find(({ at }) => leadsTo(at, fact.steps)) ??
        got.issues.find((one) => isUnion(one, got.issues, fact.steps));
      if (!issue) continue;
      const witness = { ...facts, verdict: 'rejects', effect: effectOf(issue) } as const;
      if (!witness.raw && !witness.unsure) return witness;
      if (!second || second.verdict === 'differs' || (second.raw && !witness.raw)) second = witness;
    } else if (!second && !sameValue(at(sent.value, fact.steps), at(got.value, fact.steps))) {
      second = {
        ...facts,
        verdict: 'differs',
        effect: `is read as ${textOf(at(got.value, fact.steps))} instead of ${textOf(at(sent.value, fact.steps))}`,
      };
      if (worstAsked(encoded, raw) === 'differs' && !second.raw) return second;
    }
  }
  return second;
}

/** Sample values of a sender that does not encode. */
const junk = [false, 7, 'text', null, {}, []];

function worstAsked(encoded: Verdict, raw: Verdict): Verdict {
  return encoded === 'differs' && raw === 'differs' ? 'differs' : 'rejects';
}

/** Whether a complaint is about the place where the steps lead, or about something in it. */
function leadsTo(at: ReadIssue['at'], steps: readonly Step[]): boolean {
  const concrete = steps.filter(({ kind }) => kind !== 'member');
  if (at.length < concrete.length) return false;
  return concrete.every((step, index) => stepFits(step, at[index] as string | number));
}

function stepFits(step: Step, key: string | number): boolean {
  switch (step.kind) {
    case 'property':
      return key === step.name;
    case 'index':
      return key === step.index;
    case 'item':
      return typeof key === 'number';
    default:
      return typeof key === 'string';
  }
}

/** A union that refuses as a whole refuses for what is wrong inside, when nothing else complains. */
function isUnion(issue: ReadIssue, issues: readonly ReadIssue[], steps: readonly Step[]): boolean {
  const concrete = steps.filter(({ kind }) => kind !== 'member');
  const own = issues.filter((one) => !one.alternative);
  return (
    own.length === 1 &&
    own[0] === issue &&
    issue.at.every((key, index) => concrete[index] !== undefined && stepFits(concrete[index], key))
  );
}

function effectOf({ at, why }: ReadIssue): string {
  const path = at
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
  return path === '' ? `is refused: ${why}` : `is refused at ${path}: ${why}`;
}

/** The part of a decoded value where the steps lead, as far as they can be followed. */
function at(value: unknown, steps: readonly Step[]): unknown {
  let part = value;
  for (const step of steps) {
    if (step.kind === 'property' && isRecord(part)) part = part[step.name];
    else if (step.kind === 'index' && Array.isArray(part)) part = part[step.index];
    else if (step.kind !== 'member') return part;
  }
  return part;
}

function textOf(value: unknown): string {
  const text = JSON.stringify(jsonOf(value)) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Bytes have no JSON; a witness says how many they are. */
function jsonOf(value: unknown): Json | undefined {
  if (value instanceof Uint8Array) return { $bytes: value.byteLength };
  if (Array.isArray(value)) return value.map((item) => jsonOf(item) ?? null);
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) =>
        item === undefined ? [] : [[key, jsonOf(item) as Json]],
      ),
    );
  return value as Json | undefined;
}
