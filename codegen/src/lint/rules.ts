import type { LintLevel } from '../config.ts';

/** What `sockeye lint` looks for. */
export interface LintRule {
  /** Kebab-case and permanent: configurations refer to it. */
  readonly id: string;
  /** Why it matters, in one sentence. */
  readonly reason: string;
  /** The level unless the configuration sets another. */
  readonly level: LintLevel;
  /** The edit that mends it. */
  readonly hint: string;
}

/** Every rule, sorted by id. A check in `find.ts` belongs to each. */
export const lintRules = [
  {
    id: 'any-value',
    reason: 'A value of any shape is neither checked nor typed, and no later change of it is ever found.',
    level: 'warning',
    hint: 'Describe it, or turn the rule off for contracts that carry opaque data.',
  },
  {
    id: 'catastrophic-pattern',
    reason: 'A pattern that backtracks without bound lets one message block the whole process.',
    level: 'error',
    hint: 'Repeat nothing that repeats itself, or use a format of Zod.',
  },
  {
    id: 'deprecated-without-replacement',
    reason: 'Who is told to leave an event needs to be told where to go.',
    level: 'info',
    hint: `Write deprecated: 'Use ... instead.'`,
  },
  {
    id: 'event-name',
    reason: 'Names in one style are found by search and guessed right; `task:create` is the usual one.',
    level: 'warning',
    hint: 'Name it `noun:verb`, in lower case with `-` or `_` between words.',
  },
  {
    id: 'field-name',
    reason: 'Fields in one style read alike in every client; this contract uses both.',
    level: 'info',
    hint: 'Use camelCase as most fields here do, or rename those.',
  },
  {
    id: 'missing-example',
    reason: 'An example is checked with the contract and shown in documentation.',
    level: 'info',
    hint: 'Add examples: [{ ... }], in wire form.',
  },
  {
    id: 'missing-limit',
    reason: 'Without a limit one client may call as often as its network allows.',
    level: 'info',
    hint: `Add limit: { rate: 10, per: '1s' }.`,
  },
  {
    id: 'missing-summary',
    reason: 'The summary is what people see in their editor when they use the event.',
    level: 'warning',
    hint: 'Add summary: one sentence.',
  },
  {
    id: 'unanswered-failure',
    reason:
      'A raw answer without a form for failures leaves whoever is refused waiting for one that never comes.',
    level: 'warning',
    hint: 'Write raw(Schema, { failure: ({ code, message }) => ... }), with what that wire says instead.',
  },
  {
    id: 'unauthorised-event',
    reason: 'An event that names no room is open to every client that is connected.',
    level: 'info',
    hint: 'Add within, joins or leaves, or identity to the contract so that handlers know who calls.',
  },
  {
    id: 'unbounded-array',
    reason: 'A client may send a list as long as a message may be, and every item costs validation.',
    level: 'warning',
    hint: 'Add .max(...).',
  },
  {
    id: 'unbounded-string',
    reason:
      'A client may send a text as long as a message may be, and it ends in a database or with other clients.',
    level: 'warning',
    hint: 'Add .max(...), or use a format of fixed length.',
  },
  {
    id: 'unreached-room',
    reason: 'A room that nobody joins, enters on connect or is sent to does nothing.',
    level: 'warning',
    hint: 'Add an event with joins, or take the room out.',
  },
] as const satisfies readonly LintRule[];

/** Id of a rule. */
export type LintRuleId = (typeof lintRules)[number]['id'];
