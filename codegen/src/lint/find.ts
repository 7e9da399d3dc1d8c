import type { Diagnostic } from '../diagnostics.ts';
import type { ContractModel, EventModel } from '../model.ts';
import { findInSchemas } from './find-in-schemas.ts';
import { levelOf, type LintLevels } from './levels.ts';
import { lintRules, type LintRuleId } from './rules.ts';

/** A place to which a rule applies. */
export interface LintHit {
  readonly rule: LintRuleId;
  readonly message: string;
  /** From the contract, as in a diagnostic. */
  readonly path: readonly string[];
}

/** Finds what a contract should improve. A rule that is off finds nothing. */
export function lintModel(model: ContractModel, levels: LintLevels = {}): readonly Diagnostic[] {
  const rules = new Map<string, (typeof lintRules)[number]>(lintRules.map((rule) => [rule.id, rule]));
  return [...findInEvents(model), ...findInRooms(model), ...findInSchemas(model)].flatMap(
    ({ rule: id, message, path }): readonly Diagnostic[] => {
      const rule = rules.get(id);
      const level = rule === undefined ? 'off' : levelOf(rule, levels);
      return rule === undefined || level === 'off'
        ? []
        : [{ id, level, message, hint: rule.hint, contract: model.name, path }];
    },
  );
}

const sides = ['clientToServer', 'serverToClient'] as const;

/** Checks an event; returns a message if the rule applies. */
type EventCheck = (event: EventModel, about: EventFacts) => string | undefined;

interface EventFacts {
  readonly name: string;
  readonly isInbound: boolean;
  readonly model: ContractModel;
}

const eventChecks = {
  'event-name': (_, { name }) =>
    /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?::[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)*$/.test(name)
      ? undefined
      : `The name "${name}" does not follow the usual style.`,
  'missing-summary': ({ summary }, { name }) =>
    summary === undefined ? `"${name}" has no summary.` : undefined,
  'missing-example': ({ examples, payload, args }, { name }) =>
    examples === undefined && (payload ?? args) !== undefined ? `"${name}" has no example.` : undefined,
  'missing-limit': ({ limit }, { name, isInbound }) =>
    isInbound && limit === undefined ? `"${name}" has no limit.` : undefined,
  'unanswered-failure': ({ ack }, { name, isInbound }) =>
    isInbound && ack !== undefined && ack.kind !== 'envelope' && ack.failure !== true
      ? `A refused call of "${name}" receives no ack.`
      : undefined,
  'unauthorised-event': ({ within, joins, leaves }, { name, isInbound, model }) =>
    isInbound && (within ?? joins ?? leaves ?? model.identity) === undefined
      ? `Any connected client may send "${name}".`
      : undefined,
  'deprecated-without-replacement': ({ deprecated }, { name }) =>
    deprecated === true ? `"${name}" is deprecated, but does not say what to use instead.` : undefined,
} as const satisfies Partial<Record<LintRuleId, EventCheck>>;

function findInEvents(model: ContractModel): readonly LintHit[] {
  return sides.flatMap((side) =>
    Object.entries(model[side]).flatMap(([name, event]) =>
      (Object.keys(eventChecks) as (keyof typeof eventChecks)[]).flatMap((rule): readonly LintHit[] => {
        const message = eventChecks[rule](event, { name, isInbound: side === 'clientToServer', model });
        return message === undefined ? [] : [{ rule, message, path: [side, name] }];
      }),
    ),
  );
}

function findInRooms(model: ContractModel): readonly LintHit[] {
  const events = sides.flatMap((side) => Object.values(model[side]));
  return Object.entries(model.rooms).flatMap(([name, { auto }]): readonly LintHit[] =>
    auto !== undefined || events.some(({ joins }) => joins === name)
      ? []
      : [
          {
            rule: 'unreached-room',
            message: `No event joins the room "${name}", and clients do not enter it on connect.`,
            path: ['rooms', name],
          },
        ],
  );
}
