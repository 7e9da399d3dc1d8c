import type { LintLevel } from '../config.ts';

/** A rule of `sockeye lint`. */
export interface LintRule {
  /** Kebab-case and permanent: configurations refer to it. */
  readonly id: string;
  /** Why it matters, in one sentence. */
  readonly reason: string;
  /** The level unless the configuration sets another. */
  readonly level: LintLevel;
  /** The edit that fixes it. */
  readonly hint: string;
}

/** Every rule, sorted by id. Each has a check in `find.ts` or `find-in-schemas.ts`. */
export const lintRules = [
  {
    id: 'any-value',
    reason: 'A value of any shape is neither validated nor typed, and changes to it are never detected.',
    level: 'warning',
    hint: 'Describe it, or turn the rule off for contracts that carry opaque data.',
  },
  {
    id: 'catastrophic-pattern',
    reason: 'With unbounded backtracking, one message can block the whole process.',
    level: 'error',
    hint: 'Avoid nested repetition, or use a Zod format.',
  },
  {
    id: 'deprecated-without-replacement',
    reason: 'Users of a deprecated event need to know what to use instead.',
    level: 'info',
    hint: `Write deprecated: 'Use ... instead.'`,
  },
  {
    id: 'event-name',
    reason: 'Consistent names are easy to search for and to guess; `task:create` is the usual style.',
    level: 'warning',
    hint: 'Name it `noun:verb`, in lower case with `-` or `_` between words.',
  },
  {
    id: 'field-name',
    reason: 'Consistent field names are easier to use; this contract mixes two styles.',
    level: 'info',
    hint: 'Use camelCase as most fields here do, or rename those.',
  },
  {
    id: 'missing-example',
    reason: 'Examples are validated with the contract and shown in documentation.',
    level: 'info',
    hint: 'Add examples: [{ ... }], in wire form.',
  },
  {
    id: 'missing-limit',
    reason: 'Without a limit, a client can send the event as often as its network allows.',
    level: 'info',
    hint: `Add limit: { rate: 10, per: '1s' }.`,
  },
  {
    id: 'missing-summary',
    reason: 'Editors show the summary where the event is used.',
    level: 'warning',
    hint: 'Add summary: one sentence.',
  },
  {
    id: 'unanswered-failure',
    reason: 'Without a form for failures, a caller whose call is refused never receives its raw ack.',
    level: 'warning',
    hint: 'Write raw(Schema, { failure: ({ code, message }) => ... }), with the error form of that wire.',
  },
  {
    id: 'unauthorised-event',
    reason:
      'Any connected client can send an event that names no room, and without `identity` the sender is unknown.',
    level: 'info',
    hint: 'Add within, joins or leaves, or add identity to the contract so that handlers know the caller.',
  },
  {
    id: 'unbounded-array',
    reason: 'A client can send an array up to the message size limit, and every item costs validation.',
    level: 'warning',
    hint: 'Add .max(...).',
  },
  {
    id: 'unbounded-string',
    reason: 'A client can send a string up to the message size limit, and it may be stored or forwarded.',
    level: 'warning',
    hint: 'Add .max(...), or use a format of fixed length.',
  },
  {
    id: 'unreached-room',
    reason: 'A room that no event joins and that clients do not enter on connect stays empty.',
    level: 'warning',
    hint: 'Add an event with joins, add auto, or remove the room.',
  },
] as const satisfies readonly LintRule[];

/** Id of a rule. */
export type LintRuleId = (typeof lintRules)[number]['id'];
